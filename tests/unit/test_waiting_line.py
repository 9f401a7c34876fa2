"""Who of those who wait is offered what has come free."""

from datetime import timedelta
from uuid import UUID

import attrs
from hypothesis import given
from hypothesis import strategies as st

from domain.bookings.waiting import Reason, Rule, WaitingEntry, WaitingRules
from domain.bookings.waiting_line import Shares, shared_out
from domain.kernel.claims import Claim
from domain.kernel.identifiers import PoolId, WaitingId
from tests.samples import DAY, DOUBLE_ROOMS, HOUR, NOW, hotel

RULES = WaitingRules(offered_for=DAY, passes=2, saved_for=2 * DAY)
A, B = PoolId("a"), PoolId("b")


def party(number: int, *, passed: int = 0, **units: int) -> WaitingEntry:
    entry = WaitingEntry.join(
        WaitingId(UUID(int=number)),
        hotel(),
        tuple(Claim(PoolId(pool), count) for pool, count in units.items()),
        stock_id=DOUBLE_ROOMS.id,
        closes_at=NOW + 10 * DAY,
        now=NOW,
    )
    return attrs.evolve(entry, passed=passed, events=())


def share(*line: WaitingEntry, now: timedelta = timedelta(), **free: int) -> Shares:
    left = {PoolId(pool): units for pool, units in free.items()}
    return shared_out(line, left, rules=RULES, may_have=lambda _: True, now=NOW + now)


def numbers(shares: Shares) -> list[int]:
    return [one.entry.id.int for one in shares.offered]


def test_whoever_joined_first_is_first() -> None:
    shares = share(party(1, a=1), party(2, a=1), a=1)

    assert numbers(shares) == [1]
    assert shares.offered[0].reason == Reason(rule=Rule.FIRST_IN_LINE, position=1)
    assert not shares.passed


def test_a_party_gets_all_or_nothing() -> None:
    shares = share(party(1, a=3), a=2)

    assert not shares.offered
    assert [entry.passed for entry in shares.passed] == [1]  # by whoever buys those two


def test_a_smaller_party_may_pass_and_the_offer_says_whom() -> None:
    shares = share(party(1, a=3), party(2, a=2), a=2)

    assert numbers(shares) == [2]
    reason = shares.offered[0].reason
    assert (reason.rule, reason.position) == (Rule.FITS_SOONER, 2)
    assert [(one.waiting_id.int, one.times) for one in reason.passed_over] == [(1, 1)]
    assert [(entry.id.int, entry.passed) for entry in shares.passed] == [(1, 1)]


def test_units_are_saved_up_for_whoever_was_passed_often_enough() -> None:
    shares = share(party(1, passed=2, a=3), party(2, a=1), a=2)

    assert not shares.offered
    (saver,) = shares.saving
    assert saver.saved == (Claim(A, 2),)
    assert saver.missing == {A: 1}
    assert saver.saving_until == NOW + RULES.saved_for


def test_saving_begins_amid_the_sharing() -> None:
    shares = share(party(1, passed=1, a=4), party(2, a=1), party(3, a=1), a=3)

    assert numbers(shares) == [2]
    assert [entry.saved for entry in shares.saving] == [(Claim(A, 2),)]


def test_what_was_saved_up_becomes_the_offer() -> None:
    saver = attrs.evolve(party(1, passed=2, a=3), saved=(Claim(A, 2),), saving_until=NOW + HOUR)

    (offered,) = share(saver, party(2, a=1), a=1).offered

    assert offered.reason.rule is Rule.SAVED_UP
    assert offered.entry.id == saver.id


def test_saving_has_an_end() -> None:
    saver = attrs.evolve(party(1, passed=2, a=3), saving_until=NOW + HOUR)

    assert numbers(share(saver, party(2, a=1), now=HOUR, a=1)) == [2]
    assert numbers(share(saver, party(2, a=1), a=1)) == []


def test_parties_for_other_pools_pass_nobody() -> None:
    shares = share(party(1, a=2), party(2, b=1), b=1)

    assert shares.offered[0].reason.rule is Rule.FIRST_IN_LINE
    assert not shares.passed


def test_whoever_may_not_have_it_is_skipped() -> None:
    line = [party(1, a=1), party(2, a=1)]

    shares = shared_out(
        line, {A: 1}, rules=RULES, may_have=lambda entry: entry.id.int == 2, now=NOW
    )

    assert numbers(shares) == [2]


units = st.dictionaries(st.sampled_from("ab"), st.integers(1, 4), min_size=1)


@given(
    st.lists(st.tuples(units, st.integers(0, 3)), max_size=6),
    st.tuples(st.integers(0, 6), st.integers(0, 6)),
)
def test_nothing_is_given_twice_and_nobody_is_skipped(
    wanted: list[tuple[dict[str, int], int]], free: tuple[int, int]
) -> None:
    line = [
        party(number, passed=passed, **claims)
        for number, (claims, passed) in enumerate(wanted, start=1)
    ]

    shares = share(*line, a=free[0], b=free[1])

    left = {A: free[0], B: free[1]}
    for one in shares.offered:
        for claim in one.entry.claims:
            left[claim.pool_id] -= claim.units
    for saver in shares.saving:
        for claim in saver.saved:
            left[claim.pool_id] -= claim.units
    assert min(left.values()) >= 0
    after = {entry.id: entry for entry in (*shares.saving, *shares.passed)}
    gone = {one.entry.id for one in shares.offered}
    for entry in line:
        still = after.get(entry.id, entry)
        if entry.id not in gone:
            assert any(units > left[pool] for pool, units in still.missing.items())
            assert still.passed <= max(RULES.passes, entry.passed)
