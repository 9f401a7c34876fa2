"""Extend a hold, for a customer who needs a little longer."""

import attrs

from application.bookings.ports import BookingWork
from application.kernel.once import Once
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.bookings.booking import Booking, HoldTerms
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BookingId


@attrs.frozen(kw_only=True)
class ExtendHold:
    """`version` is the one the caller decided on, or None to take whatever is there."""

    actor: Actor
    booking_id: BookingId
    version: int | None
    once: Once[Booking] | None = None


@attrs.frozen(kw_only=True)
class ExtendHoldHandler:
    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock
    terms: HoldTerms

    async def __call__(self, command: ExtendHold, /) -> Booking:
        def extend(work: BookingWork) -> Booking:
            booking = work.bookings.get(command.booking_id)
            require_version(booking.version, command.version)
            extended = booking.extend(terms=self.terms, now=self.clock())
            return work.bookings.save(extended)

        return await self.unit_of_work(command.actor, extend, once=command.once)
