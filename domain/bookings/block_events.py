"""What other features may know about blocks."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

import attrs

from domain.kernel.events import Event
from domain.kernel.identifiers import BlockId, BookingId, ResourceId


@attrs.frozen(kw_only=True)
class BlockEvent(Event):
    block_id: BlockId
    resource_id: ResourceId

    @property
    def subject(self) -> UUID:
        return self.block_id


@attrs.frozen(kw_only=True)
class BlockOpened(BlockEvent):
    """`units` of each of `pools` are set aside."""

    name: ClassVar[str] = "block_opened"
    units: int
    pools: int
    release_at: datetime


@attrs.frozen(kw_only=True)
class BlockDrawn(BlockEvent):
    """A booking was made of units of the block."""

    name: ClassVar[str] = "block_drawn"
    booking_id: BookingId


@attrs.frozen(kw_only=True)
class BlockReleased(BlockEvent):
    """So many units, added up over the pools, are for everybody again.

    `last` is whether the block ends with them; `reason` is why that does not take place of which
    they were.
    """

    name: ClassVar[str] = "block_released"
    units: int
    last: bool = False
    reason: str | None = None
