"""Routes of figures about bookings."""

from collections.abc import Sequence
from enum import Enum
from typing import Annotated, Any

from litestar import Request, Response, Router, get
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from msgspec import Meta

from application.analytics.asking import Asking
from application.analytics.booking_views import BookingFigures
from application.kernel.pages import BadCursor
from domain.analytics.booking_figures import BOOKING_FIGURES, VALUE_FIGURES
from domain.analytics.booking_totals import Counted
from domain.analytics.intervals import TooManyIntervals
from domain.kernel.actors import Permission
from domain.kernel.periods import BadPeriod, Period, UnknownZone, Zone
from entrypoints.http.answers import answer, respond
from entrypoints.http.booking_figure_shapes import (
    BookingFiguresQuery,
    BookingInterval,
    BookingOverview,
    BookingTimeline,
    BookingTimelineQuery,
    told_of,
)
from entrypoints.http.figure_shapes import asked, span_of, spanned
from entrypoints.http.operations import Operation
from entrypoints.http.paging import (
    LARGEST_PAGE,
    USUAL_PAGE,
    Cursor,
    Cursors,
    Limit,
    Next,
    PageQuery,
)
from entrypoints.http.reading import Query
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import FarOff, Identifier, Moment, Output

AnyRequest = Request[Any, Any, Any]
Counting = NamedDependency[SkipValidation[BookingFigures]]
Asked = NamedDependency[SkipValidation[Asking]]


class CountingFigure(Enum):
    """Figures that count bookings, which can be shown one by one."""

    BOOKINGS = "bookings"
    PENDING = "pending"
    LET_GO = "let_go"
    CONFIRMED = "confirmed"
    STANDING = "standing"
    CANCELLED = "cancelled"
    CANCELLED_BY_COMPANY = "cancelled_by_company"
    NO_SHOWS = "no_shows"
    ATTENDED = "attended"
    PAID = "paid"
    PAID_AND_ATTENDED = "paid_and_attended"


class BehindQuery(BookingFiguresQuery, frozen=True, kw_only=True):
    figure: CountingFigure = CountingFigure.BOOKINGS
    limit: Limit = USUAL_PAGE
    cursor: Cursor | None = None

    @property
    def page(self) -> PageQuery:
        return PageQuery(limit=self.limit, cursor=self.cursor)


class BookingBehindBody(Output, frozen=True):
    """`at` is by what it was counted."""

    booking_id: Identifier
    at: Moment


class BookingsBehind(Output, frozen=True):
    items: Annotated[Sequence[BookingBehindBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None


OVERVIEW, TIMELINE, BEHIND = (
    Query(BookingFiguresQuery),
    Query(BookingTimelineQuery),
    Query(BehindQuery),
)
REFUSES = (UnknownZone, BadPeriod, FarOff)
FIGURES = (*BOOKING_FIGURES, *VALUE_FIGURES)


@get(
    "/v1/analytics/bookings/overview",
    opt=Operation(
        tag="analytics",
        needs=Permission.READ_BOOKINGS,
        query=OVERVIEW,
        shows=BookingOverview,
        refuses=REFUSES,
    ).opt,
)
async def read_booking_overview(
    request: AnyRequest, booking_figures: Counting, asking: Asked
) -> Response[bytes]:
    """What has become of the bookings of some time, next to those of as much time before."""
    query, actor = OVERVIEW.of(request), actor_of(request)
    question = query.question(await span_of(query, actor, asking))
    as_of = await booking_figures.as_of(actor)
    counted = await booking_figures.counted(actor, question)
    before = await booking_figures.counted(actor, question.before)
    body = BookingOverview(
        by=question.by,
        before=_interval(question.before.span.period, question.span.zone, before),
        **told_of(counted),
        **asked(question.span, as_of, FIGURES),
    )
    return respond(answer(body))


@get(
    "/v1/analytics/bookings/timeline",
    opt=Operation(
        tag="analytics",
        needs=Permission.READ_BOOKINGS,
        query=TIMELINE,
        shows=BookingTimeline,
        refuses=(*REFUSES, TooManyIntervals),
    ).opt,
)
async def read_booking_timeline(
    request: AnyRequest, booking_figures: Counting, asking: Asked
) -> Response[bytes]:
    """The same figures interval by interval, without gaps, on the clock of a zone."""
    query, actor = TIMELINE.of(request), actor_of(request)
    question = query.question(await span_of(query, actor, asking))
    as_of = await booking_figures.as_of(actor)
    found = await booking_figures.timeline(actor, question, query.interval)
    body = BookingTimeline(
        by=question.by,
        interval=query.interval,
        intervals=[_interval(period, question.span.zone, counted) for period, counted in found],
        **told_of(sum((counted for _, counted in found), Counted())),
        **asked(question.span, as_of, FIGURES),
    )
    return respond(answer(body))


@get(
    "/v1/analytics/bookings/behind",
    opt=Operation(
        tag="analytics",
        needs=Permission.READ_BOOKINGS,
        query=BEHIND,
        shows=BookingsBehind,
        refuses=(*REFUSES, BadCursor),
    ).opt,
)
async def list_bookings_behind(
    request: AnyRequest, booking_figures: Counting, asking: Asked
) -> Response[bytes]:
    """Which bookings a figure of the same question counts."""
    query, actor, cursors = BEHIND.of(request), actor_of(request), Cursors.of(request)
    page = await booking_figures.behind(
        actor,
        query.question(await span_of(query, actor, asking)),
        query.figure.value,
        slice=cursors.slice(query.page),
    )
    items = [BookingBehindBody(booking_id=one.id, at=one.at) for one in page.items]
    return cursors.respond(BookingsBehind(items=items, next=cursors.write(page.next)))


def _interval(period: Period, zone: Zone, counted: Counted) -> BookingInterval:
    return BookingInterval(**told_of(counted), **spanned(zone, period))


router = Router(
    "/", route_handlers=[read_booking_overview, read_booking_timeline, list_bookings_behind]
)
