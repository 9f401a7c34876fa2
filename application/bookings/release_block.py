"""Release units of a block before its time, all or some of them."""

import attrs

from application.bookings.offers import Offers
from application.bookings.ports import BookingWork
from application.bookings.releasing_blocks import free
from application.kernel.once import Once
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.bookings.blocks import Block
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BlockId


@attrs.frozen(kw_only=True)
class ReleaseBlock:
    """`units` of each pool, or None for all that are left. `version` is the one decided on."""

    actor: Actor
    block_id: BlockId
    units: int | None = None
    version: int | None
    once: Once[Block] | None = None


@attrs.frozen(kw_only=True)
class ReleaseBlockHandler:
    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock
    offers: Offers

    async def __call__(self, command: ReleaseBlock, /) -> Block:
        def release(work: BookingWork) -> Block:
            block = work.blocks.locked(command.block_id)
            require_version(block.version, command.version)
            released = block.release(now=self.clock(), units=command.units)
            saved = work.blocks.save(released)
            free(work, self.offers, [block], [released])
            return saved

        return await self.unit_of_work(command.actor, release, once=command.once)
