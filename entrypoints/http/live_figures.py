"""The route of what goes on right now, and of today so far."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from litestar import Request, Response, Router, get
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from msgspec import Meta

from application.analytics.asking import Asking
from application.analytics.booking_views import BookingFigures, BookingQuestion, RevenueFigures
from application.analytics.call_views import CallFigureViews, CallQuestion
from application.analytics.live_views import LiveFigures
from application.analytics.standing_views import StandingFigures
from application.kernel.ports import Clock
from domain.analytics.booking_figures import BOOKING_FIGURES, VALUE_FIGURES
from domain.analytics.call_figures import CALL_FIGURES
from domain.analytics.revenue import REVENUE_FIGURES
from domain.calls.agents import AgentPresence
from domain.calls.status import CallStatus
from domain.kernel.actors import Permission
from domain.kernel.periods import UnknownZone
from entrypoints.http.answers import answer, respond
from entrypoints.http.booking_figure_shapes import MOST_CURRENCIES, Money, money_of, told_of
from entrypoints.http.figure_shapes import AskedBody, DeskZone, Values, asked, valued
from entrypoints.http.operations import Operation
from entrypoints.http.reading import Query
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import Input, Moment, Output
from entrypoints.http.standing_figures import PendingRefundsBody

MOST_STATES = 20

OPEN = [status.value for status in CallStatus if not status.is_over]

Number = Annotated[int, Meta(ge=0, le=10**9, examples=[3])]
Numbers = Annotated[
    Mapping[Annotated[str, Meta(pattern="^[a-z_]+$", max_length=20)], Number],
    Meta(max_length=MOST_STATES, description="By name; all of them, with zeros."),
]


class TodayQuery(Input, frozen=True, kw_only=True):
    zone: DeskZone | None = None


class CallersNow(Output, frozen=True):
    """`in_line` are callers who wait for a person, the first of them `waiting_since`.

    `figures` are of calls that began today.
    """

    open: Numbers
    in_line: Number
    waiting_since: Moment | None
    figures: Values


class BookingsNow(Output, frozen=True):
    """`held` are those that hold units now; `figures` and `money` of bookings made today."""

    held: Number
    figures: Values
    money: Money


class MoneyNow(Output, frozen=True):
    """`money` is what the books say of today."""

    money: Money
    pending_refunds: Annotated[Sequence[PendingRefundsBody], Meta(max_length=MOST_CURRENCIES)]


class TodayBody(AskedBody, frozen=True):
    """The day that goes on, from midnight to midnight in the zone.

    What is open, who is present, and what is held is as it was `at` this moment; figures of today
    count what had happened until `as_of`. `bookings` is null for whoever may not read bookings,
    `revenue` for whoever may not read payments.
    """

    at: Moment
    agents: Numbers
    calls: CallersNow
    bookings: BookingsNow | None
    revenue: MoneyNow | None


QUERY = Query(TodayQuery)


@get(
    "/v1/analytics/today",
    opt=Operation(
        tag="analytics",
        needs=Permission.READ_CALLS,
        query=QUERY,
        shows=TodayBody,
        refuses=(UnknownZone,),
    ).opt,
)
async def read_today(
    request: Request[Any, Any, Any],
    live_figures: NamedDependency[SkipValidation[LiveFigures]],
    call_figure_views: NamedDependency[SkipValidation[CallFigureViews]],
    booking_figures: NamedDependency[SkipValidation[BookingFigures]],
    revenue_figures: NamedDependency[SkipValidation[RevenueFigures]],
    standing_figures: NamedDependency[SkipValidation[StandingFigures]],
    asking: NamedDependency[SkipValidation[Asking]],
    clock: NamedDependency[SkipValidation[Clock]],
) -> Response[bytes]:
    """What goes on right now, and today so far: callers, agents, bookings and money at once."""
    actor, now = actor_of(request), clock()
    span = await asking.day_of(actor, now=now, zone=QUERY.of(request).zone)
    as_of = await call_figure_views.as_of(actor)
    totals = await call_figure_views.totals(actor, CallQuestion(span=span))
    going_on = await live_figures.going_on(actor)
    of_bookings = BookingQuestion(span=span)
    bookings = revenue = None
    if Permission.READ_BOOKINGS in actor.permissions:
        as_of = min(as_of, await booking_figures.as_of(actor))
        counted = await booking_figures.counted(actor, of_bookings)
        bookings = BookingsNow(held=going_on.held, **told_of(counted))
    if Permission.READ_PAYMENTS in actor.permissions:
        revenue = MoneyNow(
            money=money_of(await revenue_figures.revenue(actor, of_bookings)),
            pending_refunds=[
                PendingRefundsBody.of(one) for one in await standing_figures.pending_refunds(actor)
            ],
        )
    body = TodayBody(
        at=now,
        agents={one.value: going_on.agents.get(one.value, 0) for one in AgentPresence},
        calls=CallersNow(
            open={
                one.value: going_on.calls.get(one.value, 0)
                for one in CallStatus
                if not one.is_over
            },
            in_line=going_on.in_line,
            waiting_since=going_on.since,
            figures=valued(CALL_FIGURES, totals),
        ),
        bookings=bookings,
        revenue=revenue,
        **asked(span, as_of, (*CALL_FIGURES, *BOOKING_FIGURES, *VALUE_FIGURES, *REVENUE_FIGURES)),
    )
    return respond(answer(body))


router = Router("/", route_handlers=[read_today])
