"""Blocks in SQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import attrs
from sqlalchemy import Row, String, literal_column

from adapters.mapping.blocks import NOBODYS, NOTE, block_of, whole_blocks, whose
from adapters.mapping.kinds import converter
from adapters.mapping.sealed_parts import FOUND_BY, SEALED, Stored
from adapters.repositories.seals import Seals
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
        question = whole_blocks().where(self.scope.owns(blocks), blocks.c.id == block_id)
        row = self.scope.execute(question.with_for_update()).one_or_none()
        if row is None:
            raise BlockNotFound(block_id)
        return self._block(row)

    def due(self, *, now: datetime, limit: int) -> Sequence[Block]:
        question = (
            whole_blocks()
            .where(
                self.scope.owns(blocks),
                blocks.c.state == BlockState.OPEN.value,
                blocks.c.release_at <= now,
            )
            .order_by(blocks.c.release_at, blocks.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        return [self._block(row) for row in self.scope.execute(question)]

    def open_of(self, stock_id: ResourceId, *, limit: int) -> Sequence[Block]:
        question = (
            whole_blocks()
            .where(self.scope.owns(blocks), blocks.c.stock_id == stock_id, blocks.c.state == OPEN)
            .order_by(blocks.c.id)
            .limit(limit)
            .with_for_update()
        )
        return [self._block(row) for row in self.scope.execute(question)]

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
            **self._whose(block),
            opened=converter.unstructure(block.claims),
            remaining=converter.unstructure(block.left),
        )
        Seals(self.scope).keep_key(block.id)
        EventLog(self.scope).publish(block.events)
        return attrs.evolve(block, version=version, events=())

    def _block(self, row: Row[Any]) -> Block:
        Seals(self.scope).remember(row)
        return block_of(row, self.scope.vault)

    def _whose(self, block: Block) -> Stored:
        """The columns that say so."""
        seals = Seals(self.scope)
        contact = seals.sealed(block.id, whose(block), NOBODYS)
        note = contact.pop(NOTE)
        if SEALED in contact:
            contact[FOUND_BY] = seals.index(block.contact.email)
        return {"contact": contact, "note": note}
