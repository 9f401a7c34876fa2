"""Expire holds that nobody confirmed in time, one batch a transaction."""

from collections.abc import Sequence
from datetime import datetime

import attrs

from application.bookings.freeing import Freeing
from application.bookings.ports import BookingWork
from application.kernel.ports import Clock, UnitOfWork
from domain.bookings.booking import Booking
from domain.kernel.actors import Actor


@attrs.frozen(kw_only=True)
class ExpireHolds:
    actor: Actor
    limit: int = 1000


@attrs.frozen(kw_only=True)
class ExpireHoldsHandler:
    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock
    freeing: Freeing

    async def __call__(self, command: ExpireHolds, /) -> int:
        """How many holds expired; if that is the limit, there may be more."""

        def expire_overdue(work: BookingWork) -> int:
            now = self.clock()
            overdue = work.bookings.overdue(now=now, limit=command.limit)
            expire(work, overdue, freeing=self.freeing, now=now)
            return len(overdue)

        return await self.unit_of_work(command.actor, expire_overdue)


def expire(
    work: BookingWork, overdue: Sequence[Booking], *, freeing: Freeing, now: datetime
) -> None:
    """Ends these holds and puts their units back on sale."""
    expired = [booking.expire(now=now) for booking in overdue]
    work.bookings.save_states(expired)
    freeing(work, expired)
