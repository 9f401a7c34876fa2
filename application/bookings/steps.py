"""What every step in the life of a booking asks for."""

import attrs

from application.kernel.once import Once
from domain.bookings.booking import Booking
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BookingId


@attrs.frozen(kw_only=True)
class BookingStep:
    """`version` is the one the caller decided on, or None to take whatever is there."""

    actor: Actor
    booking_id: BookingId
    version: int | None
    once: Once[Booking] | None = None
