"""Grant what was asked for: from now on the hold waits for payment."""

import attrs

from application.bookings.ports import BookingWork
from application.bookings.steps import BookingStep
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.bookings.booking import Booking
from domain.bookings.holding import HoldPolicy
from domain.bookings.life import HoldPurpose


@attrs.frozen(kw_only=True)
class ApproveBooking(BookingStep):
    """Let the customer have it, once it is paid for."""


@attrs.frozen(kw_only=True)
class ApproveBookingHandler:
    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock
    policy: HoldPolicy

    async def __call__(self, command: ApproveBooking, /) -> Booking:
        def approve(work: BookingWork) -> Booking:
            booking = work.bookings.get(command.booking_id)
            require_version(booking.version, command.version)
            terms = self.policy.of(HoldPurpose.PAYMENT, booking.agreement.conditions)
            return work.bookings.save(booking.approve(terms=terms, now=self.clock()))

        return await self.unit_of_work(command.actor, approve, once=command.once)
