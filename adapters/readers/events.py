"""The event feed in SQL."""

from collections.abc import Collection, Mapping, Sequence

import attrs
from sqlalchemy import Connection, select

from adapters.schema.events import event_heads, event_log
from adapters.sql.database import EVERYBODY, Database
from adapters.sql.event_log import recorded
from application.kernel.events import EventFeed, EventHeads
from application.kernel.subscribers import RecordedEvent
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId


@attrs.frozen
class SqlEventFeed(EventFeed):
    database: Database

    async def after(self, actor: Actor, position: int, *, limit: int) -> Sequence[RecordedEvent]:
        question = (
            select(event_log)
            .where(
                event_log.c.organization_id == actor.organization_id,
                event_log.c.position > position,
            )
            .order_by(event_log.c.position)
            .limit(limit)
        )

        def ask(connection: Connection) -> Sequence[RecordedEvent]:
            return [recorded(row) for row in connection.execute(question)]

        return await self.database.read(ask, of=actor.organization_id)


@attrs.frozen
class SqlEventHeads(EventHeads):
    database: Database

    async def of(
        self, organization_ids: Collection[OrganizationId]
    ) -> Mapping[OrganizationId, int]:
        question = select(event_heads.c.organization_id, event_heads.c.position).where(
            event_heads.c.organization_id.in_(organization_ids)
        )

        def ask(connection: Connection) -> Mapping[OrganizationId, int]:
            return {row.organization_id: row.position for row in connection.execute(question)}

        return await self.database.read(ask, of=EVERYBODY)
