"""The life of the engine in this process: set up, watching others, put away."""

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from math import ceil
from time import sleep

from dbos import DBOS

from adapters.jobs import launching, workflows
from adapters.jobs.addresses import engine_url, file_of, is_sqlite, prepare_file
from adapters.jobs.failed_workflows import FailedWorkflows
from adapters.jobs.file_presence import FilePresence
from adapters.jobs.postgres_presence import PostgresPresence
from adapters.jobs.presence import Presence
from adapters.jobs.reaper import Reaper
from adapters.jobs.running import RunningJobs
from adapters.jobs.runtime import Runtime
from adapters.jobs.settings import JobSettings
from application.kernel.jobs import DeadJob, JobHandler, QueuedJob
from domain.kernel.actors import Actor
from domain.kernel.identifiers import JobId, OrganizationId

TIME_TO_LET_GO = 5.0
TIME_TO_RECORD = 2.0
GLANCE = 0.05


class DbosRuntime(Runtime):
    def __init__(
        self,
        settings: JobSettings,
        *,
        executor_id: str,
        running: RunningJobs,
        presence: Presence,
        dbos: DBOS,
        taken_over: Callable[[], None],
    ) -> None:
        self._settings = settings
        self._executor_id = executor_id
        self._running = running
        self._presence = presence
        self._dbos = dbos
        self._taken_over = taken_over
        self._reaper = Reaper(
            presence,
            others_at_work=self._others_at_work,
            take_over=self._take_over,
            interval=settings.takeover_interval,
        )

    @classmethod
    def launched(
        cls,
        settings: JobSettings,
        *,
        executor_id: str,
        actor_of: Callable[[OrganizationId], Actor],
        clock: Callable[[], datetime],
        taken_over: Callable[[], None],
        handlers: Mapping[str, JobHandler],
        loop: asyncio.AbstractEventLoop,
    ) -> "DbosRuntime":
        running = RunningJobs(
            handlers,
            actor_of=actor_of,
            clock=clock,
            loop=loop,
            retry_after=settings.retry_after,
        )
        presence = _presence(settings.database_url, executor_id)
        presence.announce()
        try:
            dbos = launching.set_up(
                settings, executor_id=executor_id, clock=clock, run_job=running.run
            )
        except BaseException:
            presence.withdraw()
            raise
        runtime = cls(
            settings,
            executor_id=executor_id,
            running=running,
            presence=presence,
            dbos=dbos,
            taken_over=taken_over,
        )
        runtime._reaper.start()
        return runtime

    def submit(self, jobs: Sequence[QueuedJob]) -> None:
        workflows.submit(jobs)

    def dead(self, *, limit: int) -> Sequence[DeadJob]:
        return FailedWorkflows(DBOS).dead(limit=limit)

    def retry(self, job_id: JobId) -> None:
        FailedWorkflows(DBOS).retry(job_id)

    def begin_again(self, now: datetime, *, limit: int) -> int:
        return FailedWorkflows(DBOS).begin_again(now, limit=limit)

    def forget_finished(self, before: datetime) -> int:
        return workflows.forget_finished(before)

    def stop(self, *, patience: float) -> None:
        try:
            for event in self._dbos.background_thread_stop_events:
                event.set()  # takes no more work
            self._wait_until_only(set(), patience)
            left = self._running.interrupt(patience=TIME_TO_LET_GO)
            self._wait_until_only(left, TIME_TO_RECORD)
        finally:
            self._reaper.stop()
            launching.put_away()
            self._presence.withdraw()

    def _wait_until_only(self, job_ids: set[str], seconds: float) -> None:
        """Until nothing else of ours is under way: a job ends with its record, not its handler."""
        for _ in range(ceil(seconds / GLANCE)):
            under_way = {job.workflow_id for job in workflows.pending(self._executor_id)}
            if under_way <= job_ids:
                return
            sleep(GLANCE)

    def _others_at_work(self) -> Collection[str]:
        executors = {workflow.executor_id for workflow in workflows.pending()}
        return {name for name in executors if name and name != self._executor_id}

    def _take_over(self, executor_id: str) -> None:
        workflows.take_over(executor_id, at_most=self._settings.takeovers)
        self._taken_over()


def _presence(database_url: str, executor_id: str) -> Presence:
    if not is_sqlite(database_url):
        return PostgresPresence(engine_url(database_url), executor_id)
    path = file_of(database_url)
    prepare_file(path)
    return FilePresence(path.with_name(f"{path.name}.executors"), executor_id)
