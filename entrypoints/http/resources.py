"""Routes of the catalogue: resources, what of them is on sale, and what is left."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter, SkipValidation
from msgspec import Meta

from application.inventory.add_resource import AddResource
from application.inventory.open_pools import OpenPools
from application.inventory.views import Availability, FreeResource, InventoryViews
from application.kernel.ports import UseCase
from domain.inventory.pools import CapacityBelowTaken
from domain.inventory.resources import Resource, ResourceNotFound
from domain.kernel.actors import Permission
from domain.kernel.identifiers import ResourceId
from domain.kernel.periods import DateRange, Zone
from entrypoints.http.answers import respond, tagged, worded
from entrypoints.http.etags import IfNoneMatch
from entrypoints.http.idempotency import IdempotencyKey, KeyHeader
from entrypoints.http.kinds.registry import OfferingBody, OfferingInput, offering_body
from entrypoints.http.paging import USUAL_PAGE, Cursor, Cursors, Limit, link
from entrypoints.http.security import actor_who_may, current_actor
from entrypoints.http.shapes import Identifier, Input, Name, Output, ZoneName

AnyRequest = Request[Any, Any, Any]

MOST_UNITS = 100_000
LONGEST_RANGE = 800

Units = Annotated[int, Meta(ge=0, le=MOST_UNITS, examples=[12])]
From = Annotated[date, QueryParameter(name="from", description="The first local date.")]
Until = Annotated[date, QueryParameter(name="until", description="The day after the last one.")]
Kind = Annotated[
    str | None, QueryParameter(name="kind", max_length=32, description="Only this kind.")
]


class ResourceInput(Input):
    name: Name
    zone: ZoneName
    offering: OfferingInput


class ResourceBody(Output):
    id: Identifier
    version: int
    name: str
    zone: str
    offering: OfferingBody

    @classmethod
    def of(cls, resource: Resource) -> "ResourceBody":
        return cls(
            id=resource.id,
            version=resource.version,
            name=resource.name,
            zone=resource.zone.name,
            offering=offering_body(resource.offering),
        )


class ResourcePage(Output):
    items: Sequence[ResourceBody]
    next: str | None


class OpeningInput(Input, rename={"first": "from"}):
    """Dates only for what is sold by the day; sessions are opened whole."""

    capacity: Units
    first: date | None = None
    until: date | None = None
    allowance: Units = 0
    closed: bool = False

    def dates(self) -> DateRange | None:
        """Raises BadDates where one end is missing or they are the wrong way round."""
        if self.first is None and self.until is None:
            return None
        first, until = self.first or self.until, self.until or self.first
        return DateRange.of_at_most(LONGEST_RANGE, first, until)


class OpeningBody(Output):
    pools: int


class AvailabilityBody(Output):
    """`free` units can be held now; what looks free is decided only by the hold."""

    day: date
    capacity: int
    free: int
    fill: Annotated[str, Meta(examples=["almost_full"])]
    next_release_at: datetime | None

    @classmethod
    def of(cls, availability: Availability) -> "AvailabilityBody":
        return cls(
            day=availability.day,
            capacity=availability.capacity,
            free=availability.free,
            fill=availability.fill.value,
            next_release_at=availability.next_release_at,
        )


class AvailabilityList(Output):
    resource_id: Identifier
    days: Sequence[AvailabilityBody]


class FreeResourceBody(Output):
    resource_id: Identifier
    kind: str
    name: str
    first_day: date
    free: int

    @classmethod
    def of(cls, found: FreeResource) -> "FreeResourceBody":
        return cls(
            resource_id=found.resource_id,
            kind=found.kind,
            name=found.name,
            first_day=found.first_day,
            free=found.free,
        )


class FreeResourcePage(Output):
    items: Sequence[FreeResourceBody]
    next: str | None


_added = worded(
    ResourceBody.of,
    status=201,
    version=lambda resource: resource.version,
    location=lambda resource: f"/v1/resources/{resource.id}",
)
_opened = worded(lambda pools: OpeningBody(pools=pools))


@post("/v1/resources", tags=["resources"])
async def add_resource(
    request: AnyRequest,
    data: JSONBody[ResourceInput],
    idempotency_key: KeyHeader,
    add_resource: NamedDependency[SkipValidation[UseCase[AddResource, Resource]]],
) -> Response[ResourceBody]:
    """Add a resource to the catalogue. It is on sale once rates are set and pools are open."""
    key = await IdempotencyKey.of(request, idempotency_key)
    resource = await add_resource(
        AddResource(
            actor=current_actor(request.scope),
            name=data.name,
            zone=Zone(data.zone),
            offering=data.offering.offering(),
            once=key.once(_added),
        )
    )
    return respond(_added(resource), ResourceBody)


@get("/v1/resources", tags=["resources"])
async def list_resources(
    request: AnyRequest,
    inventory_views: NamedDependency[SkipValidation[InventoryViews]],
    kind: Kind = None,
    limit: Limit = USUAL_PAGE,
    cursor: Cursor = None,
) -> Response[ResourcePage]:
    """The catalogue, by name."""
    cursors = Cursors.of(request)
    page = await inventory_views.resources(
        actor_who_may(Permission.READ_CATALOGUE, request.scope),
        kind=kind,
        slice=cursors.slice(limit, cursor),
    )
    next = cursors.write(page.next)
    items = [ResourceBody.of(resource) for resource in page.items]
    return Response(ResourcePage(items=items, next=next), headers=link(request, next))


@get("/v1/resources/{resource_id:uuid}", tags=["resources"], opt={"refuses": [ResourceNotFound]})
async def read_resource(
    request: AnyRequest,
    resource_id: FromPath[UUID],
    inventory_views: NamedDependency[SkipValidation[InventoryViews]],
    if_none_match: IfNoneMatch = None,
) -> Response[ResourceBody]:
    """One resource."""
    resource = await inventory_views.resource(
        actor_who_may(Permission.READ_CATALOGUE, request.scope), ResourceId(resource_id)
    )
    body = ResourceBody.of(resource)
    return tagged(body, version=resource.version, if_none_match=if_none_match)


@post(
    "/v1/resources/{resource_id:uuid}/openings",
    status_code=200,
    tags=["resources"],
    opt={"refuses": [ResourceNotFound, CapacityBelowTaken]},
)
async def open_pools(
    request: AnyRequest,
    resource_id: FromPath[UUID],
    data: JSONBody[OpeningInput],
    idempotency_key: KeyHeader,
    open_pools: NamedDependency[SkipValidation[UseCase[OpenPools, int]]],
) -> Response[OpeningBody]:
    """Put units on sale, or change how many there are; never fewer than are taken."""
    key = await IdempotencyKey.of(request, idempotency_key)
    pools = await open_pools(
        OpenPools(
            actor=current_actor(request.scope),
            resource_id=ResourceId(resource_id),
            dates=data.dates(),
            capacity=data.capacity,
            allowance=data.allowance,
            closed=data.closed,
            once=key.once(_opened),
        )
    )
    return respond(_opened(pools), OpeningBody)


@get(
    "/v1/resources/{resource_id:uuid}/availability",
    tags=["availability"],
    opt={"refuses": [ResourceNotFound]},
)
async def read_availability(
    request: AnyRequest,
    resource_id: FromPath[UUID],
    first: From,
    until: Until,
    inventory_views: NamedDependency[SkipValidation[InventoryViews]],
) -> AvailabilityList:
    """What is left of one resource, by local date."""
    days = await inventory_views.availability(
        actor_who_may(Permission.READ_CATALOGUE, request.scope),
        ResourceId(resource_id),
        dates=DateRange.of_at_most(LONGEST_RANGE, first, until),
    )
    return AvailabilityList(
        resource_id=resource_id, days=[AvailabilityBody.of(day) for day in days]
    )


@get("/v1/availability", tags=["availability"])
async def search_availability(
    request: AnyRequest,
    first: From,
    until: Until,
    inventory_views: NamedDependency[SkipValidation[InventoryViews]],
    kind: Kind = None,
    units: Annotated[
        int, QueryParameter(ge=1, le=MOST_UNITS, description="At least so many free.")
    ] = 1,
    limit: Limit = USUAL_PAGE,
    cursor: Cursor = None,
) -> Response[FreeResourcePage]:
    """Resources with enough free on every day they are sold for within the dates."""
    cursors = Cursors.of(request)
    page = await inventory_views.search(
        actor_who_may(Permission.READ_CATALOGUE, request.scope),
        kind=kind,
        dates=DateRange.of_at_most(LONGEST_RANGE, first, until),
        units=units,
        slice=cursors.slice(limit, cursor),
    )
    next = cursors.write(page.next)
    items = [FreeResourceBody.of(found) for found in page.items]
    return Response(FreeResourcePage(items=items, next=next), headers=link(request, next))


router = Router(
    "/",
    route_handlers=[
        add_resource,
        list_resources,
        read_resource,
        open_pools,
        read_availability,
        search_availability,
    ],
)
