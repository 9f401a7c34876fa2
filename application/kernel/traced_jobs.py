"""Jobs go on with the trace of whatever queued them."""

import attrs

from application.kernel.jobs import JobContext, JobHandler, QueuedJob
from application.kernel.tracing import Continuing


@attrs.frozen
class TracedJob:
    handler: JobHandler
    continuing: Continuing

    async def __call__(self, job: QueuedJob, context: JobContext, /) -> None:
        with self.continuing(job.name, job.trace):
            await self.handler(job, context)
