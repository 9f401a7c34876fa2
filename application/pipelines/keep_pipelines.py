"""Say what a pipeline does, say it otherwise, go back to what it did, or have it rest."""

import attrs

from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, UnitOfWork
from application.kernel.timetables import Timetable
from application.kernel.versions import require_version
from application.pipelines.pipeline_ports import PipelineWork
from domain.kernel.actors import Actor
from domain.kernel.identifiers import DataSourceId, PipelineId
from domain.kernel.schedules import CronSchedule
from domain.pipelines.definition import Definition
from domain.pipelines.imports import ImportTarget
from domain.pipelines.pipeline import Edition, Pipeline, PipelineState, Policy
from domain.pipelines.sources import DataSourceState, Source, WrongSourceState


@attrs.frozen(kw_only=True)
class AddPipeline:
    actor: Actor
    name: str
    target: ImportTarget
    definition: Definition
    policy: Policy
    source_id: DataSourceId | None = None
    event_kind: str | None = None
    schedule: CronSchedule | None = None
    once: Once[Pipeline] | None = None


@attrs.frozen(kw_only=True)
class AddPipelineHandler:
    unit_of_work: UnitOfWork[PipelineWork]
    clock: Clock
    new_id: NewId
    timetable: Timetable

    async def __call__(self, command: AddPipeline, /) -> Pipeline:
        """Raises NotPermitted, DataSourceNotFound, WrongSourceState, BadFeed, EventKindFed,
        BadStep, BadPattern or BadCron.

        Whoever brings in things has to be allowed to add them one by one.
        """
        command.actor.must(command.target.needs)

        def add(work: PipelineWork) -> Pipeline:
            now = self.clock()
            edition = Edition(number=1, definition=command.definition, made_at=now)
            pipeline = Pipeline(
                id=PipelineId(self.new_id()),
                name=command.name,
                target=command.target,
                edition=edition,
                source_id=command.source_id,
                event_kind=command.event_kind,
                policy=command.policy,
                schedule=command.schedule,
            ).added(now=now)
            if command.source_id is not None:
                must_not_be_archived(work.data_sources.get(command.source_id))
            return work.pipelines.save(scheduled(pipeline, self.timetable, self.clock))

        return await self.unit_of_work(command.actor, add, once=command.once)


@attrs.frozen(kw_only=True)
class PipelineStep:
    """`version` is the one the caller has seen, or None for whichever there is."""

    actor: Actor
    pipeline_id: PipelineId
    version: int | None = None
    once: Once[Pipeline] | None = None


@attrs.frozen(kw_only=True)
class ChangePipeline(PipelineStep):
    name: str
    definition: Definition
    policy: Policy
    schedule: CronSchedule | None = None


@attrs.frozen(kw_only=True)
class ChangePipelineHandler:
    unit_of_work: UnitOfWork[PipelineWork]
    clock: Clock
    timetable: Timetable

    async def __call__(self, command: ChangePipeline, /) -> Pipeline:
        """A run under way goes on with the edition it began with.

        Raises PipelineNotFound, WrongPipelineState, BadStep, BadPattern or BadCron.
        """

        def change(work: PipelineWork) -> Pipeline:
            pipeline = work.pipelines.get(command.pipeline_id)
            require_version(pipeline.version, command.version)
            changed = pipeline.changed(
                name=command.name,
                definition=command.definition,
                policy=command.policy,
                schedule=command.schedule,
                now=self.clock(),
            )
            if changed.schedule != pipeline.schedule:
                changed = scheduled(changed, self.timetable, self.clock)
            return work.pipelines.save(changed)

        return await self.unit_of_work(command.actor, change, once=command.once)


@attrs.frozen(kw_only=True)
class RestoreEdition(PipelineStep):
    edition: int


@attrs.frozen(kw_only=True)
class RestoreEditionHandler:
    unit_of_work: UnitOfWork[PipelineWork]
    clock: Clock

    async def __call__(self, command: RestoreEdition, /) -> Pipeline:
        """Raises PipelineNotFound, PipelineEditionNotFound or WrongPipelineState."""

        def restore(work: PipelineWork) -> Pipeline:
            pipeline = work.pipelines.get(command.pipeline_id)
            require_version(pipeline.version, command.version)
            edition = work.pipelines.edition(pipeline.id, command.edition)
            return work.pipelines.save(pipeline.restored(edition, now=self.clock()))

        return await self.unit_of_work(command.actor, restore, once=command.once)


@attrs.frozen(kw_only=True)
class SetPipelineState(PipelineStep):
    state: PipelineState


@attrs.frozen(kw_only=True)
class SetPipelineStateHandler:
    """A run under way goes on, unless the pipeline is archived."""

    unit_of_work: UnitOfWork[PipelineWork]
    clock: Clock
    timetable: Timetable

    async def __call__(self, command: SetPipelineState, /) -> Pipeline:
        """Raises PipelineNotFound or WrongPipelineState."""

        def become(work: PipelineWork) -> Pipeline:
            pipeline = work.pipelines.get(command.pipeline_id)
            require_version(pipeline.version, command.version)
            into = pipeline.become(command.state, now=self.clock())
            if command.state is PipelineState.ARCHIVED:
                run = work.runs.under_way(pipeline.id)
                if run is not None:
                    work.runs.save(run.cancelled(now=self.clock()))
                    work.rows.forget_seen(run.id)
            return work.pipelines.save(scheduled(into, self.timetable, self.clock))

        return await self.unit_of_work(command.actor, become, once=command.once)


def must_not_be_archived(source: Source) -> None:
    """Raises WrongSourceState."""
    if source.state is DataSourceState.ARCHIVED:
        raise WrongSourceState(source.id, source.state.value)


def scheduled(pipeline: Pipeline, timetable: Timetable, clock: Clock) -> Pipeline:
    """What was missed until now is not made up for. Raises BadCron."""
    if pipeline.schedule is None or pipeline.state is not PipelineState.ACTIVE:
        return attrs.evolve(pipeline, next_run_at=None)
    return attrs.evolve(pipeline, next_run_at=timetable.next_after(pipeline.schedule, clock()))
