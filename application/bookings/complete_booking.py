"""Complete a booking by hand, when the customer leaves."""

import attrs

from application.bookings.ports import BookingWork
from application.bookings.steps import BookingStep
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.bookings.booking import Booking


@attrs.frozen(kw_only=True)
class CompleteBooking(BookingStep):
    """The customer has had it."""


@attrs.frozen(kw_only=True)
class CompleteBookingHandler:
    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock

    async def __call__(self, command: CompleteBooking, /) -> Booking:
        def complete(work: BookingWork) -> Booking:
            booking = work.bookings.get(command.booking_id)
            require_version(booking.version, command.version)
            return work.bookings.save(booking.complete(now=self.clock()))

        return await self.unit_of_work(command.actor, complete, once=command.once)
