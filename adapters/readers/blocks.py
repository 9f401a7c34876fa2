"""Blocks as readers see them, in SQL."""

from collections.abc import Sequence
from datetime import datetime

import attrs
from sqlalchemy import Connection, String, literal_column, select

from adapters.mapping.blocks import block_of, whole_blocks
from adapters.schema.blocks import blocks
from adapters.sql.database import EVERYBODY, Database
from adapters.sql.keysets import page_of
from adapters.sql.vaults import vault_of
from application.bookings.block_views import BlockFilter, BlockViews, DueBlocks
from application.kernel.pages import Page, Slice
from domain.bookings.blocks import Block, BlockNotFound
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BlockId, OrganizationId

# Not a parameter: the index covers this state only, and the planner has to see that it will do.
OPEN = literal_column("'open'", String)


@attrs.frozen
class SqlBlockViews(BlockViews):
    database: Database

    async def block(self, actor: Actor, block_id: BlockId) -> Block:
        question = whole_blocks().where(
            blocks.c.organization_id == actor.organization_id, blocks.c.id == block_id
        )

        def ask(connection: Connection) -> Block:
            row = connection.execute(question).one_or_none()
            if row is None:
                raise BlockNotFound(block_id)
            return block_of(row, vault_of(connection))

        return await self.database.read(ask, of=actor.organization_id)

    async def blocks(self, actor: Actor, *, filter: BlockFilter, slice: Slice) -> Page[Block]:
        question = whole_blocks().where(blocks.c.organization_id == actor.organization_id)
        if filter.resource_id is not None:
            question = question.where(blocks.c.resource_id == filter.resource_id)
        if filter.state is not None:
            question = question.where(blocks.c.state == filter.state.value)
        keys = (blocks.c.release_at, blocks.c.id)
        return await self.database.read(
            lambda connection: page_of(
                connection, question, keys, slice, lambda row: block_of(row, vault_of(connection))
            ),
            of=actor.organization_id,
        )


@attrs.frozen
class SqlDueBlocks(DueBlocks):
    database: Database

    async def organizations(self, *, now: datetime) -> Sequence[OrganizationId]:
        question = (
            select(blocks.c.organization_id)
            .where(blocks.c.state == OPEN, blocks.c.release_at <= now)
            .distinct()
        )
        return await self.database.read(
            lambda connection: connection.execute(question).scalars().all(), of=EVERYBODY
        )
