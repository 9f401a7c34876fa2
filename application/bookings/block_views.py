"""Blocks as readers see them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import attrs

from application.kernel.pages import Page, Slice
from domain.bookings.blocks import Block, BlockState
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BlockId, OrganizationId, ResourceId


@attrs.frozen(kw_only=True)
class BlockFilter:
    """Only blocks that meet every condition given."""

    resource_id: ResourceId | None = None
    state: BlockState | None = None


class BlockViews(Protocol):
    async def block(self, actor: Actor, block_id: BlockId) -> Block:
        """Raises BlockNotFound."""
        ...

    async def blocks(self, actor: Actor, *, filter: BlockFilter, slice: Slice) -> Page[Block]:
        """By release date, soonest first."""
        ...


class DueBlocks(Protocol):
    async def organizations(self, *, now: datetime) -> Sequence[OrganizationId]:
        """Those with open blocks past their release date."""
        ...
