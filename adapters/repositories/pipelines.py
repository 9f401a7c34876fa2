"""Pipelines and their runs in SQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import attrs
from sqlalchemy import Connection, select

from adapters.mapping.pipelines import (
    converter,
    edition_of,
    pipeline_of,
    run_columns,
    run_of,
    with_editions,
)
from adapters.schema.pipelines import pipeline_editions, pipeline_runs, pipelines, run_notes
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from adapters.sql.versions import store
from application.pipelines.pipeline_ports import Level, Pipelines, RunLog, Runs
from domain.kernel.identifiers import DataSourceId, PipelineId, RunId
from domain.pipelines.pipeline import (
    Edition,
    EventKindFed,
    Pipeline,
    PipelineEditionNotFound,
    PipelineNotFound,
    PipelineState,
)
from domain.pipelines.records import storable
from domain.pipelines.runs import Run, RunNotFound, RunUnderWay

LONGEST_NOTE = 1000


@attrs.frozen
class SqlPipelines(Pipelines):
    scope: Scope

    def get(self, pipeline_id: PipelineId) -> Pipeline:
        question = with_editions().where(
            self.scope.owns(pipelines),
            self.scope.owns(pipeline_editions),
            pipelines.c.id == pipeline_id,
        )
        row = self.scope.ask(question).one_or_none()
        if row is None:
            raise PipelineNotFound(pipeline_id)
        return pipeline_of(row)

    def of_source(self, source_id: DataSourceId) -> Sequence[PipelineId]:
        question = (
            select(pipelines.c.id)
            .where(
                self.scope.owns(pipelines),
                pipelines.c.source_id == source_id,
                pipelines.c.next_run_at.is_(None),
                pipelines.c.state == PipelineState.ACTIVE.value,
            )
            .order_by(pipelines.c.id)
        )
        return [PipelineId(id) for id in self.scope.ask(question).scalars()]

    def due(self, *, now: datetime, limit: int) -> Sequence[PipelineId]:
        question = (
            select(pipelines.c.id)
            .where(self.scope.owns(pipelines), pipelines.c.next_run_at <= now)
            .order_by(pipelines.c.next_run_at, pipelines.c.id)
            .limit(limit)
        )
        return [PipelineId(id) for id in self.scope.ask(question).scalars()]

    def edition(self, pipeline_id: PipelineId, number: int) -> Edition:
        question = select(pipeline_editions).where(
            self.scope.owns(pipeline_editions),
            pipeline_editions.c.pipeline_id == pipeline_id,
            pipeline_editions.c.number == number,
        )
        row = self.scope.ask(question).one_or_none()
        if row is None:
            raise PipelineEditionNotFound(pipeline_id, number)
        return edition_of(row)

    def save(self, pipeline: Pipeline) -> Pipeline:
        known = 0
        if pipeline.version == 0:
            self._explain_duplicate(pipeline)
        else:
            known = self._latest(pipeline.id)
        version = store(
            self.scope,
            pipelines,
            pipeline.id,
            pipeline.version,
            name=pipeline.name,
            target=pipeline.target.value,
            edition=pipeline.edition.number,
            source_id=pipeline.source_id,
            event_kind=pipeline.event_kind,
            policy=converter.unstructure(pipeline.policy),
            schedule=converter.unstructure(pipeline.schedule),
            next_run_at=pipeline.next_run_at,
            later=None if pipeline.later is None else dict(pipeline.later),
            state=pipeline.state.value,
        )
        if pipeline.edition.number > known:
            self.scope.add(
                pipeline_editions,
                pipeline_id=pipeline.id,
                number=pipeline.edition.number,
                definition=converter.unstructure(pipeline.definition),
                made_at=pipeline.edition.made_at,
            )
        EventLog(self.scope).publish(pipeline.events)
        return attrs.evolve(pipeline, version=version, events=())

    def _explain_duplicate(self, pipeline: Pipeline) -> None:
        question = select(pipelines.c.id).where(
            self.scope.owns(pipelines),
            pipelines.c.event_kind == pipeline.event_kind,
            pipelines.c.state != PipelineState.ARCHIVED.value,
        )

        def fed(connection: Connection) -> None:
            if pipeline.event_kind and connection.execute(question).first() is not None:
                raise EventKindFed(pipeline.event_kind)

        self.scope.explain(pipelines, fed)

    def _latest(self, pipeline_id: PipelineId) -> int:
        question = select(pipelines.c.edition).where(
            self.scope.owns(pipelines), pipelines.c.id == pipeline_id
        )
        number: int = self.scope.ask(question).scalar_one()
        return number


@attrs.frozen
class SqlRuns(Runs):
    scope: Scope

    def get(self, run_id: RunId) -> Run:
        question = select(pipeline_runs).where(
            self.scope.owns(pipeline_runs), pipeline_runs.c.id == run_id
        )
        row = self.scope.ask(question).one_or_none()
        if row is None:
            raise RunNotFound(run_id)
        return run_of(row)

    def under_way(self, pipeline_id: PipelineId) -> Run | None:
        question = select(pipeline_runs).where(
            self.scope.owns(pipeline_runs),
            pipeline_runs.c.pipeline_id == pipeline_id,
            pipeline_runs.c.ended_at.is_(None),
        )
        row = self.scope.ask(question).one_or_none()
        return None if row is None else run_of(row)

    def save(self, run: Run) -> Run:
        if run.version == 0:
            self._explain_duplicate(run)
        version = store(self.scope, pipeline_runs, run.id, run.version, **run_columns(run))
        EventLog(self.scope).publish(run.events)
        return attrs.evolve(run, version=version, events=())

    def _explain_duplicate(self, run: Run) -> None:
        question = select(pipeline_runs.c.id).where(
            self.scope.owns(pipeline_runs),
            pipeline_runs.c.pipeline_id == run.pipeline_id,
            pipeline_runs.c.id != run.id,
            pipeline_runs.c.ended_at.is_(None),
        )

        def under_way(connection: Connection) -> None:
            other = connection.execute(question).scalar_one_or_none()
            if other is not None:
                raise RunUnderWay(RunId(other))

        self.scope.explain(pipeline_runs, under_way)


@attrs.frozen
class SqlRunLog(RunLog):
    scope: Scope

    def note(
        self, run_id: RunId, level: Level, what: str, *, at: datetime, **details: Any
    ) -> None:
        self.scope.add(
            run_notes,
            run_id=run_id,
            id=self.scope.new_id(),
            at=at,
            level=level.value,
            what=what,
            details={name: _kept(value) for name, value in details.items()},
        )


def _kept(value: Any) -> Any:
    return storable(value, LONGEST_NOTE) if isinstance(value, str) else value
