"""Blocks in SQL."""

from collections.abc import Sequence
from datetime import datetime

import attrs
from sqlalchemy import String, literal_column, select

from adapters.mapping.blocks import block_of
from adapters.mapping.kinds import converter
from adapters.schema.blocks import blocks
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from adapters.sql.versions import store
from application.bookings.ports import Blocks
from domain.bookings.blocks import Block, BlockNotFound, BlockState
from domain.kernel.identifiers import BlockId, ResourceId

# Not a parameter: the index covers this state only, and the planner has to see that it will do.
OPEN = literal_column("'open'", String)


@attrs.frozen
class SqlBlocks(Blocks):
    scope: Scope

    def locked(self, block_id: BlockId) -> Block:
        question = select(blocks).where(self.scope.owns(blocks), blocks.c.id == block_id)
        row = self.scope.execute(question.with_for_update()).one_or_none()
        if row is None:
            raise BlockNotFound(block_id)
        return block_of(row)

    def due(self, *, now: datetime, limit: int) -> Sequence[Block]:
        question = (
            select(blocks)
            .where(
                self.scope.owns(blocks),
                blocks.c.state == BlockState.OPEN.value,
                blocks.c.release_at <= now,
            )
            .order_by(blocks.c.release_at, blocks.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        return [block_of(row) for row in self.scope.execute(question)]

    def open_of(self, stock_id: ResourceId, *, limit: int) -> Sequence[Block]:
        question = (
            select(blocks)
            .where(self.scope.owns(blocks), blocks.c.stock_id == stock_id, blocks.c.state == OPEN)
            .order_by(blocks.c.id)
            .limit(limit)
            .with_for_update()
        )
        return [block_of(row) for row in self.scope.execute(question)]

    def save(self, block: Block) -> Block:
        version = store(
            self.scope,
            blocks,
            block.id,
            block.version,
            stock_id=block.stock_id,
            resource_id=block.resource_id,
            state=block.state.value,
            release_at=block.release_at,
            contact=converter.unstructure(block.contact),
            note=block.note,
            opened=converter.unstructure(block.claims),
            remaining=converter.unstructure(block.left),
        )
        EventLog(self.scope).publish(block.events)
        return attrs.evolve(block, version=version, events=())
