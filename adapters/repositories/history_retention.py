"""Forgetting in SQL what came of things long done, a few rows a transaction."""

from datetime import datetime

import attrs
from sqlalchemy import Connection, Delete, delete, exists, select

from adapters.schema.data_sources import data_source_attempts
from adapters.schema.report_schedules import report_runs
from adapters.sql.database import Database
from application.kernel.retention import HistoryRetention
from domain.kernel.actors import Actor


@attrs.frozen
class SqlHistoryRetention(HistoryRetention):
    database: Database

    async def forget_attempts(self, actor: Actor, *, before: datetime, limit: int) -> int:
        attempts, later = data_source_attempts, data_source_attempts.alias("later")
        theirs = attempts.c.organization_id == actor.organization_id
        another = exists().where(
            later.c.organization_id == actor.organization_id,
            later.c.data_source_id == attempts.c.data_source_id,
            later.c.id > attempts.c.id,
        )
        failed, better = attempts.c.reason.is_not(None), another.where(later.c.reason.is_(None))
        old = (
            select(attempts.c.id)
            .where(theirs, attempts.c.at < before, another, failed | better)
            .limit(limit)
        )
        return await self._forget(actor, delete(attempts).where(theirs, attempts.c.id.in_(old)))

    async def forget_report_runs(self, actor: Actor, *, before: datetime, limit: int) -> int:
        theirs = report_runs.c.organization_id == actor.organization_id
        old = select(report_runs.c.id).where(theirs, report_runs.c.ended_at < before).limit(limit)
        return await self._forget(
            actor, delete(report_runs).where(theirs, report_runs.c.id.in_(old))
        )

    async def _forget(self, actor: Actor, statement: Delete) -> int:
        def forget(connection: Connection) -> int:
            return connection.execute(statement).rowcount

        return await self.database.write(forget, of=actor.organization_id)
