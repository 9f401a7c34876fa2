"""Confirm a held booking."""

import pytest

from domain.bookings.events import BookingConfirmed, BookingHeld
from domain.bookings.life import BookingState, HoldExpired, NotHeld
from tests.samples import DAY, QUARTER, hotel, night
from tests.unit.desk import Desk

pytestmark = pytest.mark.anyio


async def test_what_is_confirmed_stays_taken_for_good() -> None:
    desk = await Desk.open()
    booking = await desk.hold()

    confirmed = await desk.confirm(booking.id)
    desk.clock.passes(DAY)

    assert confirmed.state is BookingState.CONFIRMED
    assert await desk.expire_holds() == 0
    assert desk.taken(night(1), night(2)) == [1, 1]
    assert [type(event) for event in desk.events] == [BookingHeld, BookingConfirmed]


async def test_a_late_confirmation_is_welcome_as_long_as_the_units_are_there() -> None:
    desk = await Desk.open()
    booking = await desk.hold()
    desk.clock.passes(QUARTER)

    assert (await desk.confirm(booking.id)).state is BookingState.CONFIRMED


async def test_a_confirmation_that_comes_too_late_takes_nothing_back() -> None:
    desk = await Desk.open()
    late = await desk.hold(hotel(1, 2))
    desk.clock.passes(QUARTER)
    await desk.confirmed(hotel(1, 2))

    with pytest.raises(HoldExpired):
        await desk.confirm(late.id)

    assert desk.taken(night(1)) == [1]


async def test_a_booking_is_confirmed_once() -> None:
    desk = await Desk.open()
    booking = await desk.confirmed()
    with pytest.raises(NotHeld):
        await desk.confirm(booking.id)
