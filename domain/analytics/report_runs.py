"""What came of each occasion on which a report was to be sent."""

from datetime import datetime
from enum import Enum
from typing import ClassVar

import attrs

from domain.kernel.identifiers import ExportId, ReportRunId, ReportScheduleId
from domain.kernel.refusals import Forbidden


class ReportRunState(Enum):
    RUNNING = "running"
    SENT = "sent"
    FAILED = "failed"


@attrs.frozen(kw_only=True)
class ReportRun:
    """One for each occasion. `mailed` is to how many members, also if it failed for others;
    `problem` the code of what refused it.
    """

    id: ReportRunId
    schedule_id: ReportScheduleId
    occasion_at: datetime
    by_hand: bool
    began_at: datetime
    export_id: ExportId | None = None
    state: ReportRunState = ReportRunState.RUNNING
    ended_at: datetime | None = None
    mailed: int = 0
    attached: bool = False
    problem: str | None = None
    version: int = 0

    @property
    def is_over(self) -> bool:
        return self.state is not ReportRunState.RUNNING

    def sent(self, *, mailed: int, attached: bool, now: datetime) -> "ReportRun":
        return attrs.evolve(
            self, state=ReportRunState.SENT, mailed=mailed, attached=attached, ended_at=now
        )

    def failed(
        self, problem: str, *, now: datetime, mailed: int = 0, attached: bool = False
    ) -> "ReportRun":
        return attrs.evolve(
            self,
            state=ReportRunState.FAILED,
            problem=problem,
            mailed=mailed,
            attached=attached,
            ended_at=now,
        )


@attrs.frozen
class OwnerGone(Forbidden):
    """Whoever set it up works here no more, or their key is none any longer."""

    code: ClassVar[str] = "owner_gone"

    def __str__(self) -> str:
        return "whoever had it sent may do so no more"
