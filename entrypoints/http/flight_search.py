"""The route on which flights are looked for."""

from collections.abc import Sequence
from typing import Annotated, Any

from litestar import Request, Response, Router, get
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from msgspec import Meta

from application.bookings.flight_views import FlightSearch, FlightViews, FreeFlight
from application.kernel.pages import BadCursor
from domain.bookings.flight_request import FlightBookingRequest
from domain.bookings.seat_maps import FareClass
from domain.identity.request_limits import Counted
from domain.kernel.actors import Permission
from domain.kernel.periods import BadPeriod, Period
from entrypoints.http.availability import Free
from entrypoints.http.kinds.flight import Airport
from entrypoints.http.operations import Operation
from entrypoints.http.paging import LARGEST_PAGE, Cursors, Limit, Next, PageQuery
from entrypoints.http.reading import Query
from entrypoints.http.resource_shapes import ResourceBody
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import Moment, Output

AnyRequest = Request[Any, Any, Any]

Passengers = Annotated[
    int,
    Meta(
        ge=1,
        le=FlightBookingRequest.LARGEST_PARTY,
        description="Seats that are free in one fare class.",
        examples=[2],
    ),
]


class FlightQuery(PageQuery, frozen=True, kw_only=True):
    origin: Airport
    destination: Airport
    departs_from: Moment
    departs_before: Moment
    fare_class: FareClass | None = None
    passengers: Passengers = 1
    limit: Limit = 20

    def search(self) -> FlightSearch:
        """Raises BadPeriod."""
        window = Period(self.departs_from, self.departs_before)
        return FlightSearch(
            origin=self.origin,
            destination=self.destination,
            departs_from=window.starts_at,
            departs_before=window.ends_at,
            fare_class=self.fare_class,
            passengers=self.passengers,
        )


class FreeSeatsBody(Output, frozen=True):
    fare_class: FareClass
    free: Free


class FreeFlightBody(Output, frozen=True):
    """What looks free is decided only by the hold."""

    resource: ResourceBody
    fare_classes: Annotated[Sequence[FreeSeatsBody], Meta(max_length=3)]

    @classmethod
    def of(cls, found: FreeFlight) -> "FreeFlightBody":
        return cls(
            resource=ResourceBody.of(found.resource),
            fare_classes=[
                FreeSeatsBody(fare_class=fare_class, free=free)
                for fare_class, free in found.free.items()
            ],
        )


class FreeFlightPage(Output, frozen=True):
    items: Annotated[Sequence[FreeFlightBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None


FLIGHTS = Query(FlightQuery)


@get(
    "/v1/flights",
    opt=Operation(
        tag="availability",
        needs=Permission.READ_CATALOGUE,
        counts_as=Counted.SEARCH,
        query=FLIGHTS,
        shows=FreeFlightPage,
        refuses=(BadCursor, BadPeriod),
    ).opt,
)
async def search_flights(
    request: AnyRequest, flight_views: NamedDependency[SkipValidation[FlightViews]]
) -> Response[bytes]:
    """Flights of a route with enough seats free in one fare class, the soonest first."""
    query, cursors = FLIGHTS.of(request), Cursors.of(request)
    page = await flight_views.search(actor_of(request), query.search(), slice=cursors.slice(query))
    items = [FreeFlightBody.of(found) for found in page.items]
    return cursors.respond(FreeFlightPage(items=items, next=cursors.write(page.next)))


router = Router("/", route_handlers=[search_flights])
