"""Routes of how bookings are spread: over lead times, over steps and over offerings."""

from collections.abc import Sequence
from typing import Annotated, Any

from litestar import Request, Response, Router, get
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from msgspec import Meta

from application.analytics.asking import Asking
from application.analytics.booking_views import BookingFigures
from application.analytics.day_views import ShapeFigures
from domain.analytics.booking_figures import BOOKING_FIGURES, VALUE_FIGURES
from domain.analytics.booking_totals import BookingBasis
from domain.analytics.figures import share
from domain.analytics.lead_times import BANDS, LEAD_TIME_FIGURES
from domain.kernel.actors import Permission
from domain.kernel.periods import BadPeriod, UnknownZone
from entrypoints.http.answers import answer, respond
from entrypoints.http.booking_figure_shapes import (
    BookingFiguresQuery,
    Money,
    told_of,
)
from entrypoints.http.figure_shapes import (
    AskedBody,
    FigureName,
    Values,
    asked,
    span_of,
    valued,
)
from entrypoints.http.operations import Operation
from entrypoints.http.reading import Query
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import FarOff, Identifier, Kind, Name, Output

AnyRequest = Request[Any, Any, Any]
Counting = NamedDependency[SkipValidation[BookingFigures]]
Shapes = NamedDependency[SkipValidation[ShapeFigures]]
Asked = NamedDependency[SkipValidation[Asking]]

MOST_OFFERINGS = 100
MOST_BOOKINGS = 10**9
LONGEST_LEAD = 10**6
STEPS = ("bookings", "confirmed", "paid", "paid_and_attended")

Bookings = Annotated[int, Meta(ge=0, le=MOST_BOOKINGS, examples=[120])]
LeadDays = Annotated[int, Meta(ge=0, le=LONGEST_LEAD, examples=[7])]
Part = Annotated[
    float,
    Meta(ge=0, le=1, description="Null where there is nothing to divide by.", examples=[0.4]),
]


class LeadTimeBand(Output, frozen=True):
    """Booked so many local dates ahead, both ends included; without `last`, or more."""

    first: LeadDays
    last: LeadDays | None
    bookings: Bookings
    share: Part | None


class LeadTimeBody(AskedBody, frozen=True):
    by: BookingBasis
    bookings: Bookings
    figures: Values
    bands: Annotated[Sequence[LeadTimeBand], Meta(max_length=len(BANDS))]


class FunnelStep(Output, frozen=True):
    """`of_the_first` and `of_the_one_before` are shares of those who came so far."""

    figure: FigureName
    bookings: Bookings
    of_the_first: Part | None
    of_the_one_before: Part | None


class FunnelBody(AskedBody, frozen=True):
    """Each step counts bookings that have taken all the steps before it."""

    by: BookingBasis
    steps: Annotated[Sequence[FunnelStep], Meta(max_length=len(STEPS))]


class OfferingFigures(Output, frozen=True):
    resource_id: Identifier
    name: Name
    kind: Kind
    figures: Values
    money: Money


class TopOfferings(AskedBody, frozen=True):
    by: BookingBasis
    offerings: Annotated[Sequence[OfferingFigures], Meta(max_length=MOST_OFFERINGS)]


class OfferingsQuery(BookingFiguresQuery, frozen=True, kw_only=True):
    limit: Annotated[int, Meta(ge=1, le=MOST_OFFERINGS, examples=[10])] = 10


LEAD_TIME, FUNNEL, OFFERINGS = (
    Query(BookingFiguresQuery),
    Query(BookingFiguresQuery),
    Query(OfferingsQuery),
)
REFUSES = (UnknownZone, BadPeriod, FarOff)


@get(
    "/v1/analytics/bookings/lead-time",
    opt=Operation(
        tag="analytics",
        needs=Permission.READ_BOOKINGS,
        query=LEAD_TIME,
        shows=LeadTimeBody,
        refuses=REFUSES,
    ).opt,
)
async def read_lead_time(
    request: AnyRequest, shape_figures: Shapes, booking_figures: Counting, asking: Asked
) -> Response[bytes]:
    """How long before the first day standing bookings were made: median, quarters, bands."""
    query, actor = LEAD_TIME.of(request), actor_of(request)
    question = query.question(await span_of(query, actor, asking))
    as_of = await booking_figures.as_of(actor)
    times = await shape_figures.lead_times(actor, question)
    bands = [(first, last, times.between(first, last)) for first, last in BANDS]
    body = LeadTimeBody(
        by=question.by,
        bookings=times.bookings,
        figures=valued(LEAD_TIME_FIGURES, times),
        bands=[
            LeadTimeBand(
                first=first, last=last, bookings=number, share=share(number, times.bookings)
            )
            for first, last, number in bands
        ],
        **asked(question.span, as_of, LEAD_TIME_FIGURES),
    )
    return respond(answer(body))


@get(
    "/v1/analytics/bookings/funnel",
    opt=Operation(
        tag="analytics",
        needs=Permission.READ_BOOKINGS,
        query=FUNNEL,
        shows=FunnelBody,
        refuses=REFUSES,
    ).opt,
)
async def read_funnel(
    request: AnyRequest, booking_figures: Counting, asking: Asked
) -> Response[bytes]:
    """How many bookings went how far: made, confirmed, paid, attended."""
    query, actor = FUNNEL.of(request), actor_of(request)
    question = query.question(await span_of(query, actor, asking))
    as_of = await booking_figures.as_of(actor)
    counted = await booking_figures.counted(actor, question)
    numbers = [int(getattr(counted.totals, step)) for step in STEPS]
    body = FunnelBody(
        by=question.by,
        steps=[
            FunnelStep(
                figure=step,
                bookings=number,
                of_the_first=share(number, numbers[0]),
                of_the_one_before=share(number, before),
            )
            for step, number, before in zip(STEPS, numbers, [numbers[0], *numbers], strict=False)
        ],
        **asked(question.span, as_of, [one for one in BOOKING_FIGURES if one.name in STEPS]),
    )
    return respond(answer(body))


@get(
    "/v1/analytics/bookings/offerings",
    opt=Operation(
        tag="analytics",
        needs=Permission.READ_BOOKINGS,
        query=OFFERINGS,
        shows=TopOfferings,
        refuses=REFUSES,
    ).opt,
)
async def list_top_offerings(
    request: AnyRequest, shape_figures: Shapes, booking_figures: Counting, asking: Asked
) -> Response[bytes]:
    """What is booked most, by the people in standing bookings."""
    query, actor = OFFERINGS.of(request), actor_of(request)
    question = query.question(await span_of(query, actor, asking))
    as_of = await booking_figures.as_of(actor)
    found = await shape_figures.offerings(actor, question, limit=query.limit)
    body = TopOfferings(
        by=question.by,
        offerings=[
            OfferingFigures(
                resource_id=one.resource_id,
                name=one.name,
                kind=one.kind,
                **told_of(one.counted),
            )
            for one in found
        ],
        **asked(question.span, as_of, (*BOOKING_FIGURES, *VALUE_FIGURES)),
    )
    return respond(answer(body))


router = Router("/", route_handlers=[read_lead_time, read_funnel, list_top_offerings])
