"""Cancel a confirmed booking on the terms it was sold on; its units go back on sale."""

import attrs

from application.bookings.freeing import Freeing
from application.bookings.ports import BookingWork
from application.bookings.steps import BookingStep
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.bookings.booking import Booking


@attrs.frozen(kw_only=True)
class CancelBooking(BookingStep):
    """Cancel what was confirmed."""


@attrs.frozen(kw_only=True)
class CancelBookingHandler:
    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock
    freeing: Freeing

    async def __call__(self, command: CancelBooking, /) -> Booking:
        def cancel(work: BookingWork) -> Booking:
            booking = work.bookings.get(command.booking_id)
            require_version(booking.version, command.version)
            cancelled = work.bookings.save(booking.cancel(now=self.clock()))
            self.freeing(work, [cancelled])
            return cancelled

        return await self.unit_of_work(command.actor, cancel, once=command.once)
