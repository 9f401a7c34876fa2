"""Expire holds that nobody confirmed in time."""

import attrs
import pytest

from domain.bookings.events import BookingExpired
from domain.bookings.life import BookingState, HoldExpired
from tests.samples import MINUTE, OTHER_DESK, QUARTER, SECOND, hotel, night
from tests.unit.desk import Desk

pytestmark = pytest.mark.anyio

HELD, CONFIRMED, EXPIRED = BookingState.HELD, BookingState.CONFIRMED, BookingState.EXPIRED


async def test_what_nobody_confirmed_in_time_is_free_for_the_next_customer() -> None:
    desk = await Desk.open(capacity=4)
    confirmed, *others = [await desk.hold() for _ in range(4)]
    await desk.confirm(confirmed.id)

    desk.clock.passes(QUARTER - SECOND)
    assert await desk.expire_holds() == 0
    desk.clock.passes(SECOND)
    assert [await desk.expire_holds(limit=2) for _ in range(3)] == [2, 1, 0]

    assert desk.states() == [CONFIRMED, EXPIRED, EXPIRED, EXPIRED]
    assert desk.taken(night(1), night(2)) == [1, 1]
    expired = [event for event in desk.events if isinstance(event, BookingExpired)]
    assert [event.subject for event in expired] == [booking.id for booking in others]
    assert {event.occurred_at for event in expired} == {desk.clock()}
    with pytest.raises(HoldExpired):
        await desk.confirm(others[0].id)


async def test_the_longest_overdue_go_first() -> None:
    desk = await Desk.open(capacity=3)
    for number in range(3):
        await desk.hold(hotel(number, number + 1))
        desk.clock.passes(MINUTE)
    first, *_ = desk.memory.rows(desk.actor).bookings
    await desk.extend(first)
    desk.clock.passes(QUARTER)

    assert await desk.expire_holds(limit=1) == 1

    assert desk.states() == [HELD, EXPIRED, HELD]


async def test_holds_of_other_organizations_are_left_alone() -> None:
    desk = await Desk.open()
    await desk.hold()
    desk.clock.passes(QUARTER)

    assert await attrs.evolve(desk, actor=OTHER_DESK).expire_holds() == 0
    assert desk.states() == [HELD]


async def test_a_stored_agreement_is_not_touched() -> None:
    desk = await Desk.open()
    booking = await desk.hold()
    desk.clock.passes(QUARTER)
    await desk.expire_holds()

    assert desk.stored(booking.id) == attrs.evolve(booking, state=EXPIRED, version=2)
