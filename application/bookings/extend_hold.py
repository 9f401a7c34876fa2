"""Extend a hold, for a customer who needs a little longer."""

import attrs

from application.bookings.ports import BookingWork
from application.bookings.steps import BookingStep
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.bookings.booking import Booking
from domain.bookings.holding import HoldPolicy


@attrs.frozen(kw_only=True)
class ExtendHold(BookingStep):
    """Begin the hold anew."""


@attrs.frozen(kw_only=True)
class ExtendHoldHandler:
    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock
    policy: HoldPolicy

    async def __call__(self, command: ExtendHold, /) -> Booking:
        def extend(work: BookingWork) -> Booking:
            booking = work.bookings.get(command.booking_id)
            require_version(booking.version, command.version)
            booking.must_be_held_alone()
            terms = self.policy.of(booking.purpose, booking.agreement.conditions)
            return work.bookings.save(booking.extend(terms=terms, now=self.clock()))

        return await self.unit_of_work(command.actor, extend, once=command.once)
