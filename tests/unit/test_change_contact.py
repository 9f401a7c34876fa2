"""Change whom a booking is confirmed to."""

import pytest

from domain.bookings.events import BookingChanged
from domain.bookings.life import NoLongerOpen
from tests.samples import BERT, DOUBLE_ROOMS, night
from tests.unit.desk import Desk

pytestmark = pytest.mark.anyio


async def test_only_the_contact_changes() -> None:
    desk = await Desk.open()
    booking = await desk.confirmed()

    changed = await desk.change_contact(booking.id, contact=BERT)

    assert changed.agreement.request.contact == BERT
    assert changed.agreement.price == booking.agreement.price
    assert changed.state is booking.state
    assert desk.taken(night(1)) == [1]
    assert desk.events[-1] == BookingChanged(
        booking_id=booking.id, resource_id=DOUBLE_ROOMS.id, occurred_at=desk.clock()
    )


async def test_nobody_is_written_to_about_what_is_over() -> None:
    desk = await Desk.open()
    booking = await desk.hold()
    await desk.release(booking.id)

    with pytest.raises(NoLongerOpen):
        await desk.change_contact(booking.id)
