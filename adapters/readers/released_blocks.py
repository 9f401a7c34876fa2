"""What there is to tell those for whom units were set aside, in SQL."""

import attrs
from sqlalchemy import Connection, select

from adapters.mapping.blocks import block_of, whole_blocks
from adapters.mapping.resources import resource_of
from adapters.schema.blocks import blocks
from adapters.schema.inventory import resources
from adapters.sql.database import Database
from adapters.sql.vaults import vault_of
from application.notifications.ports import ReleasedBlockNotices
from domain.bookings.blocks import Block
from domain.bookings.contacts import NOBODY
from domain.inventory.resources import Resource
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BlockId
from domain.notifications.released_blocks import ReleasedBlockNotice


@attrs.frozen
class SqlReleasedBlockNotices(ReleasedBlockNotices):
    database: Database

    async def of_block(self, actor: Actor, block_id: BlockId) -> ReleasedBlockNotice | None:
        def ask(connection: Connection) -> ReleasedBlockNotice | None:
            theirs = whole_blocks().where(
                blocks.c.organization_id == actor.organization_id, blocks.c.id == block_id
            )
            row = connection.execute(theirs).one_or_none()
            if row is None:
                return None
            found = connection.execute(
                select(resources).where(
                    resources.c.organization_id == actor.organization_id,
                    resources.c.id == row.resource_id,
                )
            )
            block = block_of(row, vault_of(connection))
            return _notice(block, resource_of(found.one()))

        return await self.database.read(ask, of=actor.organization_id)


def _notice(block: Block, resource: Resource) -> ReleasedBlockNotice | None:
    period = resource.offering.takes_place
    if block.contact == NOBODY:
        return None
    return ReleasedBlockNotice(
        title=resource.name,
        starts_at=None if period is None else period.starts_at,
        zone=resource.zone,
        contact_name=block.contact.name,
        contact_email=block.contact.email,
    )
