"""Views of pipelines and their runs in SQL."""

from datetime import datetime
from typing import Any

import attrs
from sqlalchemy import Connection, Row, func, select

from adapters.mapping.pipelines import edition_of, pipeline_of, run_of, with_editions
from adapters.schema.pipelines import (
    pipeline_editions,
    pipeline_runs,
    pipelines,
    quarantined_rows,
    run_notes,
)
from adapters.sql.database import EVERYBODY, Database
from adapters.sql.keysets import page_backwards, page_of
from application.kernel.pages import Page, Slice
from application.pipelines.pipeline_ports import Level
from application.pipelines.pipeline_views import PipelineFigures, PipelineViews, RunNote
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId, PipelineId, RunId
from domain.pipelines.pipeline import Edition, Pipeline, PipelineNotFound, PipelineState
from domain.pipelines.runs import PipelineRunState, Run, RunNotFound

PROCESSED = (
    pipeline_runs.c.new
    + pipeline_runs.c.changed
    + pipeline_runs.c.unchanged
    + pipeline_runs.c.conflicts
    + pipeline_runs.c.quarantined
)
REFUSED = pipeline_runs.c.conflicts + pipeline_runs.c.quarantined
LATEST = 100


@attrs.frozen
class SqlPipelineViews(PipelineViews):
    database: Database

    async def pipeline(self, actor: Actor, pipeline_id: PipelineId) -> Pipeline:
        owner = actor.organization_id
        return await self.database.read(lambda it: one_pipeline(it, owner, pipeline_id), of=owner)

    async def pipelines(self, actor: Actor, *, slice: Slice) -> Page[Pipeline]:
        owner = actor.organization_id
        question = with_editions().where(
            pipelines.c.organization_id == owner,
            pipeline_editions.c.organization_id == owner,
            pipelines.c.state != PipelineState.ARCHIVED.value,
        )
        return await self.database.read(
            lambda it: page_of(it, question, (pipelines.c.id,), slice, pipeline_of), of=owner
        )

    async def editions(
        self, actor: Actor, pipeline_id: PipelineId, *, slice: Slice
    ) -> Page[Edition]:
        owner = actor.organization_id
        question = select(pipeline_editions).where(
            pipeline_editions.c.organization_id == owner,
            pipeline_editions.c.pipeline_id == pipeline_id,
        )

        def ask(it: Connection) -> Page[Edition]:
            one_pipeline(it, owner, pipeline_id)
            return page_backwards(it, question, (pipeline_editions.c.number,), slice, edition_of)

        return await self.database.read(ask, of=owner)

    async def figures(self, actor: Actor, pipeline_id: PipelineId) -> PipelineFigures:
        owner = actor.organization_id

        def ask(it: Connection) -> PipelineFigures:
            pipeline = one_pipeline(it, owner, pipeline_id)
            ended = it.execute(_ended(owner, pipeline_id)).all()
            last = it.execute(
                _runs(owner, pipeline_id).order_by(pipeline_runs.c.id.desc()).limit(1)
            )
            waiting = it.execute(_waiting(owner, pipeline_id)).scalar_one()
            return _figures(pipeline, ended, last.one_or_none(), waiting)

        return await self.database.read(ask, of=owner)

    async def run(self, actor: Actor, run_id: RunId) -> Run:
        owner = actor.organization_id
        return await self.database.read(lambda it: _run(it, owner, run_id), of=owner)

    async def runs(self, actor: Actor, pipeline_id: PipelineId, *, slice: Slice) -> Page[Run]:
        owner = actor.organization_id

        def ask(it: Connection) -> Page[Run]:
            one_pipeline(it, owner, pipeline_id)
            question = _runs(owner, pipeline_id)
            return page_backwards(it, question, (pipeline_runs.c.id,), slice, run_of)

        return await self.database.read(ask, of=owner)

    async def notes(
        self,
        actor: Actor,
        run_id: RunId,
        *,
        level: Level | None,
        since: datetime | None,
        until: datetime | None,
        slice: Slice,
    ) -> Page[RunNote]:
        owner = actor.organization_id
        question = select(run_notes).where(
            run_notes.c.organization_id == owner, run_notes.c.run_id == run_id
        )
        if level is not None:
            question = question.where(run_notes.c.level == level.value)
        if since is not None:
            question = question.where(run_notes.c.at >= since)
        if until is not None:
            question = question.where(run_notes.c.at < until)

        def ask(it: Connection) -> Page[RunNote]:
            _run(it, owner, run_id)
            return page_of(it, question, (run_notes.c.id,), slice, _note)

        return await self.database.read(ask, of=owner)


@attrs.frozen
class SqlDuePipelines:
    """Whose pipelines are to run by now."""

    database: Database

    async def organizations(self, *, now: datetime) -> list[OrganizationId]:
        question = (
            select(pipelines.c.organization_id).where(pipelines.c.next_run_at <= now).distinct()
        )
        return await self.database.read(
            lambda it: [OrganizationId(one) for one in it.execute(question).scalars()],
            of=EVERYBODY,
        )


def one_pipeline(it: Connection, owner: OrganizationId, pipeline_id: PipelineId) -> Pipeline:
    """Raises PipelineNotFound."""
    question = with_editions().where(
        pipelines.c.organization_id == owner,
        pipeline_editions.c.organization_id == owner,
        pipelines.c.id == pipeline_id,
    )
    row = it.execute(question).one_or_none()
    if row is None:
        raise PipelineNotFound(pipeline_id)
    return pipeline_of(row)


def _run(it: Connection, owner: OrganizationId, run_id: RunId) -> Run:
    question = select(pipeline_runs).where(
        pipeline_runs.c.organization_id == owner, pipeline_runs.c.id == run_id
    )
    row = it.execute(question).one_or_none()
    if row is None:
        raise RunNotFound(run_id)
    return run_of(row)


def _runs(owner: OrganizationId, pipeline_id: PipelineId) -> Any:
    return select(pipeline_runs).where(
        pipeline_runs.c.organization_id == owner, pipeline_runs.c.pipeline_id == pipeline_id
    )


def _ended(owner: OrganizationId, pipeline_id: PipelineId) -> Any:
    """The latest that came to an end."""
    return (
        select(
            pipeline_runs.c.state,
            pipeline_runs.c.started_at,
            pipeline_runs.c.ended_at,
            PROCESSED.label("processed"),
            REFUSED.label("refused"),
        )
        .where(
            pipeline_runs.c.organization_id == owner,
            pipeline_runs.c.pipeline_id == pipeline_id,
            pipeline_runs.c.ended_at.is_not(None),
        )
        .order_by(pipeline_runs.c.id.desc())
        .limit(LATEST)
    )


def _waiting(owner: OrganizationId, pipeline_id: PipelineId) -> Any:
    return (
        select(func.count())
        .select_from(quarantined_rows)
        .where(
            quarantined_rows.c.organization_id == owner,
            quarantined_rows.c.pipeline_id == pipeline_id,
        )
    )


def _figures(
    pipeline: Pipeline, ended: Any, last: Row[Any] | None, waiting: int
) -> PipelineFigures:
    states = [row.state for row in ended]
    times = [row.ended_at - (row.started_at or row.ended_at) for row in ended]
    return PipelineFigures(
        runs=len(states),
        succeeded=states.count(PipelineRunState.SUCCEEDED.value),
        partial=states.count(PipelineRunState.PARTIAL.value),
        failed=states.count(PipelineRunState.FAILED.value),
        cancelled=states.count(PipelineRunState.CANCELLED.value),
        processed=sum(row.processed for row in ended),
        refused=sum(row.refused for row in ended),
        seconds=sum(time.total_seconds() for time in times),
        waiting=waiting,
        last=None if last is None else run_of(last),
        next_run_at=pipeline.next_run_at,
    )


def _note(row: Row[Any]) -> RunNote:
    return RunNote(at=row.at, level=Level(row.level), what=row.what, details=row.details)
