"""Handlers of jobs, how their runs end, and how often their steps are tried."""

from asyncio import CancelledError
from collections.abc import Awaitable, Callable, Mapping

import attrs

from application.kernel.figures import Figures
from application.kernel.jobs import JobContext, JobHandler, QueuedJob, Result
from application.kernel.told_figures import JOBS, RETRIES
from domain.kernel.actors import Actor


@attrs.frozen
class CountingSteps(JobContext):
    """Under the name of the job."""

    context: JobContext
    figures: Figures
    name: str

    @property
    def actor(self) -> Actor:
        return self.context.actor

    async def step(self, name: str, work: Callable[[], Awaitable[Result]], /) -> Result:
        tries = 0

        async def tried() -> Result:
            nonlocal tries
            tries += 1
            if tries > 1:
                self.figures.add(RETRIES, self.name, "again")
            return await work()

        try:
            return await self.context.step(name, tried)
        except Exception:
            if tries > 1:
                self.figures.add(RETRIES, self.name, "given_up")
            raise

    async def progress(self, done: int, total: int) -> None:
        await self.context.progress(done, total)


@attrs.frozen
class MeasuredJob:
    handler: JobHandler
    figures: Figures
    seconds: Callable[[], float]

    async def __call__(self, job: QueuedJob, context: JobContext) -> None:
        began, outcome = self.seconds(), "dead"
        try:
            await self.handler(job, CountingSteps(context, self.figures, job.name))
            outcome = "done"
        except CancelledError:
            outcome = "interrupted"
            raise
        finally:
            self.figures.observe(JOBS, self.seconds() - began, job.name, outcome)


def measured(
    handlers: Mapping[str, JobHandler], figures: Figures, seconds: Callable[[], float]
) -> Mapping[str, JobHandler]:
    return {name: MeasuredJob(handler, figures, seconds) for name, handler in handlers.items()}
