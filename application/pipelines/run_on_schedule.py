"""Begin runs of pipelines that are due."""

from datetime import timedelta
from typing import ClassVar
from uuid import UUID

import attrs

from application.kernel.jobs import Job, JobContext, QueuedJob
from application.kernel.ports import Clock, NewId, UnitOfWork, UseCase
from application.kernel.subscribers import RecordedEvent, Subscriber, SubscriberWork
from application.kernel.timetables import Timetable
from application.pipelines.keep_pipelines import scheduled
from application.pipelines.pipeline_ports import PipelineWork
from application.pipelines.start_run import begin, usual_kind
from domain.kernel.actors import Actor
from domain.kernel.identifiers import DataSourceId, PipelineId, RunId
from domain.pipelines.pipeline import Pipeline, PipelineState
from domain.pipelines.runs import RunUnderWay
from domain.pipelines.source_events import DataSourceDue
from domain.pipelines.sources import DataSourceState

SOON = timedelta(seconds=5)


@attrs.frozen(kw_only=True)
class RunOnSchedule:
    actor: Actor
    limit: int = 100


@attrs.frozen(kw_only=True)
class RunOnScheduleHandler:
    """One transaction each: of two workers, the second finds the pipeline changed, due no more.

    While a run is under way another is not begun: by the clock it is at the next time, of events
    that are posted it is soon, as that run may have looked before they came.
    """

    unit_of_work: UnitOfWork[PipelineWork]
    clock: Clock
    new_id: NewId
    timetable: Timetable

    async def __call__(self, command: RunOnSchedule, /) -> int:
        """How many were due; if that is the limit, there may be more."""
        now = self.clock()
        due = await self.unit_of_work(
            command.actor, lambda work: work.pipelines.due(now=now, limit=command.limit)
        )
        for pipeline_id in due:
            try:
                await self._run(command.actor, pipeline_id)
            except RunUnderWay:
                """Begun by somebody at this moment: that is seen the next time."""
        return len(due)

    async def _run(self, actor: Actor, pipeline_id: PipelineId) -> None:
        def run(work: PipelineWork) -> None:
            pipeline, now = work.pipelines.get(pipeline_id), self.clock()
            if not pipeline.is_due(now):
                return
            busy = work.runs.under_way(pipeline_id) is not None
            next_time = scheduled(pipeline, self.timetable, self.clock)
            if busy and pipeline.event_kind is not None:
                next_time = attrs.evolve(pipeline, next_run_at=now + SOON)
            saved = work.pipelines.save(next_time)
            if not busy and may_run(work, saved):
                begin(work, saved, RunId(self.new_id()), usual_kind(saved), now=now)

        await self.unit_of_work(actor, run)


@attrs.frozen(kw_only=True)
class RunPipelinesOf:
    """Those without a schedule of their own, as their source is due."""

    JOB: ClassVar[str] = "run_pipelines_of"

    actor: Actor
    source_id: DataSourceId

    @classmethod
    def job(cls, source_id: UUID) -> Job:
        return Job(name=cls.JOB, payload={"data_source_id": str(source_id)})


@attrs.frozen(kw_only=True)
class RunPipelinesOfHandler:
    unit_of_work: UnitOfWork[PipelineWork]
    clock: Clock
    new_id: NewId

    async def __call__(self, command: RunPipelinesOf, /) -> None:
        theirs = await self.unit_of_work(
            command.actor, lambda work: work.pipelines.of_source(command.source_id)
        )
        for pipeline_id in theirs:
            await self._run(command.actor, pipeline_id)

    async def _run(self, actor: Actor, pipeline_id: PipelineId) -> None:
        def run(work: PipelineWork) -> None:
            pipeline = work.pipelines.get(pipeline_id)
            if work.runs.under_way(pipeline_id) is None and may_run(work, pipeline):
                begin(work, pipeline, RunId(self.new_id()), usual_kind(pipeline), now=self.clock())

        await self.unit_of_work(actor, run)


@attrs.frozen
class SourcesCameDue(Subscriber):
    name: ClassVar[str] = "pipelines_of_sources"
    hears: ClassVar[frozenset[str]] = frozenset({DataSourceDue.name})

    def __call__(self, event: RecordedEvent, work: SubscriberWork, /) -> None:
        work.jobs.enqueue(RunPipelinesOf.job(event.subject))


@attrs.frozen(kw_only=True)
class RunPipelinesOfJob:
    run: UseCase[RunPipelinesOf, None]

    async def __call__(self, job: QueuedJob, context: JobContext, /) -> None:
        source_id = DataSourceId(UUID(str(job.payload["data_source_id"])))
        try:
            await self.run(RunPipelinesOf(actor=context.actor, source_id=source_id))
        except RunUnderWay:
            """Begun by somebody at this moment."""


def may_run(work: PipelineWork, pipeline: Pipeline) -> bool:
    if pipeline.state is not PipelineState.ACTIVE:
        return False
    if pipeline.source_id is None:
        return True
    return work.data_sources.get(pipeline.source_id).state is DataSourceState.ACTIVE
