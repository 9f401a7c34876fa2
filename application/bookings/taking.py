"""Take what bookings need, all or nothing."""

from application.bookings.ports import BookingWork
from domain.bookings.booking import Booking


def take(work: BookingWork, booking: Booking) -> None:
    """Raises SoldOut, NotOnSale or AlreadyTaken, at the latest when the unit of work ends."""
    agreement = booking.agreement
    if agreement.claims:
        work.inventory.take(booking.hold_id, agreement.claims)
    if agreement.exclusives:
        work.inventory.take_exclusively(booking.hold_id, agreement.exclusives)
