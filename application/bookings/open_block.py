"""Set units aside for somebody, all of them or none."""

from datetime import datetime

import attrs

from application.bookings.ports import BookingWork
from application.bookings.reclaiming import Reclaiming
from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, UnitOfWork
from domain.bookings.blocks import Block
from domain.bookings.contacts import Contact
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BlockId, ResourceId
from domain.kernel.periods import DateRange


@attrs.frozen(kw_only=True)
class OpenBlock:
    """`dates` are local dates of the place, or None for what is sold whole."""

    actor: Actor
    resource_id: ResourceId
    dates: DateRange | None = None
    part: str | None = None
    units: int
    contact: Contact
    note: str = ""
    release_at: datetime
    once: Once[Block] | None = None


@attrs.frozen(kw_only=True)
class OpenBlockHandler:
    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock
    new_id: NewId
    reclaiming: Reclaiming

    async def __call__(self, command: OpenBlock, /) -> Block:
        """Raises SoldOut only when not even expired holds could make room."""
        return await self.reclaiming(command.actor, lambda: self._open(command))

    async def _open(self, command: OpenBlock) -> Block:
        def open_block(work: BookingWork) -> Block:
            resource = work.resources.get(command.resource_id)
            resource.must_be_for_sale()
            pools = resource.offering.pools(
                resource.stock, dates=command.dates, zone=resource.zone, part=command.part
            )
            block = Block.open(
                BlockId(self.new_id()),
                stock_id=resource.stock,
                resource_id=resource.id,
                pools=list(pools),
                units=command.units,
                contact=command.contact,
                note=command.note,
                release_at=command.release_at,
                now=self.clock(),
            )
            work.inventory.take(block.hold_id, block.claims)
            return work.blocks.save(block)

        return await self.unit_of_work(command.actor, open_block, once=command.once)
