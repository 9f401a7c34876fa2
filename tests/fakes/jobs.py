"""A job engine that forgets everything with its process."""

import asyncio
import json
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

import attrs

from application.kernel.jobs import (
    DeadJob,
    JobContext,
    JobEngine,
    JobHandler,
    PassingTrouble,
    QueuedJob,
    Result,
)
from application.kernel.refusals import TEMPORARY
from domain.kernel.actors import Actor
from domain.kernel.identifiers import JobId, OrganizationId
from domain.kernel.refusals import Refusal


class MemoryJobEngine(JobEngine):
    """Runs jobs at once, in the background; `drain` waits for them. Stopping loses none."""

    def __init__(
        self,
        *,
        clock: Callable[[], datetime],
        actor_of: Callable[[OrganizationId], Actor],
        retry_after: Sequence[float] = (0, 0, 0),
    ) -> None:
        self._clock = clock
        self._actor_of = actor_of
        self._retry_after = retry_after
        self._handlers: Mapping[str, JobHandler] = {}
        self._jobs: dict[JobId, QueuedJob] = {}
        self._results: dict[JobId, list[Any]] = {}
        self._finished: dict[JobId, datetime] = {}
        self._dead: dict[JobId, DeadJob] = {}
        self._begun_again: Counter[JobId] = Counter()
        self._running: dict[JobId, asyncio.Task[None]] = {}
        self.progress: dict[JobId, tuple[int, int]] = {}

    async def start(self, handlers: Mapping[str, JobHandler]) -> None:
        self._handlers = handlers
        for job in self._jobs.values():
            if job.id not in self._finished and job.id not in self._dead:
                self._begin(job)

    async def submit(self, jobs: Sequence[QueuedJob]) -> None:
        for job in jobs:
            if job.id not in self._jobs:
                self._jobs[job.id] = job
                self._begin(job)

    async def dead(self, *, limit: int) -> Sequence[DeadJob]:
        return tuple(reversed(self._dead.values()))[:limit]

    async def retry(self, job_id: JobId) -> None:
        if job_id in self._dead:
            del self._begun_again[job_id]
            self._results.pop(job_id, None)
            self._resume(job_id)

    async def begin_again(self, now: datetime, *, limit: int) -> int:
        due = [job for job in self._dead.values() if job.again_at and job.again_at <= now][:limit]
        for job in due:
            self._begun_again[job.id] += 1
            self._resume(job.id)
        return len(due)

    async def forget_finished(self, before: datetime) -> int:
        forgotten = [id for id, finished_at in self._finished.items() if finished_at <= before]
        for id in forgotten:
            del self._finished[id], self._jobs[id]
            self._results.pop(id, None)
        return len(forgotten)

    async def stop(self, *, patience: float) -> None:
        running = tuple(self._running.values())
        if running:
            await asyncio.wait(running, timeout=patience)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def drain(self) -> None:
        """Until nothing is left to do, what jobs queue meanwhile included."""
        while self._running:
            await asyncio.wait(tuple(self._running.values()))

    def _resume(self, job_id: JobId) -> None:
        del self._dead[job_id]
        self._begin(self._jobs[job_id])

    def _begin(self, job: QueuedJob) -> None:
        task = asyncio.create_task(self._run(job))
        self._running[job.id] = task
        task.add_done_callback(lambda _: self._running.pop(job.id))

    async def _run(self, job: QueuedJob) -> None:
        try:
            await _when_all_is_there(lambda: self._handlers[job.name](job, self._context_of(job)))
        except Exception as error:  # noqa: BLE001
            if not isinstance(error, StepFailed):
                self._results.pop(job.id, None)
            self._dead[job.id] = DeadJob(
                id=job.id,
                organization_id=job.organization_id,
                name=job.name,
                error=words_of(error),
                failed_at=self._clock(),
                of_passing_trouble=passes(error),
                begun_again=self._begun_again[job.id],
            )
        else:
            self._finished[job.id] = self._clock()

    def _context_of(self, job: QueuedJob) -> "MemoryJobContext":
        return MemoryJobContext(
            actor=self._actor_of(job.organization_id),
            retry_after=self._retry_after,
            results=self._results.setdefault(job.id, []),
            on_progress=lambda done, total: self.progress.update({job.id: (done, total)}),
        )


@attrs.define(kw_only=True)
class MemoryJobContext(JobContext):
    """`results` are those of the steps already done, in order; what comes is added."""

    actor: Actor
    _retry_after: Sequence[float]
    _results: list[Any]
    _on_progress: Callable[[int, int], None]
    _position: int = 0

    async def step(self, name: str, work: Callable[[], Awaitable[Result]], /) -> Result:
        position = self._position
        self._position += 1
        if position == len(self._results):
            self._results.append(json.loads(json.dumps(await self._attempt(work))))
        return cast(Result, self._results[position])

    async def progress(self, done: int, total: int) -> None:
        self._on_progress(done, total)

    async def _attempt(self, work: Callable[[], Awaitable[Result]]) -> Result:
        for pause in self._retry_after:
            try:
                return await _when_all_is_there(work)
            except Refusal as refusal:
                raise StepFailed(words_of(refusal)) from None
            except Exception:  # noqa: BLE001
                await asyncio.sleep(pause)
        try:
            return await _when_all_is_there(work)
        except Exception as error:  # noqa: BLE001
            raise StepFailed(words_of(error), of_passing_trouble=passes(error)) from None


async def _when_all_is_there(work: Callable[[], Awaitable[Result]]) -> Result:
    while True:
        try:
            return await work()
        except TEMPORARY:
            await asyncio.sleep(0)


class StepFailed(Exception):
    """What a step ends with, whatever it raised: more would not survive a restart."""

    def __init__(self, words: str, *, of_passing_trouble: bool = False) -> None:
        super().__init__(words)
        self.of_passing_trouble = of_passing_trouble


def passes(error: Exception) -> bool:
    return isinstance(error, PassingTrouble) or (
        isinstance(error, StepFailed) and error.of_passing_trouble
    )


def words_of(error: Exception) -> str:
    """Without the message of what is not a refusal: it may quote what a customer entered."""
    return str(error) if isinstance(error, Refusal | StepFailed) else type(error).__name__
