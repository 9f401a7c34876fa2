"""How often a discount code may be used is counted where units are: nobody goes beyond it."""

from datetime import datetime

from application.bookings.ports import BookingWork
from domain.bookings.discount_codes import DiscountCode
from domain.inventory.pools import Pool


def open_uses(work: BookingWork, code: DiscountCode, *, now: datetime) -> None:
    """Raises CapacityBelowTaken if more bookings have the code than it is good for."""
    pool = Pool(id=code.pool_id, resource_id=None, day=now.date(), capacity=code.capacity)
    work.inventory.open([pool])
