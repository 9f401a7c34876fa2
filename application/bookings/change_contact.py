"""Change whom a booking is confirmed to."""

import attrs

from application.bookings.ports import BookingWork
from application.kernel.once import Once
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.bookings.booking import Booking
from domain.bookings.contacts import Contact
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BookingId


@attrs.frozen(kw_only=True)
class ChangeContact:
    """`version` is the one the caller decided on, or None to take whatever is there."""

    actor: Actor
    booking_id: BookingId
    version: int | None
    contact: Contact
    once: Once[Booking] | None = None


@attrs.frozen(kw_only=True)
class ChangeContactHandler:
    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock

    async def __call__(self, command: ChangeContact, /) -> Booking:
        def change(work: BookingWork) -> Booking:
            booking = work.bookings.get(command.booking_id)
            require_version(booking.version, command.version)
            changed = booking.change_contact(command.contact, now=self.clock())
            return work.bookings.save(changed)

        return await self.unit_of_work(command.actor, change, once=command.once)
