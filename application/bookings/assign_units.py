"""Decide which single things a booking gets, or give it others: this car, those rooms."""

import attrs

from application.bookings.ports import BookingWork
from application.bookings.steps import BookingStep
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.bookings.booking import Booking
from domain.bookings.units import UnitOfAnother, WrongNumberOfUnits, units_needed
from domain.inventory.units import UnitNotFound, UnitTaken
from domain.kernel.claims import IntervalClaim
from domain.kernel.identifiers import UnitId


@attrs.frozen(kw_only=True)
class AssignUnits(BookingStep):
    """Those units, or any that are free. What the booking has had before is given back."""

    unit_ids: tuple[UnitId, ...] = ()


@attrs.frozen(kw_only=True)
class AssignUnitsHandler:
    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock

    async def __call__(self, command: AssignUnits, /) -> Booking:
        def assign(work: BookingWork) -> Booking:
            # Before its units, as whoever changes a booking locks it: nobody waits in a circle.
            booking = work.bookings.locked(command.booking_id)
            require_version(booking.version, command.version)
            resource = work.resources.get(booking.agreement.request.resource_id)
            needed = units_needed(booking.agreement, resource.offering, resource.stock)
            work.units.release(booking.hold_id)
            if command.unit_ids:
                _claim(work, booking, command.unit_ids, needed)
                given = command.unit_ids
            else:
                given = work.inventory.take_units(booking.hold_id, needed)
            return work.bookings.save(booking.give_units(given, now=self.clock()))

        return await self.unit_of_work(command.actor, assign, once=command.once)


def _claim(
    work: BookingWork,
    booking: Booking,
    unit_ids: tuple[UnitId, ...],
    needed: tuple[IntervalClaim, ...],
) -> None:
    if not len(set(unit_ids)) == len(unit_ids) == len(needed):
        raise WrongNumberOfUnits(len(needed))
    (interval,) = set(needed)  # one booking is for one time and of one resource
    for unit in work.units.several(unit_ids):
        if unit.resource_id != interval.resource_id:
            raise UnitOfAnother(unit.id)
        if unit.retired:
            raise UnitNotFound(unit.id)
    taken = work.units.claim(booking.hold_id, unit_ids, interval.period)
    if taken:
        raise UnitTaken(taken[0], interval.period.starts_at, interval.period.ends_at)
