"""Take back from a booking the single things it was given; it keeps what it was sold."""

import attrs

from application.bookings.ports import BookingWork
from application.bookings.steps import BookingStep
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.bookings.booking import Booking
from domain.bookings.units import UnitsAreSold


@attrs.frozen(kw_only=True)
class ReleaseUnits(BookingStep):
    """Which ones it gets is open again."""


@attrs.frozen(kw_only=True)
class ReleaseUnitsHandler:
    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock

    async def __call__(self, command: ReleaseUnits, /) -> Booking:
        def release(work: BookingWork) -> Booking:
            booking = work.bookings.get(command.booking_id)
            require_version(booking.version, command.version)
            if booking.agreement.intervals:
                raise UnitsAreSold(booking.id)
            work.units.release(booking.hold_id)
            return work.bookings.save(booking.give_units((), now=self.clock()))

        return await self.unit_of_work(command.actor, release, once=command.once)
