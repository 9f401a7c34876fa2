"""Begin to make and send reports: those that are due, or one by hand."""

from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

import attrs

from application.analytics.keep_schedules import question_of, visible_schedule
from application.analytics.reports import Reports, must_be_allowed
from application.analytics.request_export import ordered
from application.analytics.schedule_ports import Owners, ScheduleViews, ScheduleWork
from application.kernel.jobs import Job, QueuedJob
from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, Stale, UnitOfWork
from application.kernel.timetables import Timetable
from domain.analytics.exports import Export, Ordered
from domain.analytics.report_runs import ReportRun
from domain.analytics.report_schedules import ReportSchedule
from domain.analytics.schedule_events import ScheduledReportFailed
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ExportId, ReportRunId, ReportScheduleId
from domain.kernel.refusals import Refusal

MADE_UP_FOR = timedelta(days=7)
GIVEN_UP_AFTER = timedelta(days=3)
ABANDONED = "abandoned"


@attrs.frozen(kw_only=True)
class SendReport:
    """The job that makes the file of a run and sends it."""

    JOB: ClassVar[str] = "send_report"

    run_id: ReportRunId

    @property
    def job(self) -> Job:
        return Job(name=self.JOB, payload={"run_id": str(self.run_id)})

    @classmethod
    def of(cls, job: QueuedJob) -> "SendReport":
        return cls(run_id=ReportRunId(UUID(str(job.payload["run_id"]))))


@attrs.frozen(kw_only=True)
class BeginRun:
    """In the name of the owner, as far as they may by now."""

    reports: Reports
    owners: Owners
    clock: Clock
    new_id: NewId
    kept_for: timedelta

    async def orders(
        self, actor: Actor, schedule: ReportSchedule, occasion: datetime
    ) -> Ordered | Refusal:
        """What is to be made, or why it is not."""
        sending = schedule.sending
        try:
            owner = await self.owners(actor, schedule.owner)
            must_be_allowed(owner, self.reports.called(sending.report))
        except Refusal as refusal:
            return refusal
        return ordered(owner, sending.report, sending.format, question_of(sending, occasion))

    def begin(
        self,
        work: ScheduleWork,
        schedule: ReportSchedule,
        orders: Ordered | Refusal,
        occasion: datetime,
        *,
        by_hand: bool,
    ) -> ReportRun:
        """The schedule is saved with it. Raises Stale.

        What began long ago and was left by whoever was at it has failed by then.
        """
        now = self.clock()
        for left in work.runs.left(schedule.id, before=now - GIVEN_UP_AFTER):
            work.runs.save(left.failed(ABANDONED, now=now))
            schedule = schedule.telling(
                ScheduledReportFailed, now, run_id=left.id, problem=ABANDONED
            )
        run = ReportRun(
            id=ReportRunId(self.new_id()),
            schedule_id=schedule.id,
            occasion_at=occasion,
            by_hand=by_hand,
            began_at=now,
        )
        if isinstance(orders, Refusal):
            failed = run.failed(orders.code, now=now)
            work.schedules.save(
                schedule.telling(ScheduledReportFailed, now, run_id=run.id, problem=orders.code)
            )
            return work.runs.save(failed)
        work.schedules.save(schedule)
        export = Export.request(ExportId(self.new_id()), orders, now=now, kept_for=self.kept_for)
        work.exports.save(export)
        saved = work.runs.save(attrs.evolve(run, export_id=export.id))
        work.jobs.enqueue(SendReport(run_id=run.id).job)
        return saved


@attrs.frozen(kw_only=True)
class RunSchedule:
    actor: Actor
    schedule_id: ReportScheduleId
    once: Once[ReportRun] | None = None


@attrs.frozen(kw_only=True)
class RunScheduleHandler:
    """By hand, also of one that is paused; when it is due by itself stays as it is."""

    unit_of_work: UnitOfWork[ScheduleWork]
    views: ScheduleViews
    beginning: BeginRun
    clock: Clock

    async def __call__(self, command: RunSchedule, /) -> ReportRun:
        """Raises ReportScheduleNotFound, or what keeps its owner from having it."""
        actor, occasion = command.actor, self.clock()
        seen = visible_schedule(actor, await self.views.schedule(actor, command.schedule_id))
        orders = await self.beginning.orders(actor, seen, occasion)
        if isinstance(orders, Refusal):
            raise orders

        def run(work: ScheduleWork) -> ReportRun:
            schedule = work.schedules.get(seen.id)
            if schedule.version != seen.version:
                raise Stale
            return self.beginning.begin(work, schedule, orders, occasion, by_hand=True)

        return await self.unit_of_work(actor, run, once=command.once)


@attrs.frozen(kw_only=True)
class RunDueSchedules:
    actor: Actor
    limit: int = 100


@attrs.frozen(kw_only=True)
class RunDueSchedulesHandler:
    """One transaction each: of two workers, the second finds the schedule changed, due no more.

    Of several occasions that were missed, the last is made up for, and that once.
    """

    unit_of_work: UnitOfWork[ScheduleWork]
    views: ScheduleViews
    beginning: BeginRun
    clock: Clock
    timetable: Timetable

    async def __call__(self, command: RunDueSchedules, /) -> int:
        """How many were due; if that is the limit, there may be more."""
        now = self.clock()
        due = await self.unit_of_work(
            command.actor, lambda work: work.schedules.due(now=now, limit=command.limit)
        )
        for schedule_id in due:
            await self._run(command.actor, schedule_id, now)
        return len(due)

    async def _run(self, actor: Actor, schedule_id: ReportScheduleId, now: datetime) -> None:
        seen = await self.views.schedule(actor, schedule_id)
        if seen.next_due_at is None or not seen.is_due(now):
            return
        occasion, following = self._last(seen, seen.next_due_at, now)
        orders = await self.beginning.orders(actor, seen, occasion)

        def run(work: ScheduleWork) -> None:
            schedule = work.schedules.get(schedule_id)
            if schedule.version != seen.version:
                return
            due = attrs.evolve(schedule, next_due_at=following)
            self.beginning.begin(work, due, orders, occasion, by_hand=False)

        await self.unit_of_work(actor, run)

    def _last(
        self, schedule: ReportSchedule, missed: datetime, now: datetime
    ) -> tuple[datetime, datetime]:
        """The occasion that was there last, and the one that is to come."""
        cron, occasion = schedule.sending.schedule, missed
        following = self.timetable.next_after(cron, max(missed, now - MADE_UP_FOR))
        while following <= now:
            occasion, following = following, self.timetable.next_after(cron, following)
        return occasion, following
