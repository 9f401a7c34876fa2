"""Routes of reports: which there are, and their rows as they are read."""

from collections.abc import AsyncIterator, Sequence
from typing import Annotated, Any

from litestar import Request, Response, Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation
from msgspec import Meta

from application.analytics.asking import Asking
from application.analytics.reports import (
    BadFilter,
    Column,
    ReportNotFound,
    Reports,
    RowPage,
    UnknownFilter,
)
from application.analytics.tables import MEDIA_TYPES, RowWriter, RowWriters
from application.analytics.take_report import TakeReport
from application.kernel.ports import UseCase
from domain.analytics.exports import ExportFormat
from domain.analytics.intervals import TooManyIntervals
from domain.identity.request_limits import Counted
from domain.identity.tiers import NotInTier
from domain.kernel.actors import Permission
from domain.kernel.periods import BadDates, BadPeriod, UnknownZone, Zone
from entrypoints.http.answers import answer, respond
from entrypoints.http.figure_shapes import span_of
from entrypoints.http.operations import Operation
from entrypoints.http.reading import Query
from entrypoints.http.refusals import TEXT
from entrypoints.http.report_shapes import ReportBody, ReportList, ReportQuery
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import FarOff
from entrypoints.http.streaming import Streamed

AnyRequest = Request[Any, Any, Any]
Known = NamedDependency[SkipValidation[Reports]]

CSV = "text/csv"
Table = Annotated[str, Meta(max_length=2**40, pattern=TEXT)]

QUERY = Query(ReportQuery)


@get(
    "/v1/reports",
    opt=Operation(tag="reports", needs=Permission.EXPORT, shows=ReportList).opt,
)
async def list_reports(
    reports: Known, export_formats: NamedDependency[SkipValidation[frozenset[ExportFormat]]]
) -> Response[bytes]:
    """Which reports there are, with what they show and what permissions it takes."""
    items = [ReportBody.of(report, export_formats) for report in reports.every.values()]
    return respond(answer(ReportList(items=items)))


@get(
    "/v1/reports/{report:str}",
    opt=Operation(
        tag="reports",
        needs=Permission.EXPORT,
        query=QUERY,
        shows=Table,
        media_type=CSV,
        counts_as=Counted.EXPORT,
        refuses=(
            ReportNotFound,
            UnknownFilter,
            TooManyIntervals,
            BadFilter,
            BadPeriod,
            BadDates,
            FarOff,
            UnknownZone,
            NotInTier,
        ),
    ).opt,
)
async def take_report(
    request: AnyRequest,
    report: FromPath[str],
    reports: Known,
    asking: NamedDependency[SkipValidation[Asking]],
    take_report: NamedDependency[SkipValidation[UseCase[TakeReport, AsyncIterator[RowPage]]]],
    row_writers: NamedDependency[SkipValidation[RowWriters]],
) -> Streamed:
    """The rows of a report, written as they are read: as CSV, or with `format` as JSON lines.

    A text that a spreadsheet would run has an apostrophe in front of it; it is taken away again
    from whatever begins with apostrophes and one of `= + - @`, a tab or a line break. Who took
    which report is on the audit trail.
    """
    query, actor = QUERY.of(request), actor_of(request)
    question = query.question(await span_of(query, actor, asking))
    format = ExportFormat(query.format)
    pages = await take_report(
        TakeReport(actor=actor, report=report, question=question, format=format)
    )
    writer = row_writers[format]
    name = f'attachment; filename="{report}.{format.value}"'
    return Streamed(
        _written(writer, reports.called(report).columns, pages, question.zone),
        media_type=MEDIA_TYPES[format],
        headers={"Content-Disposition": name},
    )


async def _written(
    writer: RowWriter, columns: Sequence[Column], pages: AsyncIterator[RowPage], zone: Zone
) -> AsyncIterator[bytes]:
    yield writer.head(columns)
    async for page in pages:
        yield writer.lines(columns, page.rows, zone)


router = Router("/", route_handlers=[list_reports, take_report])
