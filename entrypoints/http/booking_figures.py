"""Routes of figures about bookings."""

from collections.abc import Sequence
from enum import Enum
from typing import Annotated, Any

from litestar import Request, Response, Router, get
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from msgspec import Meta

from application.analytics.asking import Asking
from application.analytics.booking_views import BookingFigures, IntervalTooShort
from application.kernel.pages import BadCursor
from domain.analytics.booking_figures import BOOKING_FIGURES, VALUE_FIGURES
from domain.kernel.actors import Permission
from domain.kernel.periods import BadPeriod, UnknownZone
from entrypoints.http.answers import answer, respond
from entrypoints.http.booking_figure_shapes import (
    BookingFiguresQuery,
    BookingInterval,
    BookingOverview,
    BookingTimeline,
    BookingTimelineQuery,
    FigureSet,
    shown_in,
    versions,
)
from entrypoints.http.figure_shapes import span_of
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
from entrypoints.http.shapes import FarOff, Identifier, Output

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


class BookingsBehind(Output, frozen=True):
    items: Annotated[Sequence[Identifier], Meta(max_length=LARGEST_PAGE)]
    next: Next | None


OVERVIEW, TIMELINE, BEHIND = (
    Query(BookingFiguresQuery),
    Query(BookingTimelineQuery),
    Query(BehindQuery),
)
REFUSES = (UnknownZone, BadPeriod, FarOff)
DEFINITIONS = {**versions(BOOKING_FIGURES), **versions(VALUE_FIGURES)}


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
    body = BookingOverview(
        **shown_in(question.span.zone, question.span.period),
        zone=question.span.zone.name,
        by=question.by,
        as_of=await booking_figures.as_of(actor),
        now=FigureSet.of(await booking_figures.counted(actor, question)),
        before=FigureSet.of(await booking_figures.counted(actor, question.before)),
        definitions=DEFINITIONS,
    )
    return respond(answer(body))


@get(
    "/v1/analytics/bookings/timeline",
    opt=Operation(
        tag="analytics",
        needs=Permission.READ_BOOKINGS,
        query=TIMELINE,
        shows=BookingTimeline,
        refuses=(*REFUSES, IntervalTooShort),
    ).opt,
)
async def read_booking_timeline(
    request: AnyRequest, booking_figures: Counting, asking: Asked
) -> Response[bytes]:
    """The same figures interval by interval, without gaps, on the clock of a zone."""
    query, actor = TIMELINE.of(request), actor_of(request)
    question = query.question(await span_of(query, actor, asking))
    zone = question.span.zone
    as_of = await booking_figures.as_of(actor)
    found = await booking_figures.timeline(actor, question, query.interval)
    items = []
    for period, counted in found:
        told = FigureSet.of(counted)
        shown = shown_in(zone, period)
        items.append(BookingInterval(**shown, figures=told.figures, money=told.money))
    body = BookingTimeline(
        zone=zone.name,
        by=question.by,
        interval=query.interval,
        as_of=as_of,
        items=items,
        definitions=DEFINITIONS,
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
    return cursors.respond(BookingsBehind(items=page.items, next=cursors.write(page.next)))


router = Router(
    "/", route_handlers=[read_booking_overview, read_booking_timeline, list_bookings_behind]
)
