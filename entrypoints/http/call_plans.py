"""Routes of planning: agents that the calls of a period needed, and what this week brings."""

from typing import Any

from anyio import to_thread
from litestar import Request, Response, Router, get
from litestar.di import NamedDependency
from litestar.params import SkipValidation

from application.analytics.asking import Asking, Span
from application.analytics.call_views import Axis, CallFigureViews, CallQuestion
from application.analytics.staffing_of_load import handling_seconds, staffed
from application.analytics.weeks import by_week, hour_of_week, monday, weeks_before
from application.kernel.ports import Clock
from domain.analytics.call_totals import total
from domain.analytics.forecast import TooLittleHistory, forecast
from domain.analytics.impatience import BadPatience
from domain.analytics.intervals import Granularity, TooManyIntervals
from domain.analytics.staffing import BadTarget, StaffingTarget
from domain.kernel.actors import Permission
from domain.kernel.periods import BadPeriod, Period, UnknownZone
from entrypoints.http.answers import answer, respond
from entrypoints.http.call_detail_shapes import (
    CallStaffingBody,
    CallStaffingQuery,
    ForecastBody,
    ForecastHourBody,
    ForecastQuery,
    StaffedIntervalBody,
)
from entrypoints.http.call_figure_shapes import question_of
from entrypoints.http.figure_shapes import asked, spanned
from entrypoints.http.operations import Operation
from entrypoints.http.reading import Query
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import FarOff

AnyRequest = Request[Any, Any, Any]
Views = NamedDependency[SkipValidation[CallFigureViews]]
Asked = NamedDependency[SkipValidation[Asking]]

STAFFING = Query(CallStaffingQuery)
FORECAST = Query(ForecastQuery)


@get(
    "/v1/analytics/calls/staffing",
    opt=Operation(
        tag="analytics",
        needs=Permission.READ_CALLS,
        query=STAFFING,
        shows=CallStaffingBody,
        refuses=(BadPeriod, FarOff, UnknownZone, TooManyIntervals, BadTarget, BadPatience),
    ).opt,
)
async def read_staffing_of_calls(
    request: AnyRequest, call_figure_views: Views, asking: Asked
) -> Response[bytes]:
    """How many agents the calls of a period would have needed to meet a target."""
    actor, query = actor_of(request), STAFFING.of(request)
    question = await question_of(query, actor, asking)
    target = StaffingTarget(
        answered=query.answered,
        within_seconds=query.answer_within_seconds,
        occupancy=query.occupancy,
        shrinkage=query.shrinkage,
        patience_seconds=query.patience_seconds,
    )
    as_of = await call_figure_views.as_of(actor)
    series = await call_figure_views.series(actor, question, query.interval)
    planned = await to_thread.run_sync(staffed, series, target)
    body = CallStaffingBody(
        interval=query.interval,
        handling_seconds=handling_seconds(total(totals for _, totals in series)),
        intervals=[StaffedIntervalBody.of(question.span.zone, interval) for interval in planned],
        **asked(question.span, as_of, ()),
    )
    return respond(answer(body))


@get(
    "/v1/analytics/forecast",
    opt=Operation(
        tag="analytics",
        needs=Permission.READ_CALLS,
        query=FORECAST,
        shows=ForecastBody,
        refuses=(UnknownZone, TooLittleHistory),
    ).opt,
)
async def read_forecast(
    request: AnyRequest,
    call_figure_views: Views,
    asking: Asked,
    clock: NamedDependency[SkipValidation[Clock]],
) -> Response[bytes]:
    """The calls to be offered in each hour of this week, and how far off such forecasts were."""
    actor, query, now = actor_of(request), FORECAST.of(request), clock()
    zone = (await asking(actor, since=None, until=None, zone=query.zone)).zone
    question = CallQuestion(span=weeks_before(now, zone, query.weeks), axis=Axis.QUEUE)
    as_of = await call_figure_views.as_of(actor)
    series = await call_figure_views.series(actor, question, Granularity.HOUR)
    weeks = [[totals.offered for totals in week] for week in by_week(series, zone)]
    foretold = forecast(weeks)
    this_week = Span(period=Period(monday(now, zone), monday(now, zone, weeks=1)), zone=zone)
    body = ForecastBody(
        **asked(this_week, as_of, ()),
        weeks=len(weeks),
        error=foretold.error,
        naive_error=foretold.naive_error,
        hours=[
            ForecastHourBody(
                **spanned(zone, hour),
                offered=foretold.expected[hour_of_week(hour.starts_at, zone)],
            )
            for hour in this_week.cut(Granularity.HOUR)
        ],
    )
    return respond(answer(body))


router = Router("/", route_handlers=[read_staffing_of_calls, read_forecast])
