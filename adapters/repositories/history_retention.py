"""Forgetting in SQL what came of things long done, a few rows a transaction."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import (
    ColumnElement,
    Connection,
    Delete,
    Table,
    delete,
    exists,
    insert,
    select,
    tuple_,
)

from adapters.repositories.archiving import archived
from adapters.schema.archives import archives
from adapters.schema.data_sources import data_source_attempts
from adapters.schema.imports import import_refusals, imports
from adapters.schema.pipelines import pipeline_runs, posted_events, quarantined_rows, run_notes
from adapters.schema.report_schedules import report_runs
from adapters.schema.telemetry import log_lines, measurements, spans
from adapters.sql.database import Database
from application.kernel.ports import NewId
from application.kernel.retention import Forgetting, HistoryRetention
from domain.kernel.actors import Actor
from domain.kernel.histories import History

Conditions = Sequence[ColumnElement[bool]]


@attrs.frozen
class Kept:
    """Rows of a table, which of them may go, and which columns of them are told to an archive.

    Archives are kept for years, and nobody is looked for in them who is to be forgotten: nothing
    is told that people have written, or that comes from records of others.
    """

    table: Table
    old: Callable[[Actor, datetime], Conditions]
    told: tuple[str, ...] = ()

    @property
    def columns(self) -> Sequence[ColumnElement[Any]]:
        return [self.table.c[name] for name in self.told]


@attrs.frozen(kw_only=True)
class SqlHistoryRetention(HistoryRetention):
    database: Database
    new_id: NewId

    async def forget(
        self, actor: Actor, history: History, forgetting: Forgetting, *, limit: int
    ) -> int:
        kept, before = KEPT[history], forgetting.before
        go = _deletion(actor, kept.table, kept.old(actor, before), limit)

        def archive(connection: Connection) -> int:
            gone = connection.execute(go.returning(*kept.columns)).mappings().all()
            if gone:
                file = archived(history, [dict(row) for row in gone], before=before)
                owned = {"organization_id": actor.organization_id, "id": self.new_id()}
                made = {**owned, "archived_at": forgetting.archived_at, **file}
                connection.execute(insert(archives), made)
            return len(gone)

        def forget(connection: Connection) -> int:
            return connection.execute(go).rowcount

        work = forget if forgetting.archived_at is None else archive
        return await self.database.write(work, of=actor.organization_id)

    async def forget_archives(self, actor: Actor, *, before: datetime, limit: int) -> int:
        go = _deletion(actor, archives, [archives.c.archived_at < before], limit)
        return await self.database.write(
            lambda connection: connection.execute(go).rowcount, of=actor.organization_id
        )


def _deletion(actor: Actor, table: Table, old: Conditions, limit: int) -> Delete:
    theirs = table.c.organization_id == actor.organization_id
    key = [column for column in table.primary_key if column.name != "organization_id"]
    some = select(*key).where(theirs, *old).limit(limit)
    return delete(table).where(theirs, tuple_(*key).in_(some))


def _source_attempts(actor: Actor, before: datetime) -> Conditions:
    attempts, later = data_source_attempts, data_source_attempts.alias("later")
    another = exists().where(
        later.c.organization_id == actor.organization_id,
        later.c.data_source_id == attempts.c.data_source_id,
        later.c.id > attempts.c.id,
    )
    failed, better = attempts.c.reason.is_not(None), another.where(later.c.reason.is_(None))
    return (attempts.c.at < before, another, failed | better)


def _run_notes(actor: Actor, before: datetime) -> Conditions:
    over = select(pipeline_runs.c.id).where(
        pipeline_runs.c.organization_id == actor.organization_id,
        pipeline_runs.c.ended_at < before,
    )
    return (run_notes.c.run_id.in_(over),)


def _pipeline_runs(actor: Actor, before: datetime) -> Conditions:
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
    return (runs.c.ended_at < before, runs.c.new == 0, another, *(~each for each in of_it))


def _import_refusals(actor: Actor, before: datetime) -> Conditions:
    over = select(imports.c.id).where(
        imports.c.organization_id == actor.organization_id,
        imports.c.state == "completed",
        imports.c.id < _first_id_of(before),
    )
    return (import_refusals.c.import_id.in_(over),)


def _posted_events(_actor: Actor, before: datetime) -> Conditions:
    return (posted_events.c.received_at < before, posted_events.c.taken_at < before)


def _before(moment: ColumnElement[datetime]) -> Callable[[Actor, datetime], Conditions]:
    return lambda _actor, before: (moment < before,)


KEPT: Mapping[History, Kept] = {
    History.SOURCE_ATTEMPTS: Kept(
        data_source_attempts,
        _source_attempts,
        told=(
            "id",
            "data_source_id",
            "asked",
            "at",
            "milliseconds",
            "records",
            "reason",
            "version",
            "clock_difference_ms",
        ),
    ),
    History.REPORT_RUNS: Kept(
        report_runs,
        _before(report_runs.c.ended_at),
        told=(
            "id",
            "schedule_id",
            "occasion_at",
            "by_hand",
            "state",
            "export_id",
            "began_at",
            "ended_at",
            "mailed",
            "attached",
            "problem",
        ),
    ),
    History.RUN_NOTES: Kept(run_notes, _run_notes, told=("run_id", "id", "at", "level", "what")),
    History.PIPELINE_RUNS: Kept(
        pipeline_runs,
        _pipeline_runs,
        told=(
            "id",
            "pipeline_id",
            "edition",
            "kind",
            "state",
            "parent_id",
            "whole",
            "pages",
            "new",
            "changed",
            "unchanged",
            "conflicts",
            "quarantined",
            "deleted",
            "left_out",
            "attempts",
            "reason",
            "queued_at",
            "started_at",
            "ended_at",
        ),
    ),
    History.IMPORT_REFUSALS: Kept(
        import_refusals, _import_refusals, told=("import_id", "line", "code")
    ),
    History.POSTED_EVENTS: Kept(
        posted_events,
        _posted_events,
        told=("key", "kind", "occurred_at", "received_at", "taken_at"),
    ),
    History.MEASUREMENTS: Kept(measurements, _before(measurements.c.at)),
    History.LOG_LINES: Kept(log_lines, _before(log_lines.c.at)),
    History.SPANS: Kept(spans, _before(spans.c.begins_at)),
}


def _first_id_of(moment: datetime) -> UUID:
    """Ids begin with the milliseconds at which they were made (RFC 9562, 5.7)."""
    return UUID(int=int(moment.timestamp() * 1000) << 80)
