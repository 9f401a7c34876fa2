"""Complete bookings in progress whose end has passed, one batch a transaction."""

import attrs

from application.bookings.ports import BookingWork
from application.kernel.ports import Clock, UnitOfWork
from domain.kernel.actors import Actor


@attrs.frozen(kw_only=True)
class CompleteEnded:
    actor: Actor
    limit: int = 1000


@attrs.frozen(kw_only=True)
class CompleteEndedHandler:
    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock

    async def __call__(self, command: CompleteEnded, /) -> int:
        """How many bookings were completed; if that is the limit, there may be more."""

        def complete(work: BookingWork) -> int:
            now = self.clock()
            ended = work.bookings.ended(now=now, limit=command.limit)
            work.bookings.save_states([booking.complete(now=now) for booking in ended])
            return len(ended)

        return await self.unit_of_work(command.actor, complete)
