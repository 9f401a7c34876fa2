"""Tries are counted for all processes together; who is over a limit waits, and nobody for ever."""

from collections import Counter

import attrs
import pytest

from application.kernel.refusals import RateLimited
from domain.identity.sessions import SignInRefused
from domain.identity.tries import Attempt, TryLimits, source_of
from domain.kernel.actors import Actor
from tests.contract.crowds import race
from tests.contract.offices import HOME, OURS, PASSWORD, Office
from tests.samples import MINUTE, SECOND

pytestmark = pytest.mark.anyio

SYSTEM = Actor.system(OURS.id)
LIMITS = TryLimits(here=2, network=4, member=5, everybody=8)


async def take(people: Office, who: str = "ada", address: str = HOME) -> None:
    await people.tries.take(LIMITS.of(Attempt.SIGN_IN, who=who, address=address))


async def allowed(people: Office, tries: list[tuple[str, str]]) -> list[bool]:
    outcomes = []
    for who, address in tries:
        try:
            await take(people, who, address)
        except RateLimited:
            outcomes.append(False)
        else:
            outcomes.append(True)
    return outcomes


async def test_who_tries_too_often_waits_until_the_time_is_over(people: Office) -> None:
    await take(people)
    people.clock.passes(MINUTE)
    await take(people)

    with pytest.raises(RateLimited) as refused:
        await take(people)
    assert refused.value.retry_after == 240
    people.clock.passes(4 * MINUTE - SECOND)
    with pytest.raises(RateLimited) as refused:
        await take(people)
    assert refused.value.retry_after == 1
    people.clock.passes(SECOND)
    assert await allowed(people, [("ada", HOME)] * 3) == [True, True, False]


async def test_each_limit_counts_what_it_is_for(people: Office) -> None:
    by_address = [("a", HOME), ("b", HOME), ("c", HOME), ("d", HOME), ("e", HOME)]
    assert await allowed(people, by_address) == [True] * 4 + [False]

    people.clock.passes(5 * MINUTE)
    by_member = [("ada", f"192.0.2.{n}") for n in range(6)]
    assert await allowed(people, by_member) == [True] * 5 + [False]

    people.clock.passes(5 * MINUTE)
    by_all = [(str(n), f"192.0.2.{n}") for n in range(9)]
    assert await allowed(people, by_all) == [True] * 8 + [False]


async def test_a_stranger_elsewhere_keeps_nobody_out(people: Office) -> None:
    assert await allowed(people, [("ada", "203.0.113.9")] * 20) == [True] * 2 + [False] * 18

    assert await allowed(people, [("ada", HOME), ("bert", "203.0.113.9")]) == [True, True]


async def test_what_was_no_guess_is_given_back(people: Office) -> None:
    limits = LIMITS.of(Attempt.SIGN_IN, who="ada", address=HOME)
    for _ in range(10):
        await people.tries.take(limits)
        await people.tries.give_back(limits)

    assert await allowed(people, [("ada", HOME)] * 3) == [True, True, False]


async def test_a_crowd_does_not_get_past_a_limit_together(people: Office) -> None:
    outcomes = await race([take(people) for _ in range(12)])

    assert Counter(map(type, outcomes)) == {type(None): 2, RateLimited: 10}


async def test_the_right_password_works_after_the_wait(people: Office) -> None:
    await people.owner()
    for _ in range(people.try_limits.here):
        with pytest.raises(SignInRefused):
            await people.sign_in(password="wrong")  # noqa: S106
    with pytest.raises(RateLimited):
        await people.sign_in()

    people.clock.passes(5 * MINUTE)

    await people.sign_in()


async def test_whoever_is_right_may_come_as_often_as_they_like(people: Office) -> None:
    await people.owner()
    for _ in range(2 * people.try_limits.here):
        await people.sign_in()


async def test_nobody_is_told_by_the_limits_who_there_is(people: Office) -> None:
    for _ in range(people.try_limits.here):
        with pytest.raises(SignInRefused):
            await people.sign_in("nobody@example.com")

    with pytest.raises(RateLimited):
        await people.sign_in("nobody@example.com")


async def test_a_password_is_hashed_anew_when_the_way_has_changed(people: Office) -> None:
    ada = await people.owner()
    old = attrs.evolve(ada, password_hash=f"old {PASSWORD}")
    await people.work(ada.actor, lambda work: work.members.save(old))

    await people.sign_in()

    assert (await people.views.member(SYSTEM, ada.id)).password_hash == f"new {PASSWORD}"


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", "nowhere"),
        ("unix:", "nowhere"),
    ],
)
def test_what_one_owner_can_draw_from_counts_as_one(address: str, network: str) -> None:
    assert source_of(address) == network
