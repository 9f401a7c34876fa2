"""Handlers of jobs, and how their runs end."""

from asyncio import CancelledError
from collections.abc import Callable, Mapping

import attrs

from application.kernel.figures import Figures
from application.kernel.jobs import JobContext, JobHandler, QueuedJob
from application.kernel.told_figures import JOBS


@attrs.frozen
class MeasuredJob:
    handler: JobHandler
    figures: Figures
    seconds: Callable[[], float]

    async def __call__(self, job: QueuedJob, context: JobContext) -> None:
        began, outcome = self.seconds(), "dead"
        try:
            await self.handler(job, context)
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
