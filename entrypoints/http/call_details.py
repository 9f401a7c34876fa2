"""Routes of how calls went: lengths, quality, sentiment, escalations, and the hours of a week."""

from collections import defaultdict
from typing import Any

from litestar import Request, Response, Router, get
from litestar.di import NamedDependency
from litestar.params import SkipValidation

from application.analytics.asking import Asking
from application.analytics.call_views import CallFigureViews, CallQuestion
from application.analytics.weeks import HOURS, hour_of_week
from application.calls.people_views import EscalationViews
from domain.analytics.call_figures import CALL_FIGURES, QUALITY, SENTIMENT, VOLUME, CallFigure
from domain.analytics.call_totals import CallTotals, total
from domain.analytics.figures import share
from domain.analytics.intervals import Granularity, TooManyIntervals
from domain.analytics.lengths import Lengths
from domain.kernel.actors import Actor, Permission
from domain.kernel.hours import Weekday
from domain.kernel.periods import BadPeriod, UnknownZone
from entrypoints.http.answers import answer, respond
from entrypoints.http.call_detail_shapes import (
    TOP_ISSUES,
    CallEscalationsBody,
    CallLengthsBody,
    CallPeaksBody,
    CallQualityFiguresBody,
    IssueCountBody,
    PeakBody,
    lengths_body,
)
from entrypoints.http.call_figure_shapes import (
    CallLengthsQuery,
    CallSeriesBody,
    CallSeriesQuery,
    CallsQuery,
    interval_body,
    question_of,
)
from entrypoints.http.figure_shapes import asked, valued
from entrypoints.http.operations import Operation
from entrypoints.http.reading import Query
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import FarOff

AnyRequest = Request[Any, Any, Any]
Views = NamedDependency[SkipValidation[CallFigureViews]]
Asked = NamedDependency[SkipValidation[Asking]]

LENGTHS = Query(CallLengthsQuery)
SERIES = Query(CallSeriesQuery)
CALLS = Query(CallsQuery)
BAD = (BadPeriod, FarOff, UnknownZone)
COUNTED_HERE = ("calls", "offered")
ESCALATED = tuple(
    figure for figure in VOLUME if figure.name in ("calls", "escalated", "escalation_rate")
)


def _asking_for(
    shows: Any,
    query: Any,
    *more: Any,
    or_needs: Permission | None = Permission.HANDLE_OWN_CALLS,
) -> dict[str, Operation]:
    return Operation(
        tag="analytics",
        needs=Permission.READ_CALLS,
        or_needs=or_needs,
        query=query,
        shows=shows,
        refuses=(*BAD, *more),
    ).opt


@get("/v1/analytics/calls/durations", opt=_asking_for(CallLengthsBody, LENGTHS))
async def read_call_durations(
    request: AnyRequest, call_figure_views: Views, asking: Asked
) -> Response[bytes]:
    """How long calls, or parts of them, lasted: median, percentiles and distribution."""
    actor, query = actor_of(request), LENGTHS.of(request)
    question = await question_of(query, actor, asking)
    as_of = await call_figure_views.as_of(actor)
    lengths = Lengths(await call_figure_views.lengths(actor, question, query.part))
    members: Any = {**asked(question.span, as_of, ()), **lengths_body(lengths)}
    return respond(answer(CallLengthsBody(part=query.part, **members)))


@get(
    "/v1/analytics/calls/quality",
    opt=_asking_for(CallQualityFiguresBody, SERIES, TooManyIntervals, or_needs=None),
)
async def read_quality_of_calls(
    request: AnyRequest, call_figure_views: Views, asking: Asked
) -> Response[bytes]:
    """Scores and their parts, by band and by interval, and what was found most often."""
    actor, query = actor_of(request), SERIES.of(request)
    question = await question_of(query, actor, asking)
    members, totals = await _series(call_figure_views, actor, question, query.interval, QUALITY)
    issues = await call_figure_views.issues(actor, question)
    ranked = sorted(issues.items(), key=lambda one: (-one[1], one[0]))[:TOP_ISSUES]
    body = CallQualityFiguresBody(
        issues=[
            IssueCountBody(kind=kind, calls=number, share=share(number, totals.compliance_known))
            for kind, number in ranked
        ],
        **members,
    )
    return respond(answer(body))


@get("/v1/analytics/calls/sentiment", opt=_asking_for(CallSeriesBody, SERIES, TooManyIntervals))
async def read_sentiment_of_calls(
    request: AnyRequest, call_figure_views: Views, asking: Asked
) -> Response[bytes]:
    """How customers sounded, by interval, and how far that goes with scores and escalations."""
    actor, query = actor_of(request), SERIES.of(request)
    question = await question_of(query, actor, asking)
    members, _ = await _series(call_figure_views, actor, question, query.interval, SENTIMENT)
    return respond(answer(CallSeriesBody(**members)))


@get(
    "/v1/analytics/calls/escalations",
    opt=_asking_for(CallEscalationsBody, SERIES, TooManyIntervals, or_needs=None),
)
async def read_escalations_of_calls(
    request: AnyRequest,
    call_figure_views: Views,
    escalation_views: NamedDependency[SkipValidation[EscalationViews]],
    asking: Asked,
) -> Response[bytes]:
    """How many calls were escalated by interval; why, and how long it took, of all calls begun in
    the period."""
    actor, query = actor_of(request), SERIES.of(request)
    question = await question_of(query, actor, asking)
    period = question.span.period
    members, _ = await _series(call_figure_views, actor, question, query.interval, ESCALATED)
    told = await escalation_views.figures(actor, since=period.starts_at, until=period.ends_at)
    body = CallEscalationsBody(
        escalations=told.escalations,
        by_trigger=told.by_trigger,
        by_state=told.by_state,
        seconds_to_resolve=told.seconds_to_resolve,
        **members,
    )
    return respond(answer(body))


@get("/v1/analytics/calls/peaks", opt=_asking_for(CallPeaksBody, CALLS, TooManyIntervals))
async def read_peaks_of_calls(
    request: AnyRequest, call_figure_views: Views, asking: Asked
) -> Response[bytes]:
    """In which hours of the week most calls come."""
    actor = actor_of(request)
    question = await question_of(CALLS.of(request), actor, asking)
    as_of = await call_figure_views.as_of(actor)
    series = await call_figure_views.series(actor, question, Granularity.HOUR)
    hours: dict[int, list[CallTotals]] = defaultdict(list)
    for period, totals in series:
        if totals.calls:
            hours[hour_of_week(period.starts_at, question.span.zone)].append(totals)
    summed = ((hour, total(of_hour)) for hour, of_hour in hours.items())
    ranked = sorted(summed, key=lambda one: (-one[1].calls, one[0]))
    body = CallPeaksBody(
        hours=[
            PeakBody(
                weekday=tuple(Weekday)[hour // HOURS],
                hour=hour % HOURS,
                calls=totals.calls,
                offered=totals.offered,
            )
            for hour, totals in ranked
        ],
        **asked(question.span, as_of, [one for one in CALL_FIGURES if one.name in COUNTED_HERE]),
    )
    return respond(answer(body))


async def _series(
    views: CallFigureViews,
    actor: Actor,
    question: CallQuestion,
    interval: Granularity,
    figures: tuple[CallFigure, ...],
) -> tuple[dict[str, Any], CallTotals]:
    as_of = await views.as_of(actor)
    series = await views.series(actor, question, interval)
    totals = total(one for _, one in series)
    members = {
        "interval": interval,
        "figures": valued(figures, totals),
        "intervals": [
            interval_body(question.span.zone, period, figures, one) for period, one in series
        ],
        **asked(question.span, as_of, figures),
    }
    return members, totals


router = Router(
    "/",
    route_handlers=[
        read_call_durations,
        read_quality_of_calls,
        read_sentiment_of_calls,
        read_escalations_of_calls,
        read_peaks_of_calls,
    ],
)
