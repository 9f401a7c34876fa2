"""Release what nobody has drawn until the release date, one batch a transaction."""

import attrs

from application.bookings.offers import Offers
from application.bookings.ports import BookingWork
from application.bookings.releasing_blocks import free
from application.kernel.ports import Clock, UnitOfWork
from domain.kernel.actors import Actor


@attrs.frozen(kw_only=True)
class ReleaseDueBlocks:
    actor: Actor
    limit: int = 100


@attrs.frozen(kw_only=True)
class ReleaseDueBlocksHandler:
    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock
    offers: Offers

    async def __call__(self, command: ReleaseDueBlocks, /) -> int:
        """How many blocks were due; if that is the limit, there may be more."""

        def release(work: BookingWork) -> int:
            now = self.clock()
            due = work.blocks.due(now=now, limit=command.limit)
            released = [block.release(now=now) for block in due]
            for block in released:
                work.blocks.save(block)
            free(work, self.offers, due, released)
            return len(due)

        return await self.unit_of_work(command.actor, release)
