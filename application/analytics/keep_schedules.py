"""Have a report sent by the clock, otherwise, for now not, or no more."""

from datetime import datetime
from itertools import pairwise

import attrs

from application.analytics.reports import ReportQuestion, Reports, must_be_allowed
from application.analytics.request_export import FormatNotAvailable
from application.analytics.schedule_ports import Addressees, ScheduleWork
from application.analytics.steer_export import sees_all
from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, UnitOfWork
from application.kernel.timetables import Timetable
from application.kernel.versions import require_version
from domain.analytics.exports import ExportFormat
from domain.analytics.report_schedules import (
    MOST_SCHEDULES,
    SOONEST,
    BadRecipients,
    ReportSchedule,
    ReportScheduleNotFound,
    ScheduleState,
    Sending,
    TooManyReportSchedules,
    TooOften,
)
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ReportScheduleId
from domain.kernel.schedules import CronSchedule

LOOKED_AHEAD = 25


@attrs.frozen(kw_only=True)
class Demands:
    """What is sent can be made, may be seen by whoever asks for it, and goes to members."""

    reports: Reports
    formats: frozenset[ExportFormat]
    addressees: Addressees
    timetable: Timetable

    async def __call__(self, actor: Actor, sending: Sending, *, now: datetime) -> datetime:
        """When it is due first.

        Raises ReportNotFound, NotPermitted, FormatNotAvailable, UnknownFilter, BadFilter,
        BadRecipients, BadCron or TooOften.
        """
        report = self.reports.called(sending.report)
        must_be_allowed(actor, report)
        if sending.format not in self.formats:
            raise FormatNotAvailable(sending.format.value)
        due = self._first(sending.schedule, now)
        await report.page(actor, question_of(sending, due), after=None, limit=1)
        found = await self.addressees.among(actor, sending.recipients)
        if len(found) != len(sending.recipients):
            raise BadRecipients
        return due

    def _first(self, schedule: CronSchedule, now: datetime) -> datetime:
        times = [self.timetable.next_after(schedule, now)]
        for _ in range(LOOKED_AHEAD):
            times.append(self.timetable.next_after(schedule, times[-1]))
        if any(later - sooner < SOONEST for sooner, later in pairwise(times)):
            raise TooOften
        return times[0]


@attrs.frozen(kw_only=True)
class AddSchedule:
    actor: Actor
    sending: Sending
    once: Once[ReportSchedule] | None = None


@attrs.frozen(kw_only=True)
class AddScheduleHandler:
    unit_of_work: UnitOfWork[ScheduleWork]
    demands: Demands
    clock: Clock
    new_id: NewId

    async def __call__(self, command: AddSchedule, /) -> ReportSchedule:
        """Raises what Demands raises, or TooManyReportSchedules."""
        now = self.clock()
        schedule = ReportSchedule(
            id=ReportScheduleId(self.new_id()),
            sending=command.sending,
            owner=command.actor.id,
            next_due_at=await self.demands(command.actor, command.sending, now=now),
        ).added(now=now)

        def add(work: ScheduleWork) -> ReportSchedule:
            if work.schedules.number() >= MOST_SCHEDULES:
                raise TooManyReportSchedules(MOST_SCHEDULES)
            return work.schedules.save(schedule)

        return await self.unit_of_work(command.actor, add, once=command.once)


@attrs.frozen(kw_only=True)
class ChangeSchedule:
    """`version` is the one the caller has seen, or None for whichever there is."""

    actor: Actor
    schedule_id: ReportScheduleId
    sending: Sending
    version: int | None


@attrs.frozen(kw_only=True)
class ChangeScheduleHandler:
    """Whoever changes it owns it: nobody has something sent in somebody else's name."""

    unit_of_work: UnitOfWork[ScheduleWork]
    demands: Demands
    clock: Clock

    async def __call__(self, command: ChangeSchedule, /) -> ReportSchedule:
        """Raises what Demands raises, or ReportScheduleNotFound."""
        actor, now = command.actor, self.clock()

        def seen(work: ScheduleWork) -> ReportSchedule:
            schedule = visible_schedule(actor, work.schedules.get(command.schedule_id))
            require_version(schedule.version, command.version)
            return schedule

        await self.unit_of_work(actor, seen)  # before it is told what is wrong with the rest
        due = await self.demands(actor, command.sending, now=now)

        def change(work: ScheduleWork) -> ReportSchedule:
            schedule = seen(work)
            changed = schedule.changed(command.sending, owner=actor.id, next_due_at=due, now=now)
            return work.schedules.save(changed)

        return await self.unit_of_work(actor, change)


@attrs.frozen(kw_only=True)
class SetScheduleState:
    actor: Actor
    schedule_id: ReportScheduleId
    state: ScheduleState
    version: int | None
    once: Once[ReportSchedule] | None = None


@attrs.frozen(kw_only=True)
class SetScheduleStateHandler:
    """What was missed while it was paused is not made up for."""

    unit_of_work: UnitOfWork[ScheduleWork]
    clock: Clock
    timetable: Timetable

    async def __call__(self, command: SetScheduleState, /) -> ReportSchedule:
        """Raises ReportScheduleNotFound or WrongScheduleState."""

        def turn(work: ScheduleWork) -> ReportSchedule:
            schedule = visible_schedule(command.actor, work.schedules.get(command.schedule_id))
            require_version(schedule.version, command.version)
            now = self.clock()
            if command.state is ScheduleState.PAUSED:
                return work.schedules.save(schedule.paused(now=now))
            due = self.timetable.next_after(schedule.sending.schedule, now)
            return work.schedules.save(schedule.resumed(next_due_at=due, now=now))

        return await self.unit_of_work(command.actor, turn, once=command.once)


@attrs.frozen(kw_only=True)
class DeleteSchedule:
    actor: Actor
    schedule_id: ReportScheduleId


@attrs.frozen(kw_only=True)
class DeleteScheduleHandler:
    unit_of_work: UnitOfWork[ScheduleWork]
    clock: Clock

    async def __call__(self, command: DeleteSchedule, /) -> ReportSchedule:
        """Raises ReportScheduleNotFound."""

        def delete(work: ScheduleWork) -> ReportSchedule:
            schedule = visible_schedule(command.actor, work.schedules.get(command.schedule_id))
            work.schedules.delete(schedule.deleted(now=self.clock()))
            return schedule

        return await self.unit_of_work(command.actor, delete)


def question_of(sending: Sending, occasion: datetime) -> ReportQuestion:
    return ReportQuestion(
        period=sending.period(occasion),
        zone=sending.schedule.zone,
        interval=sending.interval,
        filters=sending.filters,
    )


def visible_schedule(actor: Actor, schedule: ReportSchedule) -> ReportSchedule:
    """Raises ReportScheduleNotFound for those of others."""
    if schedule.owner != actor.id and not sees_all(actor):
        raise ReportScheduleNotFound(schedule.id)
    return schedule
