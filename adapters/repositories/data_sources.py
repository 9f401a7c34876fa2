"""Data sources in SQL."""

from collections.abc import Sequence
from datetime import datetime

import attrs
from sqlalchemy import func, select

from adapters.mapping.data_sources import converter, document_of, source_of
from adapters.repositories.queued_jobs import SqlJobQueue
from adapters.repositories.source_files import SqlSourceFiles
from adapters.schema.data_sources import data_source_attempts, data_sources
from adapters.schema.identity import organizations
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from adapters.sql.versions import store
from application.pipelines.source_ports import Attempts, Sources, SourceWork
from domain.identity.tiers import Tier
from domain.kernel.identifiers import DataSourceId
from domain.pipelines.attempts import Attempt
from domain.pipelines.sources import DataSourceNotFound, DataSourceState, Source


@attrs.frozen
class SqlSources(Sources):
    scope: Scope

    def get(self, source_id: DataSourceId) -> Source:
        question = select(data_sources).where(
            self.scope.owns(data_sources), data_sources.c.id == source_id
        )
        row = self.scope.ask(question).one_or_none()
        if row is None:
            raise DataSourceNotFound(source_id)
        return source_of(row)

    def save(self, source: Source) -> Source:
        version = store(
            self.scope,
            data_sources,
            source.id,
            source.version,
            name=source.name,
            kind=source.kind.value,
            connection=document_of(source.connection),
            description=source.description,
            tags=list(source.tags),
            schedule=converter.unstructure(source.schedule),
            next_due_at=source.next_due_at,
            state=source.state.value,
            health=source.health.value,
        )
        EventLog(self.scope).publish(source.events)
        return attrs.evolve(source, version=version, events=())

    def places_left(self) -> int | None:
        most = self.most()
        if most is None:
            return None
        kept = select(func.count()).where(
            self.scope.owns(data_sources), data_sources.c.state != DataSourceState.ARCHIVED.value
        )
        return most - int(self.scope.ask(kept).scalar_one())

    def most(self) -> int | None:
        question = (
            select(organizations.c.tier).where(self.scope.owns(organizations)).with_for_update()
        )
        return Tier(self.scope.execute(question).scalar_one()).limits.data_sources

    def due(self, *, now: datetime, limit: int) -> Sequence[DataSourceId]:
        question = (
            select(data_sources.c.id)
            .where(self.scope.owns(data_sources), data_sources.c.next_due_at <= now)
            .order_by(data_sources.c.next_due_at, data_sources.c.id)
            .limit(limit)
        )
        return [DataSourceId(id) for id in self.scope.ask(question).scalars()]


@attrs.frozen
class SqlAttempts(Attempts):
    scope: Scope

    def add(self, attempt: Attempt) -> None:
        self.scope.add(
            data_source_attempts,
            id=attempt.id,
            data_source_id=attempt.data_source_id,
            asked=attempt.asked.value,
            at=attempt.at,
            milliseconds=attempt.milliseconds,
            records=attempt.records,
            reason=attempt.reason,
            version=attempt.version,
            clock_difference_ms=attempt.clock_difference_ms,
        )

    def latest(self, source_id: DataSourceId, *, limit: int) -> Sequence[bool]:
        attempts = data_source_attempts
        question = (
            select(attempts.c.reason)
            .where(self.scope.owns(attempts), attempts.c.data_source_id == source_id)
            .order_by(attempts.c.id.desc())
            .limit(limit)
        )
        return [reason is None for reason in self.scope.ask(question).scalars()]


@attrs.frozen(kw_only=True)
class SqlSourceWork(SourceWork):
    sources: SqlSources
    attempts: SqlAttempts
    files: SqlSourceFiles
    jobs: SqlJobQueue

    @classmethod
    def on(cls, scope: Scope) -> "SqlSourceWork":
        return cls(
            sources=SqlSources(scope),
            attempts=SqlAttempts(scope),
            files=SqlSourceFiles(scope),
            jobs=SqlJobQueue(scope),
        )
