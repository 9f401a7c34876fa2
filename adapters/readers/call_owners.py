"""Who has which calls, in SQL."""

from collections.abc import Collection

import attrs
from sqlalchemy import Connection, select

from adapters.mapping.calls import TAKEN_BY_NOBODY
from adapters.schema.calls import calls
from adapters.sql.database import Database
from application.calls.owners import CallOwners, Owners
from domain.kernel.actors import Actor
from domain.kernel.identifiers import CallId


@attrs.frozen
class SqlCallOwners(CallOwners):
    database: Database

    async def of(self, actor: Actor, call_ids: Collection[CallId]) -> Owners:
        question = select(calls.c.id, calls.c.handler_id).where(
            calls.c.organization_id == actor.organization_id,
            calls.c.id.in_(sorted(call_ids)),
            calls.c.handler_id.is_not(None) | TAKEN_BY_NOBODY,
        )

        def ask(connection: Connection) -> Owners:
            return {row.id: row.handler_id for row in connection.execute(question)}

        return await self.database.read(ask, of=actor.organization_id)
