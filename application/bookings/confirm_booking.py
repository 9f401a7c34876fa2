"""Confirm a held booking: its units are the customer's for good."""

import attrs

from application.bookings.ports import BookingWork
from application.kernel.once import Once
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.bookings.booking import Booking
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BookingId


@attrs.frozen(kw_only=True)
class ConfirmBooking:
    """`version` is the one the caller decided on, or None to take whatever is there."""

    actor: Actor
    booking_id: BookingId
    version: int | None
    once: Once[Booking] | None = None


@attrs.frozen(kw_only=True)
class ConfirmBookingHandler:
    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock

    async def __call__(self, command: ConfirmBooking, /) -> Booking:
        def confirm(work: BookingWork) -> Booking:
            booking = work.bookings.get(command.booking_id)
            require_version(booking.version, command.version)
            return work.bookings.save(booking.confirm(now=self.clock()))

        return await self.unit_of_work(command.actor, confirm, once=command.once)
