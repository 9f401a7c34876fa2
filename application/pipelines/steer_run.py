"""Hold a run, let it go on, or end it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import Enum

import attrs

from application.kernel.once import Once
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from application.pipelines.pipeline_ports import Level, PipelineWork
from application.pipelines.start_run import RunPipeline
from domain.kernel.actors import Actor
from domain.kernel.identifiers import RunId
from domain.pipelines.runs import Run


class RunTurn(Enum):
    PAUSE = "pause"
    RESUME = "resume"
    CANCEL = "cancel"


TURNS: Mapping[RunTurn, Callable[[Run, datetime], Run]] = {
    RunTurn.PAUSE: lambda run, now: run.paused(now=now),
    RunTurn.RESUME: lambda run, now: run.resumed(now=now),
    RunTurn.CANCEL: lambda run, now: run.cancelled(now=now),
}


@attrs.frozen(kw_only=True)
class SteerRun:
    """`version` is the one the caller has seen, or None for whichever there is."""

    actor: Actor
    run_id: RunId
    turn: RunTurn
    version: int | None = None
    once: Once[Run] | None = None


@attrs.frozen(kw_only=True)
class SteerRunHandler:
    """Whoever reads a page at that moment finds so when it is read, and takes none of it."""

    unit_of_work: UnitOfWork[PipelineWork]
    clock: Clock

    async def __call__(self, command: SteerRun, /) -> Run:
        """Raises RunNotFound or WrongRunState."""

        def steer(work: PipelineWork) -> Run:
            now, run = self.clock(), work.runs.get(command.run_id)
            require_version(run.version, command.version)
            turned = work.runs.save(TURNS[command.turn](run, now))
            work.log.note(run.id, Level.INFO, command.turn.value, at=now)
            if command.turn is RunTurn.RESUME:
                work.jobs.enqueue(RunPipeline(run_id=run.id).job)
            if turned.is_over:
                work.rows.forget_seen(run.id)
            return turned

        return await self.unit_of_work(command.actor, steer, once=command.once)
