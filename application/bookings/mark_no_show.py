"""Note that nobody came; the units stay taken and the price is kept."""

import attrs

from application.bookings.ports import BookingWork
from application.bookings.steps import BookingStep
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.bookings.booking import Booking


@attrs.frozen(kw_only=True)
class MarkNoShow(BookingStep):
    """Nobody came."""


@attrs.frozen(kw_only=True)
class MarkNoShowHandler:
    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock

    async def __call__(self, command: MarkNoShow, /) -> Booking:
        def not_shown(work: BookingWork) -> Booking:
            booking = work.bookings.get(command.booking_id)
            require_version(booking.version, command.version)
            return work.bookings.save(booking.not_shown(now=self.clock()))

        return await self.unit_of_work(command.actor, not_shown, once=command.once)
