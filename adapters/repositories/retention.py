"""Forgetting in SQL, a few rows a transaction: on SQLite every other writer waits for it."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import Connection, Delete, Select, Table, delete, select, tuple_

from adapters.schema.bookings import quotes
from adapters.schema.data_keys import data_keys
from adapters.schema.documentation import asked_questions
from adapters.schema.exports import export_parts, exports
from adapters.schema.idempotency import answers
from adapters.schema.promises import cancellation_quotes, change_quotes, refund_quotes
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
        for table in (quotes, cancellation_quotes, change_quotes, refund_quotes):
            theirs = table.c.organization_id == actor.organization_id
            expired = theirs, table.c.expires_at < before
            old = select(table.c.id).where(*expired).limit(limit - forgotten)
            forgotten += await self._forget_with_keys(actor, table, old)
        return forgotten

    async def forget_questions(self, actor: Actor, *, before: date, limit: int) -> int:
        asked = asked_questions.c
        theirs = asked.organization_id == actor.organization_id
        old = select(asked.day, asked.digest).where(theirs, asked.day < before).limit(limit)
        return await self._forget(
            actor,
            delete(asked_questions).where(theirs, tuple_(asked.day, asked.digest).in_(old)),
        )

    async def forget_exports(self, actor: Actor, *, before: datetime, limit: int) -> int:
        theirs = exports.c.organization_id == actor.organization_id
        old = select(exports.c.id).where(theirs, exports.c.expires_at < before).limit(limit)

        def ask(connection: Connection) -> Sequence[UUID]:
            return connection.execute(old).scalars().all()

        def forget(connection: Connection, id: UUID) -> None:
            for table, key in (
                (export_parts, export_parts.c.export_id),
                (exports, exports.c.id),
            ):
                ours = table.c.organization_id == actor.organization_id
                connection.execute(delete(table).where(ours, key == id))

        ids = await self.database.read(ask, of=actor.organization_id)
        for id in ids:  # each is a file, and may be a large one
            await self.database.write(partial(forget, id=id), of=actor.organization_id)
        return len(ids)

    async def _forget_with_keys(self, actor: Actor, table: Table, old: Select[Any]) -> int:
        def forget(connection: Connection) -> int:
            ids = connection.execute(old).scalars().all()
            for one in (table, data_keys):
                theirs = one.c.organization_id == actor.organization_id
                connection.execute(delete(one).where(theirs, one.c.id.in_(ids)))
            return len(ids)

        return await self.database.write(forget, of=actor.organization_id)

    async def _forget(self, actor: Actor, statement: Delete) -> int:
        def forget(connection: Connection) -> int:
            return connection.execute(statement).rowcount

        return await self.database.write(forget, of=actor.organization_id)
