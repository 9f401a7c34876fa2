"""End what has lasted long enough: saving up, and waiting for what can no longer be booked."""

import attrs

from application.bookings.offers import Offers
from application.bookings.ports import BookingWork
from application.kernel.ports import Clock, UnitOfWork
from domain.kernel.actors import Actor


@attrs.frozen(kw_only=True)
class LapseWaiting:
    actor: Actor
    limit: int = 100


@attrs.frozen(kw_only=True)
class LapseWaitingHandler:
    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock
    offers: Offers

    async def __call__(self, command: LapseWaiting, /) -> int:
        """How many entries were due; if that is the limit, there may be more."""

        def lapse(work: BookingWork) -> int:
            now = self.clock()
            due = work.waiting.due(now=now, limit=command.limit)
            pools = {claim.pool_id for entry in due for claim in entry.saved}

            def end() -> None:
                for entry in due:
                    closed = entry.closes_at <= now
                    ended = entry.expire(now=now) if closed else entry.stop_saving(now=now)
                    work.waiting.save(ended)
                work.inventory.give_back([entry.hold_id for entry in due if entry.saved])

            self.offers.around(work, sorted(pools), end)
            return len(due)

        return await self.unit_of_work(command.actor, lapse)
