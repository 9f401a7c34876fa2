"""JSON shapes of reports that are sent by the clock."""

from collections.abc import Sequence
from typing import Annotated, Any

from msgspec import Meta

from domain.analytics.exports import ExportFormat
from domain.analytics.intervals import Granularity
from domain.analytics.report_runs import ReportRun, ReportRunState
from domain.analytics.report_schedules import (
    Covered,
    ReportSchedule,
    ScheduleState,
    Sending,
)
from domain.kernel.identifiers import MemberId
from entrypoints.http.cron_shapes import CronBody, CronInput
from entrypoints.http.export_shapes import Code
from entrypoints.http.paging import LARGEST_PAGE, Next
from entrypoints.http.report_shapes import Filters, ReportName
from entrypoints.http.shapes import Identifier, Input, Moment, Name, Output, Version

MOST_RECIPIENTS = 20
Recipients = Annotated[
    Sequence[Identifier],
    Meta(min_length=1, max_length=MOST_RECIPIENTS, description="Members, by their ids."),
]

WEEKLY: dict[str, Any] = {
    "name": "Bookings of the week",
    "report": "booking_volume",
    "format": "xlsx",
    "covers": "week",
    "interval": "day",
    "schedule": {"cron": "0 7 * * 1", "zone": "Europe/Lisbon"},
    "recipients": ["01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a10"],
}


class ReportScheduleInput(Input, frozen=True):
    """Of which report what is sent to whom; `covers` is what was over last when it is sent."""

    name: Name
    report: ReportName
    format: ExportFormat
    covers: Covered
    schedule: CronInput
    recipients: Recipients
    interval: Granularity | None = None
    filters: Filters = {}  # noqa: RUF012  (msgspec copies it)

    def sending(self) -> Sending:
        """Raises BadCron."""
        return Sending(
            name=self.name,
            report=self.report,
            format=self.format,
            covers=self.covers,
            schedule=self.schedule.schedule(),
            recipients=tuple(MemberId(each) for each in self.recipients),
            interval=self.interval,
            filters=self.filters,
        )


class ReportScheduleBody(Output, frozen=True):
    """Nothing is sent that `owner_id` might not see at that time. Paused, it is never due."""

    id: Identifier
    version: Version
    name: Name
    report: ReportName
    format: ExportFormat
    covers: Covered
    schedule: CronBody
    recipients: Recipients
    interval: Granularity | None
    filters: Filters
    owner_id: Identifier
    state: ScheduleState
    next_due_at: Moment | None

    @classmethod
    def of(cls, schedule: ReportSchedule) -> "ReportScheduleBody":
        sending = schedule.sending
        return cls(
            id=schedule.id,
            version=schedule.version,
            name=sending.name,
            report=sending.report,
            format=sending.format,
            covers=sending.covers,
            schedule=CronBody.of(sending.schedule),
            recipients=sending.recipients,
            interval=sending.interval,
            filters=sending.filters,
            owner_id=schedule.owner,
            state=schedule.state,
            next_due_at=schedule.next_due_at,
        )


class ReportSchedulePage(Output, frozen=True):
    items: Annotated[Sequence[ReportScheduleBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None


class ReportRunBody(Output, frozen=True):
    """Its file is that of the export. `mailed` is to how many members it was sent, `problem` the
    code of what refused it, if it `failed`.
    """

    id: Identifier
    schedule_id: Identifier
    occasion_at: Moment
    by_hand: bool
    state: ReportRunState
    export_id: Identifier | None
    began_at: Moment
    ended_at: Moment | None
    mailed: Annotated[int, Meta(ge=0, le=MOST_RECIPIENTS, examples=[2])]
    attached: Annotated[bool, Meta(description="Or there was a link in the mail.")]
    problem: Code | None

    @classmethod
    def of(cls, run: ReportRun) -> "ReportRunBody":
        return cls(
            id=run.id,
            schedule_id=run.schedule_id,
            occasion_at=run.occasion_at,
            by_hand=run.by_hand,
            state=run.state,
            export_id=run.export_id,
            began_at=run.began_at,
            ended_at=run.ended_at,
            mailed=run.mailed,
            attached=run.attached,
            problem=run.problem,
        )


class ReportRunPage(Output, frozen=True):
    items: Annotated[Sequence[ReportRunBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None
