"""Reports on paper by typst: a chart and a table."""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import attrs
import typst
from anyio import CapacityLimiter, to_thread

from application.analytics.charts import Chart, ChartRenderer, Drawing
from application.analytics.reports import Cell, CellKind, Cells, Column
from application.analytics.tables import FileMaker, Table, TooLongToPrint

AT_ONCE = 1
PART = 512 * 1024
MOST_ROWS = 5_000
WIDE, NARROW = 9.0, 6.5  # points, of few columns and of many
MANY = 9
BESIDE = 12  # columns that can be read beside each other on one page
DECIMALS = 4
WIDTHS: Mapping[CellKind, int] = {
    CellKind.IDENTIFIER: 12,
    CellKind.MOMENT: 11,
    CellKind.TEXT: 10,
}
NUMBERS = frozenset(
    {
        CellKind.NUMBER,
        CellKind.DECIMAL,
        CellKind.MONEY,
        CellKind.SECONDS,
        CellKind.SHARE,
        CellKind.VALUE,
    }
)


@attrs.frozen(kw_only=True)
class ReportPrinter(FileMaker):
    """In a thread: typst lets others have the interpreter meanwhile."""

    charts: ChartRenderer
    fonts: Path | None = None
    most_rows: int = MOST_ROWS
    limiter: CapacityLimiter = attrs.field(factory=partial(CapacityLimiter, AT_ONCE), repr=False)

    async def __call__(
        self, table: Table, rows: AsyncIterator[Sequence[Cells]], /
    ) -> AsyncIterator[bytes]:
        if table.rows > self.most_rows:
            raise TooLongToPrint(self.most_rows)
        drawing = None if table.report.chart is None else Drawing.of(table.report, table.question)
        shown = list[Sequence[str]]()
        async for some in rows:
            shown += [_worded(cells, table) for cells in some]
            if drawing is not None:
                drawing.take(some)
        chart = drawing.drawn() if drawing is not None and shown else None
        picture = None if chart is None else (await self.charts.svg(chart)).decode()
        data = json.dumps(_said(table, shown, chart, picture))
        printed = await to_thread.run_sync(self._printed, data, limiter=self.limiter)
        for start in range(0, len(printed), PART):
            yield printed[start : start + PART]

    def _printed(self, data: str) -> bytes:
        folder = Path(str(files("adapters.rendering") / "templates"))
        printed = typst.compile(
            folder / "report.typ",
            root=folder,
            font_paths=[] if self.fonts is None else [self.fonts],
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"data": data},
        )
        if not isinstance(printed, bytes):
            raise TypeError(type(printed))
        return printed


def _said(
    table: Table, shown: Sequence[Sequence[str]], chart: Chart | None, picture: str | None
) -> Mapping[str, Any]:
    columns, question = table.report.columns, table.question
    zone = ZoneInfo(question.zone.name)
    about = [
        ("From", _moment(question.period.starts_at, zone)),
        ("Until", _moment(question.period.ends_at, zone)),
        ("Clock", question.zone.name),
        ("As of", _moment(table.as_of, zone)),
        ("Rows", str(table.rows)),
        *(
            (name.replace("_", " ").capitalize(), value)
            for name, value in question.filters.items()
        ),
    ]
    return {
        "title": table.report.title,
        "about": about,
        "chart": picture,
        "chart_says": "" if chart is None else chart.description,
        "tables": [_of_columns(places, columns, shown) for places in beside(len(columns))],
    }


def beside(columns: int) -> Sequence[Sequence[int]]:
    """Which columns go into each table: as few of these as can be read, each with the first."""
    each = BESIDE - 1
    return [
        [0, *range(first, min(first + each, columns))] for first in range(1, max(columns, 2), each)
    ]


def _of_columns(
    places: Sequence[int], columns: Sequence[Column], shown: Sequence[Sequence[str]]
) -> Mapping[str, Any]:
    kinds = [columns[place].kind for place in places]
    return {
        "head": [columns[place].title for place in places],
        "widths": [WIDTHS.get(kind, 6) for kind in kinds],
        "numbers": [kind in NUMBERS for kind in kinds],
        "rows": [[row[place] for place in places] for row in shown],
        "size": NARROW if len(places) > MANY else WIDE,
    }


def _worded(cells: Cells, table: Table) -> Sequence[str]:
    zone = ZoneInfo(table.question.zone.name)
    return [worded(cell, zone) for cell in cells]


def worded(cell: Cell, zone: ZoneInfo) -> str:
    if cell is None:
        return "–"  # noqa: RUF001  (a dash is what is not known, and 0 is 0)
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        # Nothing is added to what is rounded to nothing: no sign is left of it either.
        rounded = round(cell, DECIMALS) + 0.0
        return f"{rounded:.{DECIMALS}f}".rstrip("0").rstrip(".")
    if isinstance(cell, datetime):
        return _moment(cell, zone)
    return str(cell)


def _moment(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M:%S}"
