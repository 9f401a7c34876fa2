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
