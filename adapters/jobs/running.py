"""The jobs that run in this process right now."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from threading import Condition

from adapters.jobs.documents import JobDocument, to_job
from adapters.jobs.failures import Interrupted, JobFailed
from adapters.jobs.runs import Run
from application.kernel.jobs import JobHandler
from application.kernel.tracing import told_of
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId

logger = logging.getLogger(__name__)


class RunningJobs:
    def __init__(
        self,
        handlers: Mapping[str, JobHandler],
        *,
        actor_of: Callable[[OrganizationId], Actor],
        clock: Callable[[], datetime],
        loop: asyncio.AbstractEventLoop,
        retry_after: tuple[float, ...],
    ) -> None:
        self._handlers = handlers
        self._actor_of = actor_of
        self._clock = clock
        self._loop = loop
        self._retry_after = retry_after
        self._runs: set[Run] = set()
        self._changed = Condition()
        self._closed = False

    def run(self, document: JobDocument) -> None:
        """Runs a job on the calling thread. Raises `JobFailed` or `Interrupted`."""
        try:
            self._run(document)
        except JobFailed as failure:
            passes = failure.of_passing_trouble
            logger.log(
                logging.WARNING if passes else logging.ERROR,
                "a job fails for now" if passes else "a job is dead",
                extra={
                    "job_id": document["id"],
                    "job_name": document["name"],
                    "organization_id": document["organization_id"],
                    **told_of(to_job(document).trace),
                    "error": str(failure),
                },
            )
            raise JobFailed(
                str(failure), failed_at=self._clock(), of_passing_trouble=passes
            ) from None

    def interrupt(self, *, patience: float) -> set[str]:
        """Cancels what runs, lets nothing new begin, and names the jobs that are left undone."""
        with self._changed:
            self._closed = True
            runs = tuple(self._runs)
            for run in runs:
                run.interrupt()
            if not self._changed.wait_for(lambda: not self._runs, patience):
                logger.warning("jobs do not let go of their threads: %d", len(self._runs))
        return {run.job_id for run in runs}

    def _run(self, document: JobDocument) -> None:
        job = to_job(document)
        handler = self._handlers.get(job.name)
        if handler is None:
            raise JobFailed(f"there is no handler for jobs called {job.name}")
        actor = self._actor_of(job.organization_id)
        run = Run(job, actor, loop=self._loop, retry_after=self._retry_after)
        self._enter(run)
        try:
            run.execute(handler)
        finally:
            self._leave(run)

    def _enter(self, run: Run) -> None:
        with self._changed:
            if self._closed:
                raise Interrupted
            self._runs.add(run)

    def _leave(self, run: Run) -> None:
        with self._changed:
            self._runs.discard(run)
            self._changed.notify_all()
