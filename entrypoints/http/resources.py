"""Routes of the catalogue: resources, and what of them is on sale."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation
from msgspec import Meta

from application.inventory.add_resource import AddResource
from application.inventory.open_pools import OpenPools
from application.inventory.views import InventoryViews, Listed
from application.kernel.pages import BadCursor
from application.kernel.ports import UseCase
from domain.inventory.pools import CapacityBelowTaken
from domain.inventory.resource_refusals import UnfitStock
from domain.inventory.resources import Resource, ResourceNotFound, ResourceState
from domain.kernel.actors import Permission
from domain.kernel.identifiers import ResourceId
from domain.kernel.offerings import NotSoldInParts
from domain.kernel.periods import BadDates, DateRange, UnknownZone, Zone
from entrypoints.http.answers import respond, tagged, worded
from entrypoints.http.etags import IF_NONE_MATCH
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.kinds.registry import (
    OFFERING_REFUSALS,
    OPENING_REFUSALS,
    RESOURCE_EXAMPLES,
)
from entrypoints.http.operations import Operation
from entrypoints.http.paging import Cursors, PageQuery
from entrypoints.http.reading import Body, Query
from entrypoints.http.resource_shapes import (
    Category,
    ResourceBody,
    ResourceInput,
    ResourcePage,
)
from entrypoints.http.resource_steps import STEPS
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import (
    LONGEST_RANGE,
    Capacity,
    Input,
    Kind,
    Output,
    Part,
)

AnyRequest = Request[Any, Any, Any]


class ResourceQuery(PageQuery, frozen=True):
    """In every state, but only those that are not deleted, unless a state is named."""

    kind: Kind | None = None
    state: Listed | None = None
    category: Category | None = None


class OpeningInput(Input, frozen=True, rename={"first": "from"}):
    """Dates only for what is sold by the day; sessions are opened whole."""

    capacity: Capacity
    first: date | None = None
    until: date | None = None
    part: Part | None = None
    allowance: Capacity = 0
    closed: bool = False

    def dates(self) -> DateRange | None:
        """Raises BadDates where one end is missing or they are the wrong way round."""
        ends = [day for day in (self.first, self.until) if day is not None]
        return DateRange.of_at_most(LONGEST_RANGE, ends[0], ends[-1]) if ends else None


class OpeningBody(Output, frozen=True):
    pools: Annotated[
        int, Meta(ge=0, le=LONGEST_RANGE, description="How many were opened.", examples=[3])
    ]

    @classmethod
    def of(cls, pools: int) -> "OpeningBody":
        return cls(pools=pools)


RESOURCE: Body[ResourceInput] = Body(ResourceInput, examples=RESOURCE_EXAMPLES)
OPENING: Body[OpeningInput] = Body(
    OpeningInput,
    examples={
        "nights": {"from": "2027-05-01", "until": "2027-06-01", "capacity": 20},
        "session": {"capacity": 12},
    },
)
CATALOGUE = Query(ResourceQuery)

THIS = {"resource_id": "$response.body#/id"}

_added = worded(
    ResourceBody.of,
    status=201,
    version=lambda resource: resource.version,
    location=lambda resource: f"/v1/resources/{resource.id}",
)
_opened = worded(OpeningBody.of)


@post(
    "/v1/resources",
    opt=Operation(
        tag="resources",
        needs=Permission.WRITE_CATALOGUE,
        sends=(IDEMPOTENCY_KEY,),
        body=RESOURCE,
        shows=ResourceBody,
        status=201,
        refuses=(UnknownZone, ResourceNotFound, UnfitStock, *OFFERING_REFUSALS),
        then=dict.fromkeys(
            ("read_resource", "open_pools", "set_sales_terms", "read_availability"), THIS
        ),
    ).opt,
)
async def add_resource(
    request: AnyRequest,
    add_resource: NamedDependency[SkipValidation[UseCase[AddResource, Resource]]],
) -> Response[bytes]:
    """Add a resource to the catalogue.

    It is on sale once rates are set and pools are open.
    """
    data = await RESOURCE.of(request)
    key = await IdempotencyKey.of(request)
    resource = await add_resource(
        AddResource(
            actor=actor_of(request),
            name=data.name,
            zone=Zone(data.zone),
            offering=data.offering.offering(),
            stock_id=data.stock,
            state=ResourceState(data.state),
            description=data.description,
            category=data.category,
            keywords=data.keywords,
            low_at=data.low_at,
            once=key.once(_added),
        )
    )
    return respond(_added(resource))


@get(
    "/v1/resources",
    opt=Operation(
        tag="resources",
        needs=Permission.READ_CATALOGUE,
        query=CATALOGUE,
        shows=ResourcePage,
        refuses=(BadCursor,),
    ).opt,
)
async def list_resources(
    request: AnyRequest, inventory_views: NamedDependency[SkipValidation[InventoryViews]]
) -> Response[bytes]:
    """The catalogue, by name."""
    query, cursors = CATALOGUE.of(request), Cursors.of(request)
    page = await inventory_views.resources(
        actor_of(request),
        kind=query.kind,
        listed=query.state,
        category=query.category,
        slice=cursors.slice(query),
    )
    items = [ResourceBody.of(resource) for resource in page.items]
    return cursors.respond(ResourcePage(items=items, next=cursors.write(page.next)))


@get(
    "/v1/resources/{resource_id:uuid}",
    opt=Operation(
        tag="resources",
        needs=Permission.READ_CATALOGUE,
        sends=(IF_NONE_MATCH,),
        shows=ResourceBody,
        refuses=(ResourceNotFound,),
    ).opt,
)
async def read_resource(
    request: AnyRequest,
    resource_id: FromPath[UUID],
    inventory_views: NamedDependency[SkipValidation[InventoryViews]],
) -> Response[bytes]:
    """One resource."""
    resource = await inventory_views.resource(actor_of(request), ResourceId(resource_id))
    return tagged(request, ResourceBody.of(resource), version=resource.version)


@post(
    "/v1/resources/{resource_id:uuid}/openings",
    status_code=200,
    opt=Operation(
        tag="resources",
        needs=Permission.WRITE_CATALOGUE,
        sends=(IDEMPOTENCY_KEY,),
        body=OPENING,
        shows=OpeningBody,
        refuses=(
            ResourceNotFound,
            CapacityBelowTaken,
            BadDates,
            NotSoldInParts,
            *OPENING_REFUSALS,
        ),
    ).opt,
)
async def open_pools(
    request: AnyRequest,
    resource_id: FromPath[UUID],
    open_pools: NamedDependency[SkipValidation[UseCase[OpenPools, int]]],
) -> Response[bytes]:
    """Put units on sale, or change how many there are; never fewer than are taken."""
    data = await OPENING.of(request)
    key = await IdempotencyKey.of(request)
    pools = await open_pools(
        OpenPools(
            actor=actor_of(request),
            resource_id=ResourceId(resource_id),
            dates=data.dates(),
            part=data.part,
            capacity=data.capacity,
            allowance=data.allowance,
            closed=data.closed,
            once=key.once(_opened),
        )
    )
    return respond(_opened(pools))


router = Router(
    "/",
    route_handlers=[add_resource, list_resources, read_resource, open_pools, *STEPS],
)
