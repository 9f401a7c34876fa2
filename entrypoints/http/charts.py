"""The route of charts: a report as a picture."""

from typing import Annotated, Any

from litestar import Request, Response, Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation
from msgspec import Meta

from application.analytics.asking import Asking
from application.analytics.charts import NothingToDraw, TooMuchToDraw
from application.analytics.draw_report import DrawReport, PictureFormat
from application.analytics.reports import BadFilter, ReportNotFound, UnknownFilter
from application.kernel.ports import UseCase
from domain.analytics.intervals import TooManyIntervals
from domain.identity.request_limits import Counted
from domain.identity.tiers import NotInTier
from domain.kernel.actors import Permission
from domain.kernel.periods import BadDates, BadPeriod, UnknownZone
from entrypoints.http.figure_shapes import span_of
from entrypoints.http.operations import Operation
from entrypoints.http.reading import Query
from entrypoints.http.report_shapes import PeriodQuery
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import FarOff

AnyRequest = Request[Any, Any, Any]

SVG = "image/svg+xml"
MEDIA_TYPES = {PictureFormat.SVG: SVG, PictureFormat.PNG: "image/png"}
# Whoever opens it by itself runs nothing and loads nothing.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
Picture = Annotated[str, Meta(max_length=2**24, extra_json_schema={"format": "binary"})]


class ChartQuery(PeriodQuery, frozen=True, kw_only=True):
    format: PictureFormat = PictureFormat.SVG


QUERY = Query(ChartQuery)


@get(
    "/v1/reports/{report:str}/chart",
    opt=Operation(
        tag="reports",
        needs=Permission.EXPORT,
        query=QUERY,
        shows=Picture,
        media_type=SVG,
        counts_as=Counted.SEARCH,
        refuses=(
            ReportNotFound,
            NothingToDraw,
            TooMuchToDraw,
            UnknownFilter,
            BadFilter,
            TooManyIntervals,
            BadPeriod,
            BadDates,
            FarOff,
            UnknownZone,
            NotInTier,
        ),
    ).opt,
)
async def draw_report(
    request: AnyRequest,
    report: FromPath[str],
    asking: NamedDependency[SkipValidation[Asking]],
    draw_report: NamedDependency[SkipValidation[UseCase[DrawReport, bytes]]],
) -> Response[bytes]:
    """A report as a picture: SVG without scripts, or PNG.

    Times are on the axis as the clock of the zone shows them. What is not known is a gap, and 0 is
    none.
    """
    query, actor = QUERY.of(request), actor_of(request)
    picture = await draw_report(
        DrawReport(
            actor=actor,
            report=report,
            question=query.question(await span_of(query, actor, asking)),
            format=query.format,
        )
    )
    return Response(
        picture,
        media_type=MEDIA_TYPES[query.format],
        headers={"Content-Security-Policy": POLICY},
    )


router = Router("/", route_handlers=[draw_report])
