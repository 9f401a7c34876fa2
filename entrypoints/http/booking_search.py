"""The routes of bookings found again, by what is known of them."""

from typing import Annotated, Any

import attrs
import msgspec
from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from msgspec import Meta

from application.bookings.views import BookingFilter, BookingViews
from application.kernel.pages import BadCursor
from domain.bookings.life import BookingState, HoldPurpose
from domain.identity.request_limits import Counted
from domain.kernel.actors import Permission
from domain.kernel.addresses import LONGEST_ADDRESS, address
from domain.kernel.identifiers import ItineraryId, ResourceId
from entrypoints.http.answers import answer, respond
from entrypoints.http.booking_shapes import BookingPage, BookingSummaryBody
from entrypoints.http.operations import Operation
from entrypoints.http.paging import Cursors, PageQuery
from entrypoints.http.reading import Query, Question
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import ONE_LINE, FarOff, Identifier, Moment, sensible

AnyRequest = Request[Any, Any, Any]


class BookingQuery(PageQuery, frozen=True):
    state: BookingState | None = None
    purpose: HoldPurpose | None = None
    itinerary_id: Identifier | None = None
    resource_id: Identifier | None = None
    reference: Annotated[str, Meta(pattern=ONE_LINE, max_length=16)] | None = None
    starts_from: Moment | None = None
    starts_before: Moment | None = None

    def filter(self) -> BookingFilter:
        return BookingFilter(
            state=self.state,
            purpose=self.purpose,
            itinerary_id=None if self.itinerary_id is None else ItineraryId(self.itinerary_id),
            resource_id=None if self.resource_id is None else ResourceId(self.resource_id),
            reference=self.reference and self.reference.strip().upper(),
            starts_from=sensible(self.starts_from),
            starts_before=sensible(self.starts_before),
        )


class BookingSearch(BookingQuery, frozen=True):
    email: Annotated[str, Meta(pattern=ONE_LINE, max_length=LONGEST_ADDRESS)] | None = None


LIST = Query(BookingQuery)
SEARCH: Question[BookingSearch] = Question(
    BookingSearch,
    examples={
        "whose": {"email": "ana@example.com"},
        "which are to come": {"email": "ana@example.com", "state": "confirmed", "limit": 20},
    },
)


@get(
    "/v1/bookings",
    opt=Operation(
        tag="bookings",
        needs=Permission.READ_BOOKINGS,
        counts_as=Counted.SEARCH,
        query=LIST,
        shows=BookingPage,
        refuses=(BadCursor, FarOff),
    ).opt,
)
async def list_bookings(
    request: AnyRequest, booking_views: NamedDependency[SkipValidation[BookingViews]]
) -> Response[bytes]:
    """Bookings that meet every condition, by start."""
    query, cursors = LIST.of(request), Cursors.of(request)
    page = await booking_views.bookings(
        actor_of(request), filter=query.filter(), slice=cursors.slice(query)
    )
    items = [BookingSummaryBody.of(booking) for booking in page.items]
    return cursors.respond(BookingPage(items=items, next=cursors.write(page.next)))


@post(
    "/v1/bookings/search",
    status_code=200,
    opt=Operation(
        tag="bookings",
        needs=Permission.READ_BOOKINGS,
        counts_as=Counted.SEARCH,
        body=SEARCH,
        shows=BookingPage,
        refuses=(BadCursor, FarOff),
    ).opt,
)
async def search_bookings(
    request: AnyRequest, booking_views: NamedDependency[SkipValidation[BookingViews]]
) -> Response[bytes]:
    """The same by whose they are: what is personal stays out of addresses, which proxies log.

    The page that follows is asked for with `next` as `cursor`, and all else as it was.
    """
    search = await SEARCH.of(request)
    cursors = Cursors.among(request, msgspec.to_builtins(search))
    page = await booking_views.bookings(
        actor_of(request),
        filter=attrs.evolve(search.filter(), email=search.email and address(search.email)),
        slice=cursors.slice(search),
    )
    items = [BookingSummaryBody.of(booking) for booking in page.items]
    return respond(answer(BookingPage(items=items, next=cursors.write(page.next))))


router = Router("/", route_handlers=[list_bookings, search_bookings])
