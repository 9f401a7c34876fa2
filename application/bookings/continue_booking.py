"""Go on with an inquiry: its hold now waits for payment."""

import attrs

from application.bookings.ports import BookingWork
from application.bookings.steps import BookingStep
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.bookings.booking import Booking
from domain.bookings.continuing import continued
from domain.bookings.holding import HoldPolicy


@attrs.frozen(kw_only=True)
class ContinueBooking(BookingStep):
    """The customer wants it after all."""


@attrs.frozen(kw_only=True)
class ContinueBookingHandler:
    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock
    policy: HoldPolicy

    async def __call__(self, command: ContinueBooking, /) -> Booking:
        def go_on(work: BookingWork) -> Booking:
            booking = work.bookings.get(command.booking_id)
            require_version(booking.version, command.version)
            return work.bookings.save(continued(booking, policy=self.policy, now=self.clock()))

        return await self.unit_of_work(command.actor, go_on, once=command.once)
