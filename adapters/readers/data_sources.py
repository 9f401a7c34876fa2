"""Views of data sources in SQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import attrs
from sqlalchemy import Connection, case, func, select

from adapters.mapping.data_sources import attempt_of, source_of
from adapters.schema.data_sources import data_source_attempts, data_sources
from adapters.sql.database import EVERYBODY, Database
from adapters.sql.keysets import page_backwards, page_of
from application.kernel.pages import Page, Slice
from application.pipelines.source_views import SourceMetrics, SourceViews
from domain.kernel.actors import Actor
from domain.kernel.identifiers import DataSourceId, OrganizationId
from domain.pipelines.attempts import Asked, Attempt
from domain.pipelines.sources import DataSourceNotFound, DataSourceState, Source

CHECKED = data_source_attempts.c.asked == Asked.CHECK.value
SYNCED = data_source_attempts.c.asked == Asked.SYNC.value
FAILED = data_source_attempts.c.reason.is_not(None)


@attrs.frozen
class SqlSourceViews(SourceViews):
    database: Database

    async def source(self, actor: Actor, source_id: DataSourceId) -> Source:
        return await self.database.read(
            lambda connection: _source(connection, actor.organization_id, source_id),
            of=actor.organization_id,
        )

    async def sources(
        self, actor: Actor, *, state: DataSourceState | None = None, slice: Slice
    ) -> Page[Source]:
        archived = data_sources.c.state == DataSourceState.ARCHIVED.value
        question = select(data_sources).where(
            data_sources.c.organization_id == actor.organization_id,
            ~archived if state is None else data_sources.c.state == state.value,
        )
        return await self.database.read(
            lambda connection: page_of(
                connection, question, (data_sources.c.id,), slice, source_of
            ),
            of=actor.organization_id,
        )

    async def attempts(
        self, actor: Actor, source_id: DataSourceId, *, slice: Slice
    ) -> Page[Attempt]:
        attempts = data_source_attempts
        question = select(attempts).where(
            attempts.c.organization_id == actor.organization_id,
            attempts.c.data_source_id == source_id,
        )

        def ask(connection: Connection) -> Page[Attempt]:
            _source(connection, actor.organization_id, source_id)
            return page_backwards(connection, question, (attempts.c.id,), slice, attempt_of)

        return await self.database.read(ask, of=actor.organization_id)

    async def metrics(
        self, actor: Actor, source_id: DataSourceId, *, since: datetime
    ) -> SourceMetrics:
        attempts = data_source_attempts
        question = select(
            _number(CHECKED).label("checks"),
            _number(SYNCED).label("syncs"),
            _number(FAILED).label("failed"),
            func.coalesce(func.sum(attempts.c.records), 0).label("records"),
            func.avg(case((CHECKED, attempts.c.milliseconds))).label("latency_ms"),
            func.max(case((CHECKED, attempts.c.milliseconds))).label("slowest_ms"),
            func.avg(case((SYNCED, attempts.c.milliseconds))).label("sync_ms"),
            func.max(case((SYNCED, attempts.c.at)), type_=attempts.c.at.type).label("last_sync"),
            func.max(case((~FAILED, attempts.c.at)), type_=attempts.c.at.type).label("succeeded"),
        ).where(
            attempts.c.organization_id == actor.organization_id,
            attempts.c.data_source_id == source_id,
            attempts.c.at >= since,
        )

        def ask(connection: Connection) -> SourceMetrics:
            _source(connection, actor.organization_id, source_id)
            row = connection.execute(question).one()
            return SourceMetrics(
                checks=int(row.checks),
                syncs=int(row.syncs),
                failed=int(row.failed),
                records=int(row.records),
                latency_ms=_perhaps(row.latency_ms),
                slowest_ms=row.slowest_ms,
                sync_ms=_perhaps(row.sync_ms),
                last_sync_at=row.last_sync,
                last_success_at=row.succeeded,
            )

        return await self.database.read(ask, of=actor.organization_id)


@attrs.frozen
class SqlDueSources:
    """Whose data sources have come due."""

    database: Database

    async def organizations(self, *, now: datetime) -> Sequence[OrganizationId]:
        question = (
            select(data_sources.c.organization_id)
            .where(data_sources.c.next_due_at <= now)
            .distinct()
        )
        return await self.database.read(
            lambda connection: connection.execute(question).scalars().all(), of=EVERYBODY
        )


def _number(condition: Any) -> Any:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _perhaps(number: Any) -> float | None:
    return None if number is None else float(number)


def _source(connection: Connection, owner: OrganizationId, source_id: DataSourceId) -> Source:
    question = select(data_sources).where(
        data_sources.c.organization_id == owner, data_sources.c.id == source_id
    )
    row = connection.execute(question).one_or_none()
    if row is None:
        raise DataSourceNotFound(source_id)
    return source_of(row)
