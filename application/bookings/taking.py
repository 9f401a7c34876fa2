"""Take what bookings need, all or nothing."""

from collections.abc import Sequence

from application.bookings.ports import BookingWork
from domain.bookings.booking import Booking


def take(work: BookingWork, bookings: Sequence[Booking]) -> None:
    """Raises SoldOut, NotOnSale, AlreadyTaken or NoUnitFree, at the latest when the unit of work
    ends.
    """
    agreements = {booking.hold_id: booking.agreement for booking in bookings}
    claims = {id: agreed.claims for id, agreed in agreements.items() if agreed.claims}
    if claims:
        work.inventory.take_together(claims)
    for hold_id, agreed in agreements.items():
        if agreed.exclusives:
            work.inventory.take_exclusively(hold_id, agreed.exclusives)
    for hold_id, agreed in agreements.items():
        if agreed.intervals:
            work.inventory.take_units(hold_id, agreed.intervals)
