"""Cancel a confirmed booking on the terms it was sold on; its units go back on sale."""

import attrs

from application.bookings.ports import BookingWork
from application.kernel.once import Once
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.bookings.booking import Booking
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BookingId


@attrs.frozen(kw_only=True)
class CancelBooking:
    """`version` is the one the caller decided on, or None to take whatever is there."""

    actor: Actor
    booking_id: BookingId
    version: int | None
    once: Once[Booking] | None = None


@attrs.frozen(kw_only=True)
class CancelBookingHandler:
    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock

    async def __call__(self, command: CancelBooking, /) -> Booking:
        def cancel(work: BookingWork) -> Booking:
            booking = work.bookings.get(command.booking_id)
            require_version(booking.version, command.version)
            cancelled = work.bookings.save(booking.cancel(now=self.clock()))
            work.inventory.give_back([cancelled.hold_id])
            return cancelled

        return await self.unit_of_work(command.actor, cancel, once=command.once)
