"""Routes of how things stand: what comes next, what is to be given back, month by month."""

from collections.abc import Sequence
from typing import Annotated, Any

from litestar import Request, Response, Router, get
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from msgspec import Meta

from application.analytics.asking import Asking
from application.analytics.booking_views import BookingFigures
from application.analytics.standing_views import PendingRefunds, StandingFigures
from application.kernel.ports import Clock
from domain.analytics.booking_figures import BOOKING_FIGURES
from domain.analytics.intervals import Granularity, TooManyIntervals
from domain.analytics.occupancy import OCCUPANCY_FIGURES
from domain.analytics.revenue import REVENUE_FIGURES
from domain.kernel.actors import Permission
from domain.kernel.periods import BadPeriod, UnknownZone, Zone
from entrypoints.http.answers import answer, respond
from entrypoints.http.booking_figure_shapes import (
    MOST_CURRENCIES,
    FiguresQuery,
    Money,
    money_of,
)
from entrypoints.http.figure_shapes import (
    AskedBody,
    SpannedBody,
    Values,
    Versions,
    asked,
    span_of,
    spanned,
    valued,
    versions,
)
from entrypoints.http.operations import Operation
from entrypoints.http.reading import Query
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import (
    FarOff,
    Identifier,
    Input,
    Kind,
    Moment,
    MoneyBody,
    Name,
    Output,
)

AnyRequest = Request[Any, Any, Any]
Counting = NamedDependency[SkipValidation[BookingFigures]]
Standing = NamedDependency[SkipValidation[StandingFigures]]
Now = NamedDependency[SkipValidation[Clock]]
Asked = NamedDependency[SkipValidation[Asking]]

MOST_ROWS = 5_000
MOST_UPCOMING = 100
ON_SALE = tuple(
    figure
    for figure in OCCUPANCY_FIGURES
    if figure.name in {"capacity", "allowance", "taken", "free", "closed", "fill_rate"}
)


class OfferingRevenueQuery(FiguresQuery, frozen=True, kw_only=True):
    interval: Granularity = Granularity.MONTH


class UpcomingQuery(Input, frozen=True, kw_only=True):
    kind: Kind | None = None
    limit: Annotated[int, Meta(ge=1, le=MOST_UPCOMING, examples=[10])] = 10


class OfferingRevenue(SpannedBody, frozen=True):
    """`figures` are of bookings made then, `money` is what moved then, for whichever booking."""

    resource_id: Identifier
    name: Name
    figures: Values
    money: Money


class OfferingRevenues(AskedBody, frozen=True):
    """`complete` is false where there is more than is shown: ask for less time."""

    interval: Granularity
    complete: bool
    offerings: Annotated[Sequence[OfferingRevenue], Meta(max_length=MOST_ROWS)]


class UpcomingBody(Output, frozen=True):
    """`starts_at` and `ends_at` are as the clock at the place shows them."""

    resource_id: Identifier
    kind: Kind
    name: Name
    starts_at: Moment
    ends_at: Moment
    figures: Values


class UpcomingList(Output, frozen=True):
    items: Annotated[Sequence[UpcomingBody], Meta(max_length=MOST_UPCOMING)]
    definitions: Versions


class PendingRefundsBody(Output, frozen=True):
    """Asked for, approved or on their way; what is kept of them is not in `amount`."""

    refunds: Annotated[int, Meta(ge=1, le=10**9, examples=[3])]
    amount: MoneyBody
    oldest_at: Moment

    @classmethod
    def of(cls, pending: PendingRefunds) -> "PendingRefundsBody":
        return cls(
            refunds=pending.refunds,
            amount=MoneyBody.of(pending.amount),
            oldest_at=pending.oldest_at,
        )


class PendingRefundsList(Output, frozen=True):
    """One for each currency."""

    items: Annotated[Sequence[PendingRefundsBody], Meta(max_length=MOST_CURRENCIES)]


OFFERINGS, UPCOMING = Query(OfferingRevenueQuery), Query(UpcomingQuery)


@get(
    "/v1/analytics/revenue/offerings",
    opt=Operation(
        tag="analytics",
        needs=Permission.READ_PAYMENTS,
        query=OFFERINGS,
        shows=OfferingRevenues,
        refuses=(UnknownZone, BadPeriod, FarOff, TooManyIntervals),
    ).opt,
)
async def list_offering_revenue(
    request: AnyRequest, standing_figures: Standing, booking_figures: Counting, asking: Asked
) -> Response[bytes]:
    """Month by month and offering by offering: bookings, people, gross, refunded, net, average."""
    query, actor = OFFERINGS.of(request), actor_of(request)
    question = query.asked(await span_of(query, actor, asking))
    zone = question.span.zone
    as_of = await booking_figures.as_of(actor)
    found = await standing_figures.by_offering(actor, question, query.interval)
    body = OfferingRevenues(
        interval=query.interval,
        complete=len(found) <= MOST_ROWS,
        offerings=[
            OfferingRevenue(
                **spanned(zone, one.period),
                resource_id=one.resource_id,
                name=one.name,
                figures=valued(BOOKING_FIGURES, one.counted.totals),
                money=money_of(one.revenue),
            )
            for one in found[:MOST_ROWS]
        ],
        **asked(question.span, as_of, (*BOOKING_FIGURES, *REVENUE_FIGURES)),
    )
    return respond(answer(body))


@get(
    "/v1/analytics/bookings/upcoming",
    opt=Operation(
        tag="analytics",
        needs=Permission.READ_BOOKINGS,
        query=UPCOMING,
        shows=UpcomingList,
    ).opt,
)
async def list_upcoming(
    request: AnyRequest, standing_figures: Standing, clock: Now
) -> Response[bytes]:
    """Sessions, excursions and flights that come next, and how many seats are left of each."""
    query = UPCOMING.of(request)
    found = await standing_figures.upcoming(
        actor_of(request), since=clock(), kind=query.kind, limit=query.limit
    )
    items = [
        UpcomingBody(
            resource_id=one.resource_id,
            kind=one.kind,
            name=one.name,
            starts_at=Zone(one.zone).wall_time(one.period.starts_at),
            ends_at=Zone(one.zone).wall_time(one.period.ends_at),
            figures=valued(ON_SALE, one.totals),
        )
        for one in found
    ]
    return respond(answer(UpcomingList(items=items, definitions=versions(ON_SALE))))


@get(
    "/v1/analytics/revenue/pending-refunds",
    opt=Operation(tag="analytics", needs=Permission.READ_PAYMENTS, shows=PendingRefundsList).opt,
)
async def list_pending_refunds(request: AnyRequest, standing_figures: Standing) -> Response[bytes]:
    """How many refunds have been asked for and have not gone yet, and what they come to."""
    found = await standing_figures.pending_refunds(actor_of(request))
    items = [PendingRefundsBody.of(one) for one in found]
    return respond(answer(PendingRefundsList(items=items)))


router = Router("/", route_handlers=[list_offering_revenue, list_upcoming, list_pending_refunds])
