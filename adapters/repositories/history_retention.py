"""Forgetting in SQL what came of things long done, a few rows a transaction."""

from datetime import datetime
from uuid import UUID

import attrs
from sqlalchemy import ColumnElement, Connection, Table, delete, exists, select, tuple_

from adapters.schema.data_sources import data_source_attempts
from adapters.schema.imports import import_refusals, imports
from adapters.schema.pipelines import pipeline_runs, posted_events, quarantined_rows, run_notes
from adapters.schema.report_schedules import report_runs
from adapters.sql.database import Database
from application.kernel.retention import HistoryRetention
from domain.kernel.actors import Actor


@attrs.frozen
class SqlHistoryRetention(HistoryRetention):
    database: Database

    async def forget_attempts(self, actor: Actor, *, before: datetime, limit: int) -> int:
        attempts, later = data_source_attempts, data_source_attempts.alias("later")
        another = exists().where(
            later.c.organization_id == actor.organization_id,
            later.c.data_source_id == attempts.c.data_source_id,
            later.c.id > attempts.c.id,
        )
        failed, better = attempts.c.reason.is_not(None), another.where(later.c.reason.is_(None))
        old = (attempts.c.at < before, another, failed | better)
        return await self._forget(actor, attempts, *old, limit=limit)

    async def forget_report_runs(self, actor: Actor, *, before: datetime, limit: int) -> int:
        return await self._forget(actor, report_runs, report_runs.c.ended_at < before, limit=limit)

    async def forget_run_notes(self, actor: Actor, *, before: datetime, limit: int) -> int:
        over = select(pipeline_runs.c.id).where(
            pipeline_runs.c.organization_id == actor.organization_id,
            pipeline_runs.c.ended_at < before,
        )
        return await self._forget(actor, run_notes, run_notes.c.run_id.in_(over), limit=limit)

    async def forget_runs(self, actor: Actor, *, before: datetime, limit: int) -> int:
        runs, later = pipeline_runs, pipeline_runs.alias("later")
        another = exists().where(
            later.c.organization_id == actor.organization_id,
            later.c.pipeline_id == runs.c.pipeline_id,
            later.c.ended_at > runs.c.ended_at,
        )
        of_it = [
            exists().where(
                table.c.organization_id == actor.organization_id, table.c.run_id == runs.c.id
            )
            for table in (run_notes, quarantined_rows)
        ]
        old = (runs.c.ended_at < before, runs.c.new == 0, another, *(~each for each in of_it))
        return await self._forget(actor, runs, *old, limit=limit)

    async def forget_import_refusals(self, actor: Actor, *, before: datetime, limit: int) -> int:
        over = select(imports.c.id).where(
            imports.c.organization_id == actor.organization_id,
            imports.c.state == "completed",
            imports.c.id < _first_id_of(before),
        )
        return await self._forget(
            actor, import_refusals, import_refusals.c.import_id.in_(over), limit=limit
        )

    async def forget_posted_events(self, actor: Actor, *, before: datetime, limit: int) -> int:
        old = (posted_events.c.received_at < before, posted_events.c.taken_at < before)
        return await self._forget(actor, posted_events, *old, limit=limit)

    async def _forget(
        self, actor: Actor, table: Table, *old: ColumnElement[bool], limit: int
    ) -> int:
        theirs = table.c.organization_id == actor.organization_id
        key = [column for column in table.primary_key if column.name != "organization_id"]
        some = select(*key).where(theirs, *old).limit(limit)
        statement = delete(table).where(theirs, tuple_(*key).in_(some))

        def forget(connection: Connection) -> int:
            return connection.execute(statement).rowcount

        return await self.database.write(forget, of=actor.organization_id)


def _first_id_of(moment: datetime) -> UUID:
    """Ids begin with the milliseconds at which they were made (RFC 9562, 5.7)."""
    return UUID(int=int(moment.timestamp() * 1000) << 80)
