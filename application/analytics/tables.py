"""How rows become bytes, a few at a time."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from typing import ClassVar, Protocol

import attrs

from application.analytics.reports import Cells, Column, Report, ReportQuestion
from domain.analytics.exports import ExportFormat
from domain.kernel.periods import Zone
from domain.kernel.refusals import Conflict


class RowWriter(Protocol):
    """What it writes of some rows depends on no others."""

    def head(self, columns: Sequence[Column]) -> bytes:
        """What is written before the first row."""
        ...

    def lines(self, columns: Sequence[Column], rows: Sequence[Cells], zone: Zone) -> bytes: ...


class RowPacker(Protocol):
    """Rows as bytes and back, on their way to a file."""

    def pack(self, rows: Sequence[Cells]) -> bytes: ...

    def unpack(self, columns: Sequence[Column], part: bytes) -> Sequence[Cells]: ...


@attrs.frozen(kw_only=True)
class Table:
    """What a file is made of, beside so many `rows`."""

    report: Report
    question: ReportQuestion
    as_of: datetime
    rows: int


@attrs.frozen
class TooLongToPrint(Conflict):
    code: ClassVar[str] = "too_long_to_print"
    most: int

    def __str__(self) -> str:
        return f"a report on paper has {self.most} rows at the most: take a table instead"


class FileMaker(Protocol):
    """Needs all rows to make a file, but never has more than a few of them in memory."""

    def __call__(
        self, table: Table, rows: AsyncIterator[Sequence[Cells]], /
    ) -> AsyncIterator[bytes]:
        """In parts of a size to be kept. Raises TooLongToPrint."""
        ...


RowWriters = Mapping[ExportFormat, RowWriter]
FileMakers = Mapping[ExportFormat, FileMaker]

MEDIA_TYPES: Mapping[ExportFormat, str] = {
    ExportFormat.CSV: "text/csv",
    ExportFormat.JSON_LINES: "application/x-ndjson",
    ExportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ExportFormat.PARQUET: "application/vnd.apache.parquet",
    ExportFormat.PDF: "application/pdf",
}
