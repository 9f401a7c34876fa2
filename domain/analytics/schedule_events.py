"""What other features may know about reports that are sent by the clock."""

from typing import ClassVar
from uuid import UUID

import attrs

from domain.kernel.events import SecurityEvent
from domain.kernel.identifiers import ExportId, ReportRunId, ReportScheduleId


@attrs.frozen(kw_only=True)
class ReportScheduleEvent(SecurityEvent):
    schedule_id: ReportScheduleId
    report: str

    @property
    def subject(self) -> UUID:
        return self.schedule_id


@attrs.frozen(kw_only=True)
class ReportScheduleAdded(ReportScheduleEvent):
    name: ClassVar[str] = "report_schedule_added"


@attrs.frozen(kw_only=True)
class ReportScheduleChanged(ReportScheduleEvent):
    name: ClassVar[str] = "report_schedule_changed"


@attrs.frozen(kw_only=True)
class ReportSchedulePaused(ReportScheduleEvent):
    name: ClassVar[str] = "report_schedule_paused"


@attrs.frozen(kw_only=True)
class ReportScheduleResumed(ReportScheduleEvent):
    name: ClassVar[str] = "report_schedule_resumed"


@attrs.frozen(kw_only=True)
class ReportScheduleDeleted(ReportScheduleEvent):
    name: ClassVar[str] = "report_schedule_deleted"


@attrs.frozen(kw_only=True)
class ScheduledReportSent(ReportScheduleEvent):
    """To so many members, as a file or with a link to it."""

    name: ClassVar[str] = "scheduled_report_sent"
    run_id: ReportRunId
    export_id: ExportId
    mailed: int
    attached: bool


@attrs.frozen(kw_only=True)
class ScheduledReportFailed(ReportScheduleEvent):
    """`problem` is the code of what refused it."""

    name: ClassVar[str] = "scheduled_report_failed"
    run_id: ReportRunId
    problem: str
