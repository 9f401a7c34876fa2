"""What the steps of a booking have in common: versions, permission to exist, one effect a key."""

from collections.abc import Awaitable
from typing import Protocol
from uuid import uuid4

import attrs
import pytest

from application.kernel.once import Answer, KeyReused, Once, Replayed
from application.kernel.refusals import VersionChanged
from domain.bookings.booking import Booking
from domain.bookings.life import BookingNotFound
from domain.bookings.quotes import Quote
from domain.kernel.identifiers import BookingId
from tests.samples import COLLEAGUE, MINUTE, OTHER_DESK
from tests.unit.desk import Desk

pytestmark = pytest.mark.anyio


class Step(Protocol):
    def __call__(
        self,
        desk: Desk,
        id: BookingId,
        version: int | None = None,
        once: Once[Booking] | None = None,
        /,
    ) -> Awaitable[Booking]: ...


STEPS = pytest.mark.parametrize(
    "step", [Desk.confirm, Desk.release, Desk.extend, Desk.cancel, Desk.change_contact]
)


async def ready(desk: Desk, step: Step) -> Booking:
    """A booking in a state that `step` begins from."""
    booking = await (desk.confirmed() if step == Desk.cancel else desk.hold())
    desk.clock.passes(MINUTE)
    return booking


def once(key: str = "key", fingerprint: bytes = b"same") -> Once[Booking]:
    return Once(
        key=key,
        fingerprint=fingerprint,
        answer=lambda booking: Answer(status=200, body=f"version {booking.version}".encode()),
    )


@STEPS
async def test_what_is_returned_is_what_was_stored(step: Step) -> None:
    desk = await Desk.open()
    before = await ready(desk, step)
    facts = len(desk.events)

    after = await step(desk, before.id)

    assert after == desk.stored(before.id)
    assert (after.version, after.events) == (before.version + 1, ())
    [fact] = desk.events[facts:]
    assert (fact.subject, fact.occurred_at) == (before.id, desk.clock())


@STEPS
async def test_a_caller_may_insist_on_what_was_seen(step: Step) -> None:
    desk = await Desk.open()
    before = await ready(desk, step)
    for seen in (before.version - 1, before.version + 1):
        with pytest.raises(VersionChanged) as refused:
            await step(desk, before.id, seen)
        assert refused.value.version == before.version
    assert desk.stored(before.id) == before

    after = await step(desk, before.id, before.version)

    assert after.version == before.version + 1


@STEPS
async def test_only_what_exists_takes_a_step(step: Step) -> None:
    desk = await Desk.open()
    with pytest.raises(BookingNotFound):
        await step(desk, BookingId(uuid4()))


@STEPS
async def test_bookings_of_another_organization_do_not_exist(step: Step) -> None:
    desk = await Desk.open()
    before = await ready(desk, step)

    with pytest.raises(BookingNotFound):
        await step(attrs.evolve(desk, actor=OTHER_DESK), before.id)

    assert desk.stored(before.id) == before


@STEPS
async def test_a_key_has_one_effect_and_one_answer(step: Step) -> None:
    desk = await Desk.open()
    before = await ready(desk, step)
    after = await step(desk, before.id, None, once())
    rows = desk.memory.rows(desk.actor)

    with pytest.raises(Replayed) as replayed:
        await step(desk, before.id, None, once())

    assert replayed.value.answer == Answer(status=200, body=f"version {after.version}".encode())
    assert desk.memory.rows(desk.actor) == rows


@STEPS
async def test_a_key_stands_for_one_request(step: Step) -> None:
    desk = await Desk.open()
    before = await ready(desk, step)
    await step(desk, before.id, None, once())

    with pytest.raises(KeyReused, match="use a new one"):
        await step(desk, before.id, None, once(fingerprint=b"another"))


async def test_a_key_belongs_to_whoever_used_it() -> None:
    desk = await Desk.open()
    booking = await desk.hold()
    await desk.change_contact(booking.id, None, once())

    changed = await attrs.evolve(desk, actor=COLLEAGUE).change_contact(booking.id, None, once())

    assert changed.version == booking.version + 2


async def test_a_refusal_leaves_the_key_unused() -> None:
    desk = await Desk.open()
    booking = await desk.hold()
    with pytest.raises(VersionChanged):
        await desk.confirm(booking.id, 7, once())

    confirmed = await desk.confirm(booking.id, 1, once())

    assert confirmed.version == 2


async def test_quotes_and_holds_are_answered_once_too() -> None:
    desk = await Desk.open(capacity=2)
    quoting: Once[Quote] = Once(
        key="quote", fingerprint=b"", answer=lambda quote: Answer(status=201, body=quote.id.bytes)
    )
    promised = await desk.quote(once=quoting)
    await desk.hold_quoted(promised.id, once())

    with pytest.raises(Replayed) as quoted:
        await desk.quote(once=quoting)
    with pytest.raises(Replayed) as held:
        await desk.hold_quoted(promised.id, once())

    assert quoted.value.answer == Answer(status=201, body=promised.id.bytes)
    assert held.value.answer.body == b"version 1"
    assert len(desk.memory.rows(desk.actor).quotes) == len(desk.states()) == 1
