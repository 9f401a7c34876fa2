"""Draw a report."""

from collections.abc import AsyncIterator, Sequence
from enum import Enum

import attrs

from application.analytics.charts import ChartRenderer, Drawing, TooMuchToDraw
from application.analytics.reports import (
    Cells,
    Report,
    ReportQuestion,
    Reports,
    must_be_allowed,
)
from domain.kernel.actors import Actor

ROWS_AT_ONCE = 5_000
MOST_ROWS = 250_000


class PictureFormat(Enum):
    SVG = "svg"
    PNG = "png"


@attrs.frozen(kw_only=True)
class DrawReport:
    actor: Actor
    report: str
    question: ReportQuestion
    format: PictureFormat


@attrs.frozen(kw_only=True)
class DrawReportHandler:
    reports: Reports
    renderer: ChartRenderer
    most_rows: int = MOST_ROWS

    async def __call__(self, command: DrawReport, /) -> bytes:
        """Raises ReportNotFound, NotPermitted, NothingToDraw, TooManyIntervals, TooMuchToDraw,
        UnknownFilter or BadFilter.
        """
        report = self.reports.called(command.report)
        must_be_allowed(command.actor, report)
        drawing = Drawing.of(report, command.question)
        taken = 0
        async for rows in rows_of(report, command.actor, command.question):
            taken += len(rows)
            if taken > self.most_rows:
                raise TooMuchToDraw(self.most_rows)
            drawing.take(rows)
        chart = drawing.drawn()
        if command.format is PictureFormat.SVG:
            return await self.renderer.svg(chart)
        return await self.renderer.png(chart)


async def rows_of(
    report: Report, actor: Actor, question: ReportQuestion
) -> AsyncIterator[Sequence[Cells]]:
    page = await report.page(actor, question, after=None, limit=ROWS_AT_ONCE)
    yield page.rows
    while page.next is not None:
        page = await report.page(actor, question, after=page.next, limit=ROWS_AT_ONCE)
        yield page.rows
