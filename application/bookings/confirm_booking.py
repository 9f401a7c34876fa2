"""Confirm a held booking: its units are the customer's for good."""

import attrs

from application.bookings.ports import BookingWork
from application.bookings.steps import BookingStep
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.bookings.booking import Booking


@attrs.frozen(kw_only=True)
class ConfirmBooking(BookingStep):
    """Keep the units for good."""


@attrs.frozen(kw_only=True)
class ConfirmBookingHandler:
    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock

    async def __call__(self, command: ConfirmBooking, /) -> Booking:
        def confirm(work: BookingWork) -> Booking:
            booking = work.bookings.get(command.booking_id)
            require_version(booking.version, command.version)
            booking.must_be_held_alone()
            return work.bookings.save(booking.confirm(now=self.clock()))

        return await self.unit_of_work(command.actor, confirm, once=command.once)
