"""Reports that are sent by the clock: what is sent, when, to whom, and in whose name."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import ClassVar

import attrs

from domain.analytics.exports import ExportFormat
from domain.analytics.intervals import Granularity
from domain.analytics.schedule_events import (
    ReportScheduleAdded,
    ReportScheduleChanged,
    ReportScheduleDeleted,
    ReportScheduleEvent,
    ReportSchedulePaused,
    ReportScheduleResumed,
)
from domain.kernel.events import Event
from domain.kernel.identifiers import ActorId, MemberId, ReportScheduleId
from domain.kernel.periods import Period, Zone
from domain.kernel.refusals import Conflict, Invalid, NotFound
from domain.kernel.schedules import CronSchedule

MOST_SCHEDULES = 100
SOONEST = timedelta(minutes=15)


@attrs.frozen
class ReportScheduleNotFound(NotFound):
    code: ClassVar[str] = "report_schedule_not_found"
    schedule_id: ReportScheduleId

    def __str__(self) -> str:
        return f"no report schedule {self.schedule_id}"


@attrs.frozen
class TooManyReportSchedules(Conflict):
    code: ClassVar[str] = "too_many_report_schedules"
    most: int

    def __str__(self) -> str:
        return f"there may be {self.most} report schedules: delete one first"


@attrs.frozen
class TooOften(Invalid):
    """Whoever gets a mail a minute reads none."""

    code: ClassVar[str] = "too_often"
    field: ClassVar[str] = "schedule"

    def __str__(self) -> str:
        return "a report is sent every quarter of an hour at most"


@attrs.frozen
class BadRecipients(Invalid):
    code: ClassVar[str] = "bad_recipients"
    field: ClassVar[str] = "recipients"

    def __str__(self) -> str:
        return "reports are sent to active members of the organization, each named once"


@attrs.frozen
class WrongScheduleState(Conflict):
    code: ClassVar[str] = "wrong_schedule_state"
    state: str

    def __str__(self) -> str:
        return f"the report schedule is {self.state} already"


class Covered(Enum):
    """What a report is about: the last day, week or month that was over by then, on the calendar
    of the zone; a week begins on Monday.
    """

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class ScheduleState(Enum):
    ACTIVE = "active"
    PAUSED = "paused"


@attrs.frozen(kw_only=True)
class Sending:
    """Of which report what is sent to whom. `schedule` says when, and whose clock counts."""

    name: str
    report: str
    format: ExportFormat
    covers: Covered
    schedule: CronSchedule
    recipients: tuple[MemberId, ...]
    interval: Granularity | None = None
    filters: Mapping[str, str] = attrs.field(factory=dict)

    def demand(self) -> None:
        """Raises BadRecipients."""
        if not self.recipients or len(set(self.recipients)) != len(self.recipients):
            raise BadRecipients

    def period(self, occasion: datetime) -> Period:
        return last_whole(self.covers, occasion, self.schedule.zone)


@attrs.frozen(kw_only=True)
class ReportSchedule:
    """Nothing is sent that its `owner` might not see at that time."""

    id: ReportScheduleId
    sending: Sending
    owner: ActorId
    next_due_at: datetime | None
    state: ScheduleState = ScheduleState.ACTIVE
    version: int = 0
    events: tuple[Event, ...] = attrs.field(default=(), eq=False, repr=False)

    def added(self, *, now: datetime) -> "ReportSchedule":
        """Raises BadRecipients."""
        self.sending.demand()
        return self.telling(ReportScheduleAdded, now)

    def changed(
        self, sending: Sending, *, owner: ActorId, next_due_at: datetime, now: datetime
    ) -> "ReportSchedule":
        """Into that, in the name of whoever says so. Raises BadRecipients."""
        sending.demand()
        due = next_due_at if self.is_active else None
        changed = attrs.evolve(self, sending=sending, owner=owner, next_due_at=due)
        return changed.telling(ReportScheduleChanged, now)

    def paused(self, *, now: datetime) -> "ReportSchedule":
        """Raises WrongScheduleState."""
        self._must_be(ScheduleState.ACTIVE)
        paused = attrs.evolve(self, state=ScheduleState.PAUSED, next_due_at=None)
        return paused.telling(ReportSchedulePaused, now)

    def resumed(self, *, next_due_at: datetime, now: datetime) -> "ReportSchedule":
        """Raises WrongScheduleState."""
        self._must_be(ScheduleState.PAUSED)
        resumed = attrs.evolve(self, state=ScheduleState.ACTIVE, next_due_at=next_due_at)
        return resumed.telling(ReportScheduleResumed, now)

    def deleted(self, *, now: datetime) -> "ReportSchedule":
        return self.telling(ReportScheduleDeleted, now)

    @property
    def is_active(self) -> bool:
        return self.state is ScheduleState.ACTIVE

    def is_due(self, now: datetime) -> bool:
        return self.next_due_at is not None and self.next_due_at <= now

    def telling(
        self, fact: type[ReportScheduleEvent], now: datetime, **said: object
    ) -> "ReportSchedule":
        """So that it is known once it is saved."""
        told = fact(schedule_id=self.id, report=self.sending.report, occurred_at=now, **said)
        return attrs.evolve(self, events=(*self.events, told))

    def _must_be(self, state: ScheduleState) -> None:
        if self.state is not state:
            raise WrongScheduleState(self.state.value)


def last_whole(covers: Covered, occasion: datetime, zone: Zone) -> Period:
    """From midnight to midnight, as the clock of the zone shows it."""
    first, until = _days_of(covers, zone.date_at(occasion))
    return Period(_midnight(first, zone), _midnight(until, zone))


def _days_of(covers: Covered, today: date) -> tuple[date, date]:
    """The first, and the one after the last."""
    match covers:
        case Covered.DAY:
            return today - timedelta(days=1), today
        case Covered.WEEK:
            until = today - timedelta(days=today.weekday())
            return until - timedelta(days=7), until
        case Covered.MONTH:
            until = today.replace(day=1)
            return (until - timedelta(days=1)).replace(day=1), until


def _midnight(day: date, zone: Zone) -> datetime:
    return zone.moment(day, time.min)
