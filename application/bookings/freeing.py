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

    def swap(self, work: BookingWork, before: Booking, after: Booking) -> None:
        """What the booking had is taken back for what it is to have.

        Raises what taking raises, at the latest when the unit of work ends; then nothing changed.
        """
        hold_id, old, new = after.hold_id, before.agreement, after.agreement
        if old.claims != new.claims:
            work.inventory.swap(hold_id, before=old.claims, after=new.claims)
        if set(old.exclusives) != set(new.exclusives):
            work.inventory.swap_exclusively(hold_id, before=old.exclusives, after=new.exclusives)
        moves = (old.claims, old.period) != (new.claims, new.period)
        if moves or old.intervals != new.intervals:
            # Also what a desk has picked out for the old time: a room by its number.
            work.units.release(hold_id)
            if new.intervals:
                work.inventory.take_units(hold_id, new.intervals)
