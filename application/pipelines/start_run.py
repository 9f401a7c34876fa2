"""Begin a run of a pipeline; it is done in the background."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

import attrs

from application.kernel.jobs import Job, QueuedJob
from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, UnitOfWork
from application.pipelines.pipeline_ports import PipelineWork
from domain.kernel.actors import Actor
from domain.kernel.identifiers import PipelineId, RunId
from domain.pipelines.pipeline import Pipeline, Reading
from domain.pipelines.ranges import Range
from domain.pipelines.runs import PipelineRunState, Run, RunKind, WrongRunState

MAY_BE_RETRIED = frozenset(
    {PipelineRunState.FAILED, PipelineRunState.CANCELLED, PipelineRunState.PARTIAL}
)


@attrs.frozen(kw_only=True)
class RunPipeline:
    JOB: ClassVar[str] = "run_pipeline"

    run_id: RunId

    @property
    def job(self) -> Job:
        return Job(name=self.JOB, payload={"run_id": str(self.run_id)})

    @classmethod
    def of(cls, job: QueuedJob) -> "RunPipeline":
        return cls(run_id=RunId(UUID(str(job.payload["run_id"]))))


@attrs.frozen(kw_only=True)
class StartRun:
    """Without a kind, the pipeline's policy says which; with a range, it is a backfill."""

    actor: Actor
    pipeline_id: PipelineId
    kind: RunKind | None = None
    range: Range | None = None
    once: Once[Run] | None = None


@attrs.frozen(kw_only=True)
class StartRunHandler:
    unit_of_work: UnitOfWork[PipelineWork]
    clock: Clock
    new_id: NewId

    async def __call__(self, command: StartRun, /) -> Run:
        """Raises PipelineNotFound, WrongPipelineState, WrongSourceState, BadRange, RunUnderWay."""
        if command.range is not None:
            command.range.demand()

        def start(work: PipelineWork) -> Run:
            pipeline = work.pipelines.get(command.pipeline_id)
            kind = command.kind or usual_kind(pipeline)
            return begin(
                work,
                pipeline,
                RunId(self.new_id()),
                RunKind.BACKFILL if command.range else kind,
                range=command.range,
                now=self.clock(),
            )

        return await self.unit_of_work(command.actor, start, once=command.once)


@attrs.frozen(kw_only=True)
class RetryRun:
    actor: Actor
    run_id: RunId
    once: Once[Run] | None = None


@attrs.frozen(kw_only=True)
class RetryRunHandler:
    """What is begun points to what it goes on with, and has its own counts: nothing, at first."""

    unit_of_work: UnitOfWork[PipelineWork]
    clock: Clock
    new_id: NewId

    async def __call__(self, command: RetryRun, /) -> Run:
        """From the last checkpoint, or from the beginning if it came to the end.

        Raises RunNotFound, WrongRunState, WrongPipelineState, WrongSourceState or RunUnderWay.
        """

        def retry(work: PipelineWork) -> Run:
            parent = work.runs.get(command.run_id)
            if parent.state not in MAY_BE_RETRIED:
                raise WrongRunState(parent.state.value)
            return begin(
                work,
                work.pipelines.get(parent.pipeline_id),
                RunId(self.new_id()),
                parent.kind,
                parent=parent,
                range=parent.range,
                now=self.clock(),
            )

        return await self.unit_of_work(command.actor, retry, once=command.once)


def usual_kind(pipeline: Pipeline) -> RunKind:
    incremental = pipeline.policy.reading is Reading.INCREMENTAL
    return RunKind.INCREMENTAL if incremental else RunKind.FULL


def begin(
    work: PipelineWork,
    pipeline: Pipeline,
    id: RunId,
    kind: RunKind,
    *,
    parent: Run | None = None,
    range: Range | None = None,
    now: datetime,
) -> Run:
    """Raises RunUnderWay, at the latest when the unit of work ends."""
    pipeline.must_be_active()
    if pipeline.source_id is not None and kind is not RunKind.REPLAY:
        work.data_sources.get(pipeline.source_id).must_be_active()
    cursor = _beginning(pipeline, kind, parent)
    run = Run(
        id=id,
        pipeline_id=pipeline.id,
        edition=pipeline.edition.number,
        kind=kind,
        state=PipelineRunState.QUEUED,
        queued_at=now,
        parent_id=None if parent is None else parent.id,
        range=range,
        cursor=cursor,
        whole=kind is RunKind.FULL and cursor is None,
        known_before=work.rows.count(pipeline.id),
    )
    saved = work.runs.save(run.queued())
    work.jobs.enqueue(RunPipeline(run_id=saved.id).job)
    return saved


def _beginning(pipeline: Pipeline, kind: RunKind, parent: Run | None) -> Mapping[str, Any] | None:
    if parent is not None and parent.cursor is not None:
        return parent.cursor
    return pipeline.later if kind is RunKind.INCREMENTAL else None
