"""What other features may know about exports: who took what out of the house."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

import attrs

from domain.kernel.events import SecurityEvent
from domain.kernel.identifiers import ExportId


@attrs.frozen(kw_only=True)
class ExportEvent(SecurityEvent):
    """What was chosen by is named, but not what was looked for: that may be about people."""

    export_id: ExportId
    report: str
    format: str

    @property
    def subject(self) -> UUID:
        return self.export_id


@attrs.frozen(kw_only=True)
class ReportTaken(ExportEvent):
    """Straight away, row by row: nobody keeps a file of it."""

    name: ClassVar[str] = "report_taken"
    starts_at: datetime
    ends_at: datetime
    filters: tuple[str, ...]


@attrs.frozen(kw_only=True)
class ExportRequested(ExportEvent):
    name: ClassVar[str] = "export_requested"
    starts_at: datetime
    ends_at: datetime
    filters: tuple[str, ...]


@attrs.frozen(kw_only=True)
class ExportCompleted(ExportEvent):
    """`size` is in bytes."""

    name: ClassVar[str] = "export_completed"
    rows: int
    size: int


@attrs.frozen(kw_only=True)
class ExportFailed(ExportEvent):
    """`problem` is the code of what refused it."""

    name: ClassVar[str] = "export_failed"
    problem: str


@attrs.frozen(kw_only=True)
class ExportCancelled(ExportEvent):
    name: ClassVar[str] = "export_cancelled"


@attrs.frozen(kw_only=True)
class ExportDeleted(ExportEvent):
    name: ClassVar[str] = "export_deleted"


@attrs.frozen(kw_only=True)
class ExportTaken(ExportEvent):
    """Its file was fetched; by the program itself, if with a link."""

    name: ClassVar[str] = "export_taken"
