"""Give units back that bookings no longer need."""

from collections.abc import Sequence

import attrs

from application.bookings.ports import BookingWork
from domain.bookings.booking import Booking


@attrs.frozen(kw_only=True)
class Freeing:
    """Every use case that frees units does it here: whoever waits for them comes first."""

    def __call__(self, work: BookingWork, bookings: Sequence[Booking]) -> None:
        work.inventory.give_back([booking.hold_id for booking in bookings])
