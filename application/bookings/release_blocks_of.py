"""Release what is set aside of what does not take place, one batch a transaction."""

from typing import ClassVar

import attrs

from application.bookings.offers import Offers
from application.bookings.ports import BookingWork
from application.bookings.releasing_blocks import free
from application.kernel.ports import Clock, UnitOfWork
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ResourceId


@attrs.frozen(kw_only=True)
class ReleaseBlocksOf:
    actor: Actor
    stock: ResourceId
    reason: str


@attrs.frozen(kw_only=True)
class ReleaseBlocksOfHandler:
    BATCH: ClassVar[int] = 50

    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock
    offers: Offers

    async def __call__(self, command: ReleaseBlocksOf, /) -> int:
        """How many there were; none is open when it is 0."""

        def release(work: BookingWork) -> int:
            now = self.clock()
            blocks = work.blocks.open_of(command.stock, limit=self.BATCH)
            released = [block.release(now=now, reason=command.reason) for block in blocks]
            for block in released:
                work.blocks.save(block)
            free(work, self.offers, blocks, released)
            return len(blocks)

        return await self.unit_of_work(command.actor, release)
