"""A job engine whose jobs and steps outlive its process, as those of the real one do."""

import asyncio
import json
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

import attrs

from application.kernel.jobs import DeadJob, JobContext, JobEngine, JobHandler, QueuedJob, Result
from application.kernel.refusals import TEMPORARY
from domain.kernel.actors import Actor
from domain.kernel.identifiers import JobId
from domain.kernel.refusals import Refusal
from tests.fakes.jobs import StepFailed, passes

TRIES = 4
PAUSE = 2.0
WAIT = 5.0


@attrs.define(eq=False)
class Kept:
    """The engine's disk: jobs in the order they came, and the results of their steps."""

    jobs: dict[JobId, QueuedJob] = attrs.field(factory=dict)
    results: dict[JobId, list[Any]] = attrs.field(factory=dict)
    finished: dict[JobId, datetime] = attrs.field(factory=dict)
    dead: dict[JobId, DeadJob] = attrs.field(factory=dict)
    begun_again: Counter[JobId] = attrs.field(factory=Counter)

    @property
    def unfinished(self) -> Sequence[QueuedJob]:
        ended = self.finished.keys() | self.dead.keys()
        return [job for id, job in self.jobs.items() if id not in ended]


@attrs.define(eq=False, kw_only=True)
class SimulatedJobs(JobEngine):
    kept: Kept
    clock: Callable[[], datetime]
    _handlers: Mapping[str, JobHandler] = attrs.field(factory=dict, init=False)

    async def start(self, handlers: Mapping[str, JobHandler]) -> None:
        self._handlers = handlers
        for job in self.kept.unfinished:
            self._begin(job)

    async def submit(self, jobs: Sequence[QueuedJob]) -> None:
        for job in jobs:
            if job.id not in self.kept.jobs:
                self.kept.jobs[job.id] = job
                self._begin(job)

    async def dead(self, *, limit: int) -> Sequence[DeadJob]:
        return tuple(reversed(self.kept.dead.values()))[:limit]

    async def retry(self, job_id: JobId) -> None:
        if job_id in self.kept.dead:
            del self.kept.begun_again[job_id]
            self.kept.results.pop(job_id, None)
            self._resume(job_id)

    async def begin_again(self, now: datetime, *, limit: int) -> int:
        dead = self.kept.dead.values()
        due = [job.id for job in dead if job.again_at and job.again_at <= now][:limit]
        for job_id in due:
            self.kept.begun_again[job_id] += 1
            self._resume(job_id)
        return len(due)

    async def forget_finished(self, before: datetime) -> int:
        return 0

    async def stop(self, *, patience: float) -> None: ...

    def _resume(self, job_id: JobId) -> None:
        del self.kept.dead[job_id]
        self._begin(self.kept.jobs[job_id])

    def _begin(self, job: QueuedJob) -> None:
        task = asyncio.get_running_loop().create_task(self._run(job))
        task.add_done_callback(lambda _: None)

    async def _run(self, job: QueuedJob) -> None:
        try:
            await self._through_outages(job)
        except Exception as error:  # noqa: BLE001
            if not isinstance(error, StepFailed):
                self.kept.results.pop(job.id, None)
            self.kept.dead[job.id] = DeadJob(
                id=job.id,
                organization_id=job.organization_id,
                name=job.name,
                error=f"{type(error).__name__}: {error}",
                failed_at=self.clock(),
                of_passing_trouble=passes(error),
                begun_again=self.kept.begun_again[job.id],
            )
        else:
            self.kept.finished[job.id] = self.clock()

    async def _through_outages(self, job: QueuedJob) -> None:
        while True:
            context = _Context(
                actor=Actor.system(job.organization_id),
                results=self.kept.results.setdefault(job.id, []),
            )
            try:
                await self._handlers[job.name](job, context)
            except TEMPORARY:
                await asyncio.sleep(WAIT)
            else:
                return


@attrs.define(kw_only=True)
class _Context(JobContext):
    actor: Actor
    _results: list[Any]
    _position: int = 0

    async def step(self, name: str, work: Callable[[], Awaitable[Result]], /) -> Result:
        position = self._position
        self._position += 1
        if position == len(self._results):
            self._results.append(json.loads(json.dumps(await _attempted(work))))
        return cast(Result, self._results[position])

    async def progress(self, done: int, total: int) -> None: ...


async def _attempted(work: Callable[[], Awaitable[Result]]) -> Result:
    """What is temporary is waited for, a refusal is an answer, all else is tried again."""
    tries = 0
    while True:
        try:
            return await work()
        except TEMPORARY:
            await asyncio.sleep(WAIT)
        except Refusal as refusal:
            raise StepFailed(f"{type(refusal).__name__}: {refusal}") from None
        except Exception as error:  # noqa: BLE001
            tries += 1
            if tries == TRIES:
                raise StepFailed(
                    f"{type(error).__name__}: {error}", of_passing_trouble=passes(error)
                ) from None
            await asyncio.sleep(PAUSE * tries)
