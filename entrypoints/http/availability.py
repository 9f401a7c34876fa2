"""Routes of availability: what is left, of one resource and of all."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation
from msgspec import Meta

from application.inventory.views import Availability, Fill, FreeResource, InventoryViews
from application.kernel.pages import BadCursor
from domain.identity.request_limits import Counted
from domain.inventory.resources import ResourceNotFound
from domain.kernel.actors import Permission
from domain.kernel.identifiers import ResourceId
from domain.kernel.periods import BadDates, DateRange
from entrypoints.http.answers import answer, respond
from entrypoints.http.operations import Operation
from entrypoints.http.paging import LARGEST_PAGE, Cursors, Next, PageQuery
from entrypoints.http.reading import Query
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import (
    LONGEST_RANGE,
    MOST_UNITS,
    Capacity,
    Identifier,
    Input,
    Kind,
    Moment,
    Name,
    Output,
)

AnyRequest = Request[Any, Any, Any]

First = Annotated[date, Meta(description="The first local date.", examples=["2027-05-14"])]
Until = Annotated[date, Meta(description="The day after the last one.", examples=["2027-05-17"])]
Free = Annotated[
    int,
    Meta(
        ge=0,
        le=2 * MOST_UNITS,
        description="Units that can be held now.",
        examples=[4],
    ),
]
AtLeast = Annotated[
    int, Meta(ge=1, le=MOST_UNITS, description="At least so many free.", examples=[1])
]


class DatesQuery(Input, frozen=True, rename={"first": "from"}):
    first: First
    until: Until

    def dates(self) -> DateRange:
        """Raises BadDates."""
        return DateRange.of_at_most(LONGEST_RANGE, self.first, self.until)


class SearchQuery(PageQuery, frozen=True, kw_only=True, rename={"first": "from"}):
    first: First
    until: Until
    kind: Kind | None = None
    units: AtLeast = 1

    def dates(self) -> DateRange:
        """Raises BadDates."""
        return DateRange.of_at_most(LONGEST_RANGE, self.first, self.until)


class AvailabilityBody(Output, frozen=True):
    """What looks free is decided only by the hold."""

    day: date
    capacity: Capacity
    free: Free
    fill: Fill
    next_release_at: Moment | None

    @classmethod
    def of(cls, availability: Availability) -> "AvailabilityBody":
        return cls(
            day=availability.day,
            capacity=availability.capacity,
            free=availability.free,
            fill=availability.fill,
            next_release_at=availability.next_release_at,
        )


class AvailabilityList(Output, frozen=True):
    resource_id: Identifier
    days: Annotated[Sequence[AvailabilityBody], Meta(max_length=LONGEST_RANGE)]


class FreeResourceBody(Output, frozen=True):
    resource_id: Identifier
    kind: Kind
    name: Name
    first_day: date
    free: Free

    @classmethod
    def of(cls, found: FreeResource) -> "FreeResourceBody":
        return cls(
            resource_id=found.resource_id,
            kind=found.kind,
            name=found.name,
            first_day=found.first_day,
            free=found.free,
        )


class FreeResourcePage(Output, frozen=True):
    items: Annotated[Sequence[FreeResourceBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None


DATES = Query(DatesQuery)
SEARCH = Query(SearchQuery)


@get(
    "/v1/resources/{resource_id:uuid}/availability",
    opt=Operation(
        tag="availability",
        needs=Permission.READ_CATALOGUE,
        counts_as=Counted.SEARCH,
        query=DATES,
        shows=AvailabilityList,
        refuses=(ResourceNotFound, BadDates),
    ).opt,
)
async def read_availability(
    request: AnyRequest,
    resource_id: FromPath[UUID],
    inventory_views: NamedDependency[SkipValidation[InventoryViews]],
) -> Response[bytes]:
    """What is left of one resource, by local date."""
    days = await inventory_views.availability(
        actor_of(request), ResourceId(resource_id), dates=DATES.of(request).dates()
    )
    shown = [AvailabilityBody.of(day) for day in days]
    return respond(answer(AvailabilityList(resource_id=resource_id, days=shown)))


@get(
    "/v1/availability",
    opt=Operation(
        tag="availability",
        needs=Permission.READ_CATALOGUE,
        counts_as=Counted.SEARCH,
        query=SEARCH,
        shows=FreeResourcePage,
        refuses=(BadCursor, BadDates),
    ).opt,
)
async def search_availability(
    request: AnyRequest, inventory_views: NamedDependency[SkipValidation[InventoryViews]]
) -> Response[bytes]:
    """Resources with enough free on every day they are sold for within the dates."""
    query, cursors = SEARCH.of(request), Cursors.of(request)
    page = await inventory_views.search(
        actor_of(request),
        kind=query.kind,
        dates=query.dates(),
        units=query.units,
        slice=cursors.slice(query),
    )
    items = [FreeResourceBody.of(found) for found in page.items]
    return cursors.respond(FreeResourcePage(items=items, next=cursors.write(page.next)))


router = Router("/", route_handlers=[read_availability, search_availability])
