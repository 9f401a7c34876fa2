"""The worker: beside HTTP in one process, or alone, and as often as there is need."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from application.bookings.chase_instalments import ChaseInstalments
from application.bookings.complete_ended import CompleteEnded
from application.bookings.expire_holds import ExpireHolds
from application.bookings.lapse_waiting import LapseWaiting
from application.bookings.release_due_blocks import ReleaseDueBlocks
from application.documentation.read_on_schedule import ReadOnSchedule
from application.identity.tell_denials import TellDenials
from application.inventory.expire_intents import ExpireIntents
from application.kernel.jobs import JobEngine, JobHandler
from application.payments.ask_about_silent import AskAboutSilent
from application.payments.lapse_gift_credit import LapseGiftCredit
from application.payments.reconcile_yesterday import ReconcileYesterday
from entrypoints.wiring.container import Container
from entrypoints.wiring.figures import measuring
from entrypoints.wiring.lasting import set_aside
from entrypoints.worker.bringing_in import bringing_in
from entrypoints.worker.calls import tasks_of_calls
from entrypoints.worker.failed_jobs import beginning_again
from entrypoints.worker.findable import ResourcesBecomeFindable
from entrypoints.worker.guard import Guard
from entrypoints.worker.histories import HistoriesAreForgotten
from entrypoints.worker.loops import Loops, Task
from entrypoints.worker.measured import measured
from entrypoints.worker.relaying import relaying
from entrypoints.worker.schedules import (
    DueIsDone,
    OldThingsAreForgotten,
)
from entrypoints.worker.sending import sending_reports
from entrypoints.worker.signals import stopping_on_signals
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
        await database.close()


def _tasks(container: Container, guard: Guard) -> tuple[Task, ...]:
    times = container.schedules.times()
    due_is_done: Any = partial(
        DueIsDone,
        clock=container.clock(),
        guard=guard,
        continuing=container.telemetry.continuing(),
    )
    expiring = due_is_done(
        name="expire holds",
        due=container.schedules.overdue_holds(),
        command=lambda actor, limit: ExpireHolds(actor=actor, limit=limit),
        do=container.bookings.expire_holds(),
    )
    waiting = due_is_done(
        name="lapse waiting",
        due=container.schedules.due_waiting(),
        command=lambda actor, limit: LapseWaiting(actor=actor, limit=limit),
        do=container.waiting.lapse_waiting(),
    )
    releasing = due_is_done(
        name="release blocks",
        due=container.blocks.due(),
        command=lambda actor, limit: ReleaseDueBlocks(actor=actor, limit=limit),
        do=container.blocks.release_due_blocks(),
    )
    making_findable = ResourcesBecomeFindable(
        unfindable=container.inventory.unfindable(),
        make_findable=container.inventory.make_findable(),
        guard=guard,
    )
    asking = due_is_done(
        name="ask about silent payments",
        due=container.payments.silent(),
        command=lambda actor, limit: AskAboutSilent(actor=actor, limit=limit),
        do=container.payments.ask_about_silent(),
    )
    reconciling = due_is_done(
        name="reconcile payments",
        due=container.payments.unreconciled(),
        command=lambda actor, _: ReconcileYesterday(actor=actor),
        do=container.payments.reconcile_yesterday(),
    )
    rules: Any = container.payments.rules
    chasing = due_is_done(
        name="chase instalments",
        due=rules.due_instalments(),
        command=lambda actor, limit: ChaseInstalments(actor=actor, limit=limit),
        do=rules.chase_instalments(),
    )
    lapsing_gifts = due_is_done(
        name="lapse gift credit",
        due=rules.expired_gift_credit(),
        command=lambda actor, limit: LapseGiftCredit(actor=actor, limit=limit),
        do=rules.lapse_gift_credit(),
    )
    completing = due_is_done(
        name="complete bookings",
        due=container.schedules.ended_bookings(),
        command=lambda actor, limit: CompleteEnded(actor=actor, limit=limit),
        do=container.booking_life.complete_ended(),
    )
    telling = due_is_done(
        name="tell denials",
        due=container.people.denials.views(),
        command=lambda actor, limit: TellDenials(actor=actor, limit=limit),
        do=container.people.denials.tell(),
    )
    lapsing = due_is_done(
        name="expire intents",
        due=container.inventory.expired_intents(),
        command=lambda actor, limit: ExpireIntents(actor=actor, limit=limit),
        do=container.inventory.expire_intents(),
    )
    notices: Any = container.notifications.in_program
    forgetting = OldThingsAreForgotten(
        organizations=container.identity.views(),
        retention=container.schedules.retention(),
        access=container.schedules.access_retention(),
        notices=notices.retention(),
        engine=container.jobs.engine(),
        clock=container.clock(),
        guard=guard,
        answers_kept_for=times.answers_kept_for,
        quotes_kept_for=times.quotes_kept_for,
        questions_kept_for=container.settings().questions_kept_for,
        jobs_kept_for=times.jobs_kept_for,
        tries_kept_for=times.tries_kept_for,
        sessions_idle_for=container.settings().session_limits.idle,
        read_notices_kept_for=times.read_notices_kept_for,
        notices_kept_for=times.notices_kept_for,
    )
    reading = due_is_done(
        name="read sites on schedule",
        due=container.crawling.due_sites(),
        command=lambda actor, limit: ReadOnSchedule(actor=actor, limit=limit),
        do=container.crawling.read_on_schedule(),
    )
    poll = container.settings().worker_poll_milliseconds / 1000
    nightly = times.reconcile_every.total_seconds()
    simulated = {
        "deliver simulated events": container.payment_providers.events_go_out(),
        "deliver simulated calls": container.telephony.lines.news_goes_out(),
    }
    simulating = [
        Task(name=name, every=poll, work=work)
        for name, work in simulated.items()
        if work is not None
    ]
    histories = HistoriesAreForgotten(
        organizations=container.identity.views(),
        settings=container.identity.business_settings(),
        retention=container.schedules.history_retention(),
        clock=container.clock(),
        guard=guard,
    )
    return (
        *simulating,
        *stock_taking(container, times),
        *tasks_of_calls(container, due_is_done),
        *relaying(container, guard),
        beginning_again(container, times),
        Task(name="expire holds", every=times.expire_every.total_seconds(), work=expiring),
        Task(name="expire intents", every=times.expire_every.total_seconds(), work=lapsing),
        Task(
            name="complete bookings", every=times.complete_every.total_seconds(), work=completing
        ),
        Task(name="ask about silent payments", every=times.ask_every.total_seconds(), work=asking),
        Task(name="chase instalments", every=times.chase_every.total_seconds(), work=chasing),
        Task(name="reconcile payments", every=nightly, work=reconciling),
        Task(
            name="lapse gift credit",
            every=times.forget_every.total_seconds(),
            work=lapsing_gifts,
        ),
        Task(name="lapse waiting", every=times.lapse_every.total_seconds(), work=waiting),
        Task(name="release blocks", every=times.release_every.total_seconds(), work=releasing),
        Task(
            name="make findable",
            every=times.make_findable_every.total_seconds(),
            work=making_findable,
        ),
        Task(name="tell denials", every=times.tell_denials_every.total_seconds(), work=telling),
        Task(name="read sites on schedule", every=times.read_every.total_seconds(), work=reading),
        *bringing_in(container, due_is_done),
        *sending_reports(container, due_is_done),
        Task(name="forget", every=times.forget_every.total_seconds(), work=forgetting),
        Task(name="forget histories", every=times.forget_every.total_seconds(), work=histories),
    )
