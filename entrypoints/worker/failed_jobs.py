"""Jobs that failed of what passes are begun again."""

import attrs

from application.kernel.jobs import JobEngine
from application.kernel.ports import Clock
from entrypoints.wiring.container import Container
from entrypoints.wiring.schedules import Times
from entrypoints.worker.loops import Task

AT_ONCE = 40
"""A day's mail that waits for its host leaves room for other jobs."""


@attrs.frozen(kw_only=True)
class JobsBeginAgain:
    engine: JobEngine
    clock: Clock

    async def __call__(self) -> int:
        """Nothing that would have to be asked for again at once."""
        await self.engine.begin_again(self.clock(), limit=AT_ONCE)
        return 0


def beginning_again(container: Container, times: Times) -> Task:
    work = JobsBeginAgain(engine=container.jobs.engine(), clock=container.clock())
    return Task(name="begin jobs again", every=times.begin_again_every.total_seconds(), work=work)
