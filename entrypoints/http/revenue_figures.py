"""Routes of figures about money."""

from typing import Any

from litestar import Request, Response, Router, get
from litestar.di import NamedDependency
from litestar.params import SkipValidation

from application.analytics.asking import Asking
from application.analytics.booking_views import RevenueFigures
from application.kernel.ports import Clock
from domain.analytics.intervals import TooManyIntervals
from domain.analytics.revenue import REVENUE_FIGURES, together
from domain.kernel.actors import Permission
from domain.kernel.periods import BadPeriod, UnknownZone
from entrypoints.http.answers import answer, respond
from entrypoints.http.booking_figure_shapes import (
    FiguresQuery,
    RevenueInterval,
    RevenueOverview,
    RevenueTimeline,
    RevenueTimelineQuery,
    money_of,
)
from entrypoints.http.figure_shapes import asked, span_of, spanned
from entrypoints.http.operations import Operation
from entrypoints.http.reading import Query
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import FarOff

AnyRequest = Request[Any, Any, Any]
Books = NamedDependency[SkipValidation[RevenueFigures]]
Now = NamedDependency[SkipValidation[Clock]]
Asked = NamedDependency[SkipValidation[Asking]]

OVERVIEW, TIMELINE = Query(FiguresQuery), Query(RevenueTimelineQuery)
REFUSES = (UnknownZone, BadPeriod, FarOff)


@get(
    "/v1/analytics/revenue/overview",
    opt=Operation(
        tag="analytics",
        needs=Permission.READ_PAYMENTS,
        query=OVERVIEW,
        shows=RevenueOverview,
        refuses=REFUSES,
    ).opt,
)
async def read_revenue_overview(
    request: AnyRequest, revenue_figures: Books, clock: Now, asking: Asked
) -> Response[bytes]:
    """What was paid, given back and earned, next to as much time before it.

    It is what the books say, to the minor unit; money in two currencies is never added up.
    """
    query, actor, now = OVERVIEW.of(request), actor_of(request), clock()
    question = query.asked(await span_of(query, actor, asking))
    zone, before = question.span.zone, question.before
    body = RevenueOverview(
        money=money_of(await revenue_figures.revenue(actor, question)),
        before=RevenueInterval(
            money=money_of(await revenue_figures.revenue(actor, before)),
            **spanned(zone, before.span.period),
        ),
        **asked(question.span, now, REVENUE_FIGURES),
    )
    return respond(answer(body))


@get(
    "/v1/analytics/revenue/timeline",
    opt=Operation(
        tag="analytics",
        needs=Permission.READ_PAYMENTS,
        query=TIMELINE,
        shows=RevenueTimeline,
        refuses=(*REFUSES, TooManyIntervals),
    ).opt,
)
async def read_revenue_timeline(
    request: AnyRequest, revenue_figures: Books, clock: Now, asking: Asked
) -> Response[bytes]:
    """The same by hour, day, week or month, without gaps, on the clock of a zone."""
    query, actor, now = TIMELINE.of(request), actor_of(request), clock()
    question = query.asked(await span_of(query, actor, asking))
    zone = question.span.zone
    found = await revenue_figures.timeline(actor, question, query.interval)
    body = RevenueTimeline(
        interval=query.interval,
        money=money_of(together(revenue for _, revenue in found)),
        intervals=[
            RevenueInterval(money=money_of(revenue), **spanned(zone, period))
            for period, revenue in found
        ],
        **asked(question.span, now, REVENUE_FIGURES),
    )
    return respond(answer(body))


router = Router("/", route_handlers=[read_revenue_overview, read_revenue_timeline])
