"""Details of what was promised, decided after it was booked."""

from datetime import datetime

import attrs

from domain.bookings.agreement import Agreement
from domain.bookings.booking import Booking
from domain.bookings.events import BookingChanged
from domain.bookings.life import AlreadyStarted, BookingState, NoLongerOpen


def amended(booking: Booking, agreement: Agreement, *, now: datetime) -> Booking:
    """The booking with an agreement that costs as much, for the same time.

    Raises NoLongerOpen unless held or confirmed, AlreadyStarted once it is too late.
    """
    if booking.state not in (BookingState.HELD, BookingState.CONFIRMED):
        raise NoLongerOpen(booking.id, booking.state.value)
    if now >= booking.starts_at:
        raise AlreadyStarted(booking.id)
    changed = BookingChanged(
        booking_id=booking.id, resource_id=agreement.request.resource_id, occurred_at=now
    )
    return attrs.evolve(booking, agreement=agreement, events=(*booking.events, changed))
