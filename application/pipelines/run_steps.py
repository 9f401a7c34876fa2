"""The transactions of a run: each writes what has been done, and where it goes on, or nothing."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import attrs

from application.kernel.ports import Clock, NewId, UnitOfWork
from application.pipelines.pipeline_ports import Level, PipelineWork
from application.pipelines.reading_records import ReadRecords
from application.pipelines.syncs import note_sync
from application.pipelines.take_rows import TakeRows
from domain.kernel.actors import Actor
from domain.kernel.identifiers import RunId
from domain.pipelines.definition import Definition
from domain.pipelines.pipeline import Pipeline
from domain.pipelines.runs import PipelineRunState, Run, RunKind, too_many_vanished
from domain.pipelines.sources import Source

Settle = Callable[[PipelineWork], None]
KEEP_PLACE = frozenset({RunKind.FULL, RunKind.INCREMENTAL})


@attrs.frozen(kw_only=True)
class RunTurn:
    """What there is to go on with, or how long to wait for that."""

    run: Run
    pipeline: Pipeline
    definition: Definition
    source: Source | None
    wait: timedelta | None = None


@attrs.frozen(kw_only=True)
class StepOfRun:
    """Of whoever holds the `lease`; of others nothing is written."""

    actor: Actor
    run_id: RunId
    lease: UUID


@attrs.frozen(kw_only=True)
class TakeRun(StepOfRun):
    """Goes on with it, from where it is."""


@attrs.frozen(kw_only=True)
class TakeRunHandler:
    unit_of_work: UnitOfWork[PipelineWork]
    clock: Clock

    async def __call__(self, command: TakeRun, /) -> RunTurn | None:
        """None if there is nothing left to do."""

        def take(work: PipelineWork) -> RunTurn | None:
            run, now = work.runs.get(command.run_id), self.clock()
            if not run.is_at_work:
                return None
            wait = _wait(run, command.lease, now)
            if wait is None:
                run = work.runs.save(run.taken(command.lease, now=now))
            pipeline = work.pipelines.get(run.pipeline_id)
            return RunTurn(
                run=run,
                pipeline=pipeline,
                definition=_definition(work, pipeline, run),
                source=(
                    None
                    if pipeline.source_id is None
                    else work.data_sources.get(pipeline.source_id)
                ),
                wait=wait,
            )

        return await self.unit_of_work(command.actor, take)


@attrs.frozen(kw_only=True)
class NoteConnected(StepOfRun):
    version: str | None


@attrs.frozen(kw_only=True)
class NoteConnectedHandler:
    unit_of_work: UnitOfWork[PipelineWork]
    clock: Clock

    async def __call__(self, command: NoteConnected, /) -> Run | None:
        def note(work: PipelineWork) -> Run | None:
            now, run = self.clock(), _own(work, command)
            if run is None:
                return None
            work.log.note(run.id, Level.INFO, "connected", at=now, version=command.version)
            return work.runs.save(run.connected(now=now))

        return await self.unit_of_work(command.actor, note)


@attrs.frozen(kw_only=True)
class TakePage(StepOfRun):
    """Page number `page`, counted from 0. `settle` does what the feed needs in the same breath.

    Of a source that is `unchanged` nothing was seen, and nothing is gone.
    """

    page: int
    read: ReadRecords
    cursor: Mapping[str, Any] | None
    later: Mapping[str, Any] | None = None
    unchanged: bool = False
    settle: Settle | None = None


@attrs.frozen(kw_only=True)
class TakePageHandler:
    """The rows, what is kept of them and where the next page begins: all of it, or nothing."""

    unit_of_work: UnitOfWork[PipelineWork]
    clock: Clock
    new_id: NewId
    take_rows: TakeRows

    async def __call__(self, command: TakePage, /) -> Run | None:
        """None if it was somebody else's, or done already."""

        def take(work: PipelineWork) -> Run | None:
            now, run = self.clock(), _own(work, command)
            if run is None or run.pages != command.page:
                return None
            pipeline = work.pipelines.get(run.pipeline_id)
            taken = self.take_rows(work, pipeline, command.read, now=now)
            work.rows.keep(pipeline.id, taken.digests)
            work.quarantine.put(pipeline.id, run.id, taken.bad, now=now)
            bad = {each.key for each in taken.bad}
            work.quarantine.release(pipeline.id, taken.outcomes.keys() - bad)
            if run.whole:
                work.rows.note_seen(run.id, run.pages, list(taken.outcomes))
            if command.settle is not None:
                command.settle(work)
            further = run.advanced(
                taken.counts, cursor=command.cursor, later=command.later, now=now
            )
            _tell(work, further, taken.counts.bad, now)
            if command.unchanged:
                further = attrs.evolve(further, whole=False)
            if further.counts.are_too_bad(pipeline.policy.most_bad_percent):
                return _fail(work, further, "too_many_bad_rows", self.new_id, now)
            return work.runs.save(further)

        return await self.unit_of_work(command.actor, take)


@attrs.frozen(kw_only=True)
class PutOffRun(StepOfRun):
    """The source cannot be read now."""

    reason: str
    least: timedelta = timedelta(0)


@attrs.frozen(kw_only=True)
class PutOffRunHandler:
    unit_of_work: UnitOfWork[PipelineWork]
    clock: Clock
    new_id: NewId

    async def __call__(self, command: PutOffRun, /) -> None:
        def put_off(work: PipelineWork) -> None:
            now, run = self.clock(), _own(work, command)
            if run is None:
                return
            pipeline = work.pipelines.get(run.pipeline_id)
            off = run.put_off(pipeline.policy, command.reason, least=command.least, now=now)
            level = Level.ERROR if off.is_over else Level.WARNING
            work.log.note(
                run.id, level, off.state.value, at=now, reason=off.reason, attempt=off.attempts
            )
            if off.is_over:
                work.rows.forget_seen(run.id)
            work.runs.save(off)
            note_sync(work, run, command.reason, new_id=self.new_id, now=now)

        await self.unit_of_work(command.actor, put_off)


@attrs.frozen(kw_only=True)
class FailRun(StepOfRun):
    """It will not go better by itself."""

    reason: str
    detail: str


@attrs.frozen(kw_only=True)
class FailRunHandler:
    unit_of_work: UnitOfWork[PipelineWork]
    clock: Clock
    new_id: NewId

    async def __call__(self, command: FailRun, /) -> None:
        def fail(work: PipelineWork) -> None:
            now, run = self.clock(), _own(work, command)
            if run is not None:
                _fail(work, run, command.reason, self.new_id, now, detail=command.detail)

        await self.unit_of_work(command.actor, fail)


@attrs.frozen(kw_only=True)
class FinishRun(StepOfRun):
    """The source has no more."""


@attrs.frozen(kw_only=True)
class FinishRunHandler:
    """What was not seen is gone, unless that is more than can be true."""

    unit_of_work: UnitOfWork[PipelineWork]
    clock: Clock
    new_id: NewId

    async def __call__(self, command: FinishRun, /) -> None:
        def finish(work: PipelineWork) -> None:
            now, run = self.clock(), _own(work, command)
            if run is None or run.state is not PipelineRunState.RECONCILING:
                return
            gone = work.rows.unseen(run.pipeline_id, run.id) if run.whole else ()
            guarded = too_many_vanished(run.known_before, len(gone))
            if gone and not guarded:
                work.rows.mark_vanished(run.pipeline_id, gone)
            if run.kind in KEEP_PLACE:
                pipeline = work.pipelines.get(run.pipeline_id)
                if run.later is not None and run.later != pipeline.later:
                    work.pipelines.save(attrs.evolve(pipeline, later=run.later))
            over = run.finished(0 if guarded else len(gone), guarded=guarded, now=now)
            level = Level.WARNING if guarded else Level.INFO
            work.log.note(run.id, level, over.state.value, at=now, vanished=len(gone))
            work.rows.forget_seen(run.id)
            work.runs.save(over)
            note_sync(work, over, None, new_id=self.new_id, now=now)

        await self.unit_of_work(command.actor, finish)


def _own(work: PipelineWork, command: StepOfRun) -> Run | None:
    run = work.runs.get(command.run_id)
    return run if run.is_at_work and run.lease == command.lease else None


def _wait(run: Run, lease: UUID, now: datetime) -> timedelta | None:
    if run.is_anothers(lease, now) and run.leased_until is not None:
        return run.leased_until - now
    if run.retry_at is not None and run.retry_at > now:
        return run.retry_at - now
    return None


def _definition(work: PipelineWork, pipeline: Pipeline, run: Run) -> Definition:
    if run.edition == pipeline.edition.number:
        return pipeline.definition
    return work.pipelines.edition(pipeline.id, run.edition).definition


def _tell(work: PipelineWork, run: Run, bad: int, now: datetime) -> None:
    if bad:
        work.log.note(run.id, Level.WARNING, "rows_refused", at=now, page=run.pages, rows=bad)


def _fail(
    work: PipelineWork, run: Run, reason: str, new_id: NewId, now: datetime, **details: Any
) -> Run:
    work.log.note(
        run.id, Level.ERROR, PipelineRunState.FAILED.value, at=now, reason=reason, **details
    )
    work.rows.forget_seen(run.id)
    note_sync(work, run, reason, new_id=new_id, now=now)
    return work.runs.save(run.ended(PipelineRunState.FAILED, reason, now=now))
