"""Release a held booking."""

import pytest

from domain.bookings.events import BookingHeld, BookingReleased
from domain.bookings.life import BookingState, NotHeld
from tests.samples import hotel, night
from tests.unit.desk import Desk

pytestmark = pytest.mark.anyio


async def test_what_is_released_can_be_had_by_the_next_customer() -> None:
    desk = await Desk.open()
    booking = await desk.hold(hotel(1, 3))

    released = await desk.release(booking.id)

    assert released.state is BookingState.RELEASED
    assert desk.taken(night(1), night(2)) == [0, 0]
    assert [type(event) for event in desk.events] == [BookingHeld, BookingReleased]
    await desk.hold(hotel(1, 3))


async def test_nothing_is_given_back_twice() -> None:
    desk = await Desk.open(capacity=2)
    await desk.hold()
    booking = await desk.hold()
    await desk.release(booking.id)

    with pytest.raises(NotHeld):
        await desk.release(booking.id)

    assert desk.taken(night(1)) == [1]


async def test_what_is_confirmed_is_not_released() -> None:
    desk = await Desk.open()
    booking = await desk.confirmed()
    with pytest.raises(NotHeld):
        await desk.release(booking.id)

    assert desk.taken(night(1)) == [1]
