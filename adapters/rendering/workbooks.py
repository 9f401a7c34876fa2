"""XLSX by XlsxWriter, which puts rows on disk as they come."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import attrs
from anyio import to_thread

from adapters.rendering.temporary_files import parts_of
from application.analytics.reports import CellKind, Cells, Column
from application.analytics.tables import FileMaker, Table

ROWS_IN_A_SHEET = 1_048_575  # below the head
# What looks like a formula, a number or an address is text, and stays that.
AS_IT_IS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "default_date_format": "yyyy-mm-dd hh:mm:ss",
}
WIDTHS: Mapping[CellKind, int] = {CellKind.IDENTIFIER: 38, CellKind.MOMENT: 20, CellKind.TEXT: 18}
NUMBERS = frozenset(
    {CellKind.NUMBER, CellKind.MONEY, CellKind.SECONDS, CellKind.SHARE, CellKind.VALUE}
)


@attrs.frozen
class WorkbookMaker(FileMaker):
    """Moments are as the clock of the zone shows them: spreadsheets know no zones."""

    rows_in_a_sheet: int = ROWS_IN_A_SHEET

    async def __call__(
        self, table: Table, rows: AsyncIterator[Sequence[Cells]], /
    ) -> AsyncIterator[bytes]:
        with TemporaryDirectory(prefix="frontdesk-") as folder:
            path = Path(folder) / "report.xlsx"
            book = _Book.open(path, table, self.rows_in_a_sheet)
            async for some in rows:
                await to_thread.run_sync(book.add, some)
            await to_thread.run_sync(book.close)
            async for part in parts_of(path):
                yield part


@attrs.define
class _Book:
    workbook: Any
    table: Table
    rows_in_a_sheet: int
    place: ZoneInfo
    bold: Any
    dates: Any
    sheet: Any = None
    sheets: int = 0
    row: int = 0

    @classmethod
    def open(cls, path: Path, table: Table, rows_in_a_sheet: int) -> "_Book":
        # Only for whoever wants one: no start waits for it.
        import xlsxwriter  # noqa: PLC0415

        workbook = xlsxwriter.Workbook(str(path), {**AS_IT_IS, "tmpdir": str(path.parent)})
        workbook.set_properties({"title": table.report.title, "created": _bare(table.as_of)})
        book = cls(
            workbook=workbook,
            table=table,
            rows_in_a_sheet=rows_in_a_sheet,
            place=ZoneInfo(table.question.zone.name),
            bold=workbook.add_format({"bold": True}),
            dates=workbook.add_format({"num_format": "yyyy-mm-dd"}),
        )
        book.begin_sheet()
        return book

    def begin_sheet(self) -> None:
        self.sheets += 1
        name = self.table.report.title[:25]
        self.sheet = self.workbook.add_worksheet(
            name if self.sheets == 1 else f"{name} {self.sheets}"
        )
        self.sheet.freeze_panes(1, 0)
        for number, column in enumerate(self.table.report.columns):
            self.sheet.set_column(number, number, WIDTHS.get(column.kind, 14))
        for number, column in enumerate(self.table.report.columns):
            self.sheet.write_string(0, number, _head(column, self.table), self.bold)
        self.row = 0

    def add(self, rows: Sequence[Cells]) -> None:
        writers = [self._writer(column.kind) for column in self.table.report.columns]
        for cells in rows:
            if self.row == self.rows_in_a_sheet:
                self.begin_sheet()
                writers = [self._writer(column.kind) for column in self.table.report.columns]
            self.row += 1
            for number, (write, cell) in enumerate(zip(writers, cells, strict=True)):
                if cell is not None:
                    write(self.row, number, cell)

    def close(self) -> None:
        self.workbook.close()

    def _writer(self, kind: CellKind) -> Callable[[int, int, Any], Any]:
        sheet = self.sheet
        if kind in NUMBERS:
            return sheet.write_number  # type: ignore[no-any-return]
        if kind is CellKind.DECIMAL:
            return lambda row, number, cell: sheet.write_number(row, number, float(cell))
        if kind is CellKind.FLAG:
            return sheet.write_boolean  # type: ignore[no-any-return]
        if kind is CellKind.MOMENT:
            return lambda row, number, cell: sheet.write_datetime(
                row, number, cell.astimezone(self.place).replace(tzinfo=None)
            )
        if kind is CellKind.DATE:
            return lambda row, number, cell: sheet.write_datetime(
                row, number, _midnight(cell), self.dates
            )
        return lambda row, number, cell: sheet.write_string(row, number, str(cell))


def _head(column: Column, table: Table) -> str:
    in_zone = column.kind is CellKind.MOMENT
    return f"{column.title} ({table.question.zone.name})" if in_zone else column.title


def _bare(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None, microsecond=0)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001  (spreadsheets know no zones)
