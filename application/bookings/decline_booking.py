"""Decline what was asked for; the units go back on sale."""

import attrs

from application.bookings.freeing import Freeing
from application.bookings.ports import BookingWork
from application.bookings.steps import BookingStep
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.bookings.booking import Booking


@attrs.frozen(kw_only=True)
class DeclineBooking(BookingStep):
    """Keep it from the customer."""


@attrs.frozen(kw_only=True)
class DeclineBookingHandler:
    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock
    freeing: Freeing

    async def __call__(self, command: DeclineBooking, /) -> Booking:
        def decline(work: BookingWork) -> Booking:
            booking = work.bookings.get(command.booking_id)
            require_version(booking.version, command.version)
            declined = work.bookings.save(booking.decline(now=self.clock()))
            self.freeing(work, [declined])
            return declined

        return await self.unit_of_work(command.actor, decline, once=command.once)
