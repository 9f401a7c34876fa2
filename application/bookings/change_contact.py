"""Change whom a booking is confirmed to."""

import attrs

from application.bookings.ports import BookingWork
from application.bookings.steps import BookingStep
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.bookings.booking import Booking
from domain.bookings.contacts import Contact
from domain.bookings.yeses import Sensitive


@attrs.frozen(kw_only=True)
class ChangeContact(BookingStep):
    """Write to somebody else."""

    contact: Contact


@attrs.frozen(kw_only=True)
class ChangeContactHandler:
    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock

    async def __call__(self, command: ChangeContact, /) -> Booking:
        def change(work: BookingWork) -> Booking:
            booking = work.bookings.get(command.booking_id)
            require_version(booking.version, command.version)
            work.yeses.must_cover(Sensitive.CHANGE, [booking.id])
            changed = booking.change_contact(command.contact, now=self.clock())
            return work.bookings.save(changed)

        return await self.unit_of_work(command.actor, change, once=command.once)
