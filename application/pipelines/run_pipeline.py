"""Read a source to its end, page by page; runs as a job, and may be interrupted anywhere."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from uuid import UUID

import attrs

from application.kernel.jobs import JobContext, QueuedJob
from application.kernel.ports import UseCase
from application.pipelines.connecting import BadRecordsAt, SourceRefused, SourceUnavailable
from application.pipelines.feeds import Feeds
from application.pipelines.reading_records import ReadPage
from application.pipelines.run_steps import (
    FailRun,
    FinishRun,
    NoteConnected,
    PutOffRun,
    RunTurn,
    TakePage,
    TakeRun,
)
from application.pipelines.start_run import RunPipeline
from domain.kernel.actors import Actor
from domain.kernel.identifiers import RunId
from domain.pipelines.definition import Drifted
from domain.pipelines.imports import ImportTarget
from domain.pipelines.runs import PipelineRunState, Run

Pause = Callable[[float], Awaitable[None]]

LONGEST_WAIT = timedelta(seconds=10)
"""Whoever waits looks again now and then: a run may be ended meanwhile."""
LARGEST_PAGE = 250
# Python is at work within the transaction: a row of these may open pools for a year, and while
# something is booked nobody else has the pools.
ROWS_A_PAGE: Mapping[ImportTarget, int] = {
    ImportTarget.POOLS: 25,
    ImportTarget.BOOKINGS: 100,
    ImportTarget.CONTACTS: 25,
    ImportTarget.DOCUMENTS: 10,
}


def rows_a_page(target: ImportTarget) -> int:
    return ROWS_A_PAGE.get(target, LARGEST_PAGE)


@attrs.frozen
class Share:
    """Whose run it is. The same job run again finds what it had."""

    actor: Actor
    run_id: RunId
    lease: UUID


@attrs.frozen(kw_only=True)
class RunPipelineHandler:
    take_run: UseCase[TakeRun, RunTurn | None]
    note_connected: UseCase[NoteConnected, Run | None]
    take_page: UseCase[TakePage, Run | None]
    put_off: UseCase[PutOffRun, None]
    fail: UseCase[FailRun, None]
    finish: UseCase[FinishRun, None]
    feeds: Feeds
    read_page: ReadPage
    pause: Pause

    async def __call__(self, job: QueuedJob, context: JobContext, /) -> None:
        share = Share(context.actor, RunPipeline.of(job).run_id, job.id)
        while (turn := await self._take(share)) is not None:
            if turn.wait is not None:
                await self.pause(min(turn.wait, LONGEST_WAIT).total_seconds())
            else:
                await self._go_on(share, turn)

    async def _take(self, share: Share) -> RunTurn | None:
        return await self.take_run(
            TakeRun(actor=share.actor, run_id=share.run_id, lease=share.lease)
        )

    async def _go_on(self, share: Share, turn: RunTurn) -> None:
        try:
            run = await self._read(share, turn)
        except SourceUnavailable as trouble:
            least = trouble.retry_after or timedelta(0)
            await self.put_off(
                PutOffRun(
                    actor=share.actor,
                    run_id=share.run_id,
                    lease=share.lease,
                    reason="source_unavailable",
                    least=least,
                )
            )
        except (SourceRefused, BadRecordsAt) as trouble:
            reason = (
                "source_refused" if isinstance(trouble, SourceRefused) else "unreadable_records"
            )
            await self._fail(share, reason, str(trouble))
        except Drifted as drifted:
            await self._fail(share, "schema_drift", str(drifted))
        else:
            if run is not None and run.state is PipelineRunState.RECONCILING:
                await self.finish(
                    FinishRun(actor=share.actor, run_id=share.run_id, lease=share.lease)
                )

    async def _read(self, share: Share, turn: RunTurn) -> Run | None:
        """As far as it comes. Raises SourceTrouble or Drifted."""
        run: Run | None = turn.run
        if turn.run.state is PipelineRunState.CONNECTING:
            run = await self._connect(share, turn)
        while run is not None and run.state in (
            PipelineRunState.DISCOVERING,
            PipelineRunState.SYNCING,
        ):
            run = await self._page(share, turn, run)
        return run

    async def _connect(self, share: Share, turn: RunTurn) -> Run | None:
        """Raises SourceTrouble."""
        verdict = await self.feeds.of(turn).validate(share.actor, turn)
        if not verdict.reachable:
            raise SourceUnavailable(verdict.detail or "unreachable")
        return await self.note_connected(
            NoteConnected(
                actor=share.actor,
                run_id=share.run_id,
                lease=share.lease,
                version=verdict.version,
            )
        )

    async def _page(self, share: Share, turn: RunTurn, run: Run) -> Run | None:
        """Raises SourceTrouble or Drifted."""
        limit = rows_a_page(turn.pipeline.target)
        fed = await self.feeds.of(turn).page(share.actor, turn, run.cursor, limit=limit)
        read = self.read_page(
            share.actor.organization_id,
            turn.pipeline,
            turn.definition,
            fed.page,
            within=run.range,
        )
        return await self.take_page(
            TakePage(
                actor=share.actor,
                run_id=share.run_id,
                lease=share.lease,
                page=run.pages,
                read=read,
                cursor=fed.page.next,
                later=fed.page.later,
                unchanged=fed.page.unchanged,
                settle=fed.settle,
            )
        )

    async def _fail(self, share: Share, reason: str, detail: str) -> None:
        await self.fail(
            FailRun(
                actor=share.actor,
                run_id=share.run_id,
                lease=share.lease,
                reason=reason,
                detail=detail,
            )
        )
