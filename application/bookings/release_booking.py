"""Release a held booking: the customer no longer wants it, the next one may have its units."""

import attrs

from application.bookings.freeing import Freeing
from application.bookings.ports import BookingWork
from application.bookings.steps import BookingStep
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.bookings.booking import Booking


@attrs.frozen(kw_only=True)
class ReleaseBooking(BookingStep):
    """Give the held units back."""


@attrs.frozen(kw_only=True)
class ReleaseBookingHandler:
    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock
    freeing: Freeing

    async def __call__(self, command: ReleaseBooking, /) -> Booking:
        def release(work: BookingWork) -> Booking:
            booking = work.bookings.get(command.booking_id)
            require_version(booking.version, command.version)
            booking.must_be_held_alone()
            released = work.bookings.save(booking.release(now=self.clock()))
            self.freeing(work, [released])
            return released

        return await self.unit_of_work(command.actor, release, once=command.once)
