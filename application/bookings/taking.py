"""Take what bookings need, all or nothing."""

from collections.abc import Sequence

from application.bookings.ports import BookingWork
from domain.bookings.booking import Booking
from domain.inventory.pools import AlreadyTaken
from domain.kernel.claims import ExclusiveClaim


def take(work: BookingWork, bookings: Sequence[Booking]) -> None:
    """Raises SoldOut, NotOnSale, AlreadyTaken or NoUnitFree.

    At the latest that is when the unit of work ends.
    """
    claims = {one.hold_id: one.agreement.claims for one in bookings if one.agreement.claims}
    if claims:
        work.inventory.take_together(claims)
    take_singles(work, bookings)


def take_singles(work: BookingWork, bookings: Sequence[Booking]) -> None:
    """What is no unit of a pool. Raises AlreadyTaken or NoUnitFree."""
    _must_not_repeat([claim for booking in bookings for claim in booking.agreement.exclusives])
    agreements = {booking.hold_id: booking.agreement for booking in bookings}
    for hold_id, agreed in agreements.items():
        if agreed.exclusives:
            work.inventory.take_exclusively(hold_id, agreed.exclusives)
    for hold_id, agreed in agreements.items():
        if agreed.intervals:
            work.inventory.take_any(hold_id, agreed.intervals)


def _must_not_repeat(claims: Sequence[ExclusiveClaim]) -> None:
    """Two bookings of one unit of work want the same: no row is there yet to run into."""
    repeated = sorted({claim.name for claim in claims if claims.count(claim) > 1})
    if repeated:
        what = next(claim.what for claim in claims if claim.name == repeated[0])
        raise AlreadyTaken(what, tuple(repeated))
