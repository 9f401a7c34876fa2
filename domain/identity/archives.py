"""Archives: rows of histories as files, made when the rows were forgotten."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

import attrs

from domain.kernel.events import SecurityEvent
from domain.kernel.histories import History
from domain.kernel.identifiers import ArchiveId
from domain.kernel.refusals import NotFound


@attrs.frozen
class ArchiveNotFound(NotFound):
    code: ClassVar[str] = "archive_not_found"
    archive_id: ArchiveId

    def __str__(self) -> str:
        return f"no archive {self.archive_id}"


@attrs.frozen(kw_only=True)
class ArchiveTaken(SecurityEvent):
    name: ClassVar[str] = "archive_taken"
    archive_id: ArchiveId
    history: str

    @property
    def subject(self) -> UUID:
        return self.archive_id


@attrs.frozen(kw_only=True)
class Archive:
    """A file of so many `rows`, one in each line, all from `before` that moment.

    The `size` of the compressed file is in bytes, and `digest` its SHA-256 in hexadecimal digits.
    """

    id: ArchiveId
    history: History
    before: datetime
    archived_at: datetime
    rows: int
    size: int
    digest: str

    @property
    def filename(self) -> str:
        return f"{self.history.value}-{self.id}.jsonl.gz"

    def taken(self, *, now: datetime) -> ArchiveTaken:
        return ArchiveTaken(archive_id=self.id, history=self.history.value, occurred_at=now)
