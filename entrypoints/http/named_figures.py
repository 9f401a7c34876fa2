"""The route of one figure, by its name."""

from collections.abc import Sequence
from typing import Annotated, Any

import attrs
from litestar import Request, Response, Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation
from msgspec import Meta

from application.analytics.asking import Asking, Span
from application.analytics.booking_views import BookingFigures, BookingQuestion
from application.analytics.call_views import CallFigureViews, CallQuestion
from application.analytics.definitions import FigureNotFound
from domain.analytics.booking_figures import BOOKING_FIGURES
from domain.analytics.booking_totals import BookingTotals, Counted
from domain.analytics.call_figures import CALL_FIGURES
from domain.analytics.call_totals import CallTotals, total
from domain.analytics.figures import Figure
from domain.analytics.intervals import MOST_INTERVALS, Granularity, TooManyIntervals
from domain.kernel.actors import Actor, Permission
from domain.kernel.periods import BadPeriod, Period, UnknownZone
from entrypoints.http.answers import answer, respond
from entrypoints.http.figure_shapes import (
    AskedBody,
    DefinitionBody,
    SpannedBody,
    SpanQuery,
    Value,
    asked,
    span_of,
    spanned,
)
from entrypoints.http.operations import Operation
from entrypoints.http.reading import Query
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import FarOff

OF_CALLS = {figure.name: figure for figure in CALL_FIGURES}
OF_BOOKINGS = {figure.name: figure for figure in BOOKING_FIGURES}


class NamedQuery(SpanQuery, frozen=True, kw_only=True):
    interval: Granularity = Granularity.DAY


class ValueThen(SpannedBody, frozen=True):
    value: Value


class NamedFigure(AskedBody, frozen=True):
    """Without gaps: null is what cannot be computed, and `before` is of as much time before.

    The whole period is not the mean of its intervals.
    """

    definition: DefinitionBody
    interval: Granularity
    value: Value
    before: ValueThen
    intervals: Annotated[Sequence[ValueThen], Meta(max_length=MOST_INTERVALS)]


@attrs.frozen(kw_only=True)
class Found:
    about: str
    figure: Figure[Any]
    value: Value
    before: Value
    intervals: Sequence[tuple[Period, Value]]


QUERY = Query(NamedQuery)


@get(
    "/v1/analytics/figures/{figure:str}",
    opt=Operation(
        tag="analytics",
        needs=Permission.READ_CALLS,
        or_needs=Permission.READ_BOOKINGS,
        query=QUERY,
        shows=NamedFigure,
        refuses=(FigureNotFound, UnknownZone, BadPeriod, FarOff, TooManyIntervals),
    ).opt,
)
async def read_figure(
    request: Request[Any, Any, Any],
    figure: FromPath[str],
    call_figure_views: NamedDependency[SkipValidation[CallFigureViews]],
    booking_figures: NamedDependency[SkipValidation[BookingFigures]],
    asking: NamedDependency[SkipValidation[Asking]],
) -> Response[bytes]:
    """One figure about calls or bookings by its name: now, before, and interval by interval."""
    query, actor = QUERY.of(request), actor_of(request)
    span = await span_of(query, actor, asking)
    if figure in OF_CALLS:
        actor.must(Permission.READ_CALLS)
        as_of = await call_figure_views.as_of(actor)
        of_calls = CallQuestion(span=span)
        found = await _of_calls(
            call_figure_views, actor, OF_CALLS[figure], of_calls, query.interval
        )
    elif figure in OF_BOOKINGS:
        actor.must(Permission.READ_BOOKINGS)
        as_of = await booking_figures.as_of(actor)
        of_bookings = BookingQuestion(span=span)
        found = await _of_bookings(
            booking_figures, actor, OF_BOOKINGS[figure], of_bookings, query.interval
        )
    else:
        raise FigureNotFound
    body = NamedFigure(
        definition=DefinitionBody.of(found.about, found.figure),
        interval=query.interval,
        value=found.value,
        before=_then(span, span.before.period, found.before),
        intervals=[_then(span, period, value) for period, value in found.intervals],
        **asked(span, as_of, (found.figure,)),
    )
    return respond(answer(body))


async def _of_calls(
    views: CallFigureViews,
    actor: Actor,
    figure: Figure[CallTotals],
    question: CallQuestion,
    interval: Granularity,
) -> Found:
    series = await views.series(actor, question, interval)
    return Found(
        about="calls",
        figure=figure,
        value=figure.of(total(totals for _, totals in series)),
        before=figure.of(await views.totals(actor, question.before)),
        intervals=[(period, figure.of(totals)) for period, totals in series],
    )


async def _of_bookings(
    views: BookingFigures,
    actor: Actor,
    figure: Figure[BookingTotals],
    question: BookingQuestion,
    interval: Granularity,
) -> Found:
    series = await views.timeline(actor, question, interval)
    whole = sum((counted for _, counted in series), Counted())
    return Found(
        about="bookings",
        figure=figure,
        value=figure.of(whole.totals),
        before=figure.of((await views.counted(actor, question.before)).totals),
        intervals=[(period, figure.of(counted.totals)) for period, counted in series],
    )


def _then(span: Span, period: Period, value: Value) -> ValueThen:
    return ValueThen(**spanned(span.zone, period), value=value)


router = Router("/", route_handlers=[read_figure])
