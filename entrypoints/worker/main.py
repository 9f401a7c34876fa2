"""The worker: beside HTTP in one process, or alone, and as often as there is need."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from application.kernel.jobs import JobEngine, JobHandler
from entrypoints.wiring.container import Container
from entrypoints.wiring.figures import measuring
from entrypoints.wiring.lasting import set_aside
from entrypoints.worker.bookings import making_findable, tasks_of_bookings
from entrypoints.worker.bringing_in import bringing_in
from entrypoints.worker.calls import tasks_of_calls
from entrypoints.worker.failed_jobs import beginning_again
from entrypoints.worker.forgetting import forgetting
from entrypoints.worker.guard import Guard
from entrypoints.worker.loops import Loops, Task
from entrypoints.worker.measured import measured
from entrypoints.worker.payments import tasks_of_payments
from entrypoints.worker.relaying import relaying
from entrypoints.worker.rota import Rota
from entrypoints.worker.sending import sending
from entrypoints.worker.signals import stopping_on_signals
from entrypoints.worker.simulating import simulating
from entrypoints.worker.statistics import taking_statistics
from entrypoints.worker.telling import stock_taking

logger = logging.getLogger(__name__)


class Worker:
    """Runs on the loop it is started on. `grace` is how many seconds stopping may take."""

    def __init__(
        self,
        loops: Loops,
        *,
        engine: JobEngine,
        handlers: Mapping[str, JobHandler],
        seconds: Callable[[], float],
        grace: float,
    ) -> None:
        self._loops = loops
        self._engine = engine
        self._handlers = handlers
        self._seconds = seconds
        self._grace = grace
        self._running: asyncio.Task[None] | None = None

    @classmethod
    def of(cls, container: Container) -> "Worker":
        figures = container.telemetry.figures()
        guard = Guard(container.seconds(), figures)
        return cls(
            Loops(_tasks(container, guard), guard),
            engine=container.jobs.engine(),
            handlers=measured(
                container.subscriptions.job_handlers(), figures, container.seconds()
            ),
            seconds=container.seconds(),
            grace=container.settings().worker_grace_seconds,
        )

    async def start(self) -> None:
        self._running = await self._begin()

    async def stop(self) -> None:
        """Lets what runs come to its end, within reason; what does not is resumed later."""
        running, self._running = self._running, None
        if running is None:
            return
        deadline = self._seconds() + self._grace
        self._loops.stop()
        try:
            await asyncio.wait({running}, timeout=self._grace)
            if running.cancel():
                logger.warning("the worker was interrupted: it had no end within its grace")
                await asyncio.wait({running})
        finally:
            await self._engine.stop(patience=max(0, deadline - self._seconds()))
        logger.info("the worker has stopped")
        if not running.cancelled():
            running.result()

    async def run_until(self, stopped: asyncio.Event) -> None:
        """Raises what the worker itself fails of; that of a task it survives."""
        self._running = running = await self._begin()
        stopping: asyncio.Future[Any] = asyncio.ensure_future(stopped.wait())
        try:
            await asyncio.wait({stopping, running}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopping.cancel()
            await self.stop()

    async def _begin(self) -> asyncio.Task[None]:
        await self._engine.start(self._handlers)
        logger.info("the worker is at work")
        return asyncio.create_task(self._loops.run(), name="worker")


async def run_worker(container: Container) -> None:
    """Nothing but the worker, until SIGINT or SIGTERM."""
    stopping = stopping_on_signals(grace=container.settings().worker_grace_seconds)
    database = container.database()
    try:
        await database.check()
        await container.line().start()
        with measuring(container):
            worker = Worker.of(container)
            set_aside()
            await worker.run_until(stopping)
    finally:
        await container.line().stop()
        await container.crawling.egress().close()
        await container.crawling.parsers().close()
        await container.payment_providers.close()()
        await container.telephony.lines.close()()
        await container.call_quality.close()()
        await database.close()


def _tasks(container: Container, guard: Guard) -> Sequence[Task]:
    times = container.schedules.times()
    rota = Rota(clock=container.clock(), guard=guard, continuing=container.telemetry.continuing())
    return (
        *simulating(container),
        *stock_taking(container, times),
        *taking_statistics(container),
        *tasks_of_calls(container, rota),
        *relaying(container, guard),
        beginning_again(container, times),
        *tasks_of_bookings(container, rota),
        *tasks_of_payments(container, rota),
        making_findable(container, guard),
        *bringing_in(container, rota),
        *sending(container, rota),
        *forgetting(container, guard),
    )
