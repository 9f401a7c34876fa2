"""Blocks in memory."""

from collections.abc import Sequence
from datetime import datetime

import attrs

from application.bookings.ports import Blocks
from domain.bookings.blocks import Block, BlockNotFound, BlockState
from domain.kernel.identifiers import BlockId, ResourceId
from tests.fakes.rows import Rows, found, next_version


@attrs.frozen
class MemoryBlocks(Blocks):
    rows: Rows

    def locked(self, block_id: BlockId) -> Block:
        return found(self.rows.blocks, block_id, BlockNotFound)

    def due(self, *, now: datetime, limit: int) -> Sequence[Block]:
        due = (
            block
            for block in self.rows.blocks.values()
            if block.state is BlockState.OPEN and block.release_at <= now
        )
        return sorted(due, key=lambda block: (block.release_at, block.id))[:limit]

    def open_of(self, stock_id: ResourceId, *, limit: int) -> Sequence[Block]:
        theirs = (
            block
            for block in self.rows.blocks.values()
            if block.state is BlockState.OPEN and block.stock_id == stock_id
        )
        return sorted(theirs, key=lambda block: block.id)[:limit]

    def save(self, block: Block) -> Block:
        version = next_version(self.rows.blocks.get(block.id), block.version)
        saved = attrs.evolve(block, version=version, events=())
        self.rows.blocks[block.id] = saved
        self.rows.events.extend(block.events)
        return saved
