"""Forgetting in SQL, a few rows a transaction: on SQLite every other writer waits for it."""

from datetime import datetime

import attrs
from sqlalchemy import Connection, Delete, delete, select, tuple_

from adapters.schema.bookings import quotes
from adapters.schema.idempotency import answers
from adapters.schema.promises import cancellation_quotes, change_quotes
from adapters.sql.database import Database
from application.kernel.retention import Retention
from domain.kernel.actors import Actor


@attrs.frozen
class SqlRetention(Retention):
    database: Database

    async def forget_answers(self, actor: Actor, *, before: datetime, limit: int) -> int:
        theirs = answers.c.organization_id == actor.organization_id
        old = (
            select(answers.c.actor_id, answers.c.key)
            .where(theirs, answers.c.answered_at < before)
            .limit(limit)
        )
        return await self._forget(
            actor,
            delete(answers).where(theirs, tuple_(answers.c.actor_id, answers.c.key).in_(old)),
        )

    async def forget_quotes(self, actor: Actor, *, before: datetime, limit: int) -> int:
        forgotten = 0
        for table in (quotes, cancellation_quotes, change_quotes):
            theirs = table.c.organization_id == actor.organization_id
            expired = theirs, table.c.expires_at < before
            old = select(table.c.id).where(*expired).limit(limit - forgotten)
            forgotten += await self._forget(
                actor, delete(table).where(theirs, table.c.id.in_(old))
            )
        return forgotten

    async def _forget(self, actor: Actor, statement: Delete) -> int:
        def forget(connection: Connection) -> int:
            return connection.execute(statement).rowcount

        return await self.database.write(forget, of=actor.organization_id)
