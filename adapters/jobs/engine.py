"""The job engine: one per process, since the library behind it is."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from adapters.jobs.runtime import Runtime
from adapters.jobs.settings import JobSettings
from application.kernel.jobs import DeadJob, JobEngine, JobHandler, QueuedJob
from domain.kernel.actors import Actor
from domain.kernel.identifiers import JobId, OrganizationId


class DbosJobEngine(JobEngine):
    """`executor_id` is new with every start of a process; it names the lock others watch.

    `taken_over` is told of each executor whose jobs this one has taken over.
    """

    def __init__(
        self,
        settings: JobSettings,
        *,
        executor_id: str,
        actor_of: Callable[[OrganizationId], Actor],
        clock: Callable[[], datetime],
        taken_over: Callable[[], None],
    ) -> None:
        self._settings = settings
        self._executor_id = executor_id
        self._actor_of = actor_of
        self._clock = clock
        self._taken_over = taken_over
        self._runtime: Runtime | None = None

    async def start(self, handlers: Mapping[str, JobHandler]) -> None:
        loop = asyncio.get_running_loop()
        self._runtime = await asyncio.to_thread(self._launched, dict(handlers), loop)

    async def submit(self, jobs: Sequence[QueuedJob]) -> None:
        if jobs:
            await asyncio.to_thread(self._started.submit, jobs)

    async def dead(self, *, limit: int) -> Sequence[DeadJob]:
        return await asyncio.to_thread(self._started.dead, limit=limit)

    async def retry(self, job_id: JobId) -> None:
        await asyncio.to_thread(self._started.retry, job_id)

    async def begin_again(self, now: datetime, *, limit: int) -> int:
        return await asyncio.to_thread(self._started.begin_again, now, limit=limit)

    async def forget_finished(self, before: datetime) -> int:
        return await asyncio.to_thread(self._started.forget_finished, before)

    async def stop(self, *, patience: float) -> None:
        runtime, self._runtime = self._runtime, None
        if runtime is not None:
            await asyncio.to_thread(runtime.stop, patience=patience)

    def _launched(
        self, handlers: Mapping[str, JobHandler], loop: asyncio.AbstractEventLoop
    ) -> Runtime:
        # Half a second that a process which serves need not wait for.
        from adapters.jobs.dbos_runtime import DbosRuntime  # noqa: PLC0415

        return DbosRuntime.launched(
            self._settings,
            executor_id=self._executor_id,
            actor_of=self._actor_of,
            clock=self._clock,
            taken_over=self._taken_over,
            handlers=handlers,
            loop=loop,
        )

    @property
    def _started(self) -> Runtime:
        if self._runtime is None:
            raise RuntimeError("the job engine is not running")
        return self._runtime
