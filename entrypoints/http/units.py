"""Routes of single units: added, taken out of use and listed."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation
from msgspec import Meta

from application.inventory.add_unit import AddUnit
from application.inventory.retire_unit import RetireUnit
from application.inventory.unit_views import UnitViews
from application.inventory.views import InventoryViews
from application.kernel.pages import BadCursor
from application.kernel.ports import UseCase
from domain.inventory.resources import ResourceNotFound
from domain.inventory.units import Unit, UnitNotFound, UnitRetired
from domain.kernel.actors import Permission
from domain.kernel.identifiers import ResourceId, UnitId
from entrypoints.http.answers import respond, tagged, worded
from entrypoints.http.etags import IF_MATCH, IF_NONE_MATCH, seen_version
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Operation
from entrypoints.http.paging import LARGEST_PAGE, Cursors, Next, PageQuery
from entrypoints.http.reading import Body, Query, no_body
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import Identifier, Input, Output, UnitLabel, Version

AnyRequest = Request[Any, Any, Any]


class UnitInput(Input, frozen=True):
    label: UnitLabel


class UnitBody(Output, frozen=True):
    id: Identifier
    version: Version
    resource_id: Identifier | None
    label: UnitLabel
    retired: bool

    @classmethod
    def of(cls, unit: Unit) -> "UnitBody":
        return cls(
            id=unit.id,
            version=unit.version,
            resource_id=unit.resource_id,
            label=unit.label,
            retired=unit.retired,
        )


class UnitPage(Output, frozen=True):
    items: Annotated[Sequence[UnitBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None


UNIT: Body[UnitInput] = Body(UnitInput, examples={"car": {"label": "AB-12-CD"}})
PAGE = Query(PageQuery)

_added = worded(
    UnitBody.of,
    status=201,
    version=lambda unit: unit.version,
    location=lambda unit: f"/v1/units/{unit.id}",
)
_retired = worded(UnitBody.of, version=lambda unit: unit.version)


@post(
    "/v1/resources/{resource_id:uuid}/units",
    opt=Operation(
        tag="units",
        needs=Permission.WRITE_CATALOGUE,
        sends=(IDEMPOTENCY_KEY,),
        body=UNIT,
        shows=UnitBody,
        status=201,
        refuses=(ResourceNotFound,),
        then={"read_unit": {"unit_id": "$response.body#/id"}},
    ).opt,
)
async def add_unit(
    request: AnyRequest,
    resource_id: FromPath[UUID],
    add_unit: NamedDependency[SkipValidation[UseCase[AddUnit, Unit]]],
) -> Response[bytes]:
    """Add a single thing to what a resource offers: one car, one room."""
    data = await UNIT.of(request)
    key = await IdempotencyKey.of(request)
    unit = await add_unit(
        AddUnit(
            actor=actor_of(request),
            resource_id=ResourceId(resource_id),
            label=data.label,
            once=key.once(_added),
        )
    )
    return respond(_added(unit))


@get(
    "/v1/resources/{resource_id:uuid}/units",
    opt=Operation(
        tag="units",
        needs=Permission.READ_CATALOGUE,
        query=PAGE,
        shows=UnitPage,
        refuses=(ResourceNotFound, BadCursor),
    ).opt,
)
async def list_units(
    request: AnyRequest,
    resource_id: FromPath[UUID],
    unit_views: NamedDependency[SkipValidation[UnitViews]],
    inventory_views: NamedDependency[SkipValidation[InventoryViews]],
) -> Response[bytes]:
    """The units of a resource, by label; those out of use as well."""
    query, cursors = PAGE.of(request), Cursors.of(request)
    resource = await inventory_views.resource(actor_of(request), ResourceId(resource_id))
    page = await unit_views.units(actor_of(request), resource.stock, slice=cursors.slice(query))
    items = [UnitBody.of(unit) for unit in page.items]
    return cursors.respond(UnitPage(items=items, next=cursors.write(page.next)))


@get(
    "/v1/units/{unit_id:uuid}",
    opt=Operation(
        tag="units",
        needs=Permission.READ_CATALOGUE,
        sends=(IF_NONE_MATCH,),
        shows=UnitBody,
        refuses=(UnitNotFound,),
    ).opt,
)
async def read_unit(
    request: AnyRequest,
    unit_id: FromPath[UUID],
    unit_views: NamedDependency[SkipValidation[UnitViews]],
) -> Response[bytes]:
    """One unit."""
    unit = await unit_views.unit(actor_of(request), UnitId(unit_id))
    return tagged(request, UnitBody.of(unit), version=unit.version)


@post(
    "/v1/units/{unit_id:uuid}/retire",
    status_code=200,
    opt=Operation(
        tag="units",
        needs=Permission.WRITE_CATALOGUE,
        sends=(IDEMPOTENCY_KEY, IF_MATCH),
        shows=UnitBody,
        refuses=(UnitNotFound, UnitRetired),
    ).opt,
)
async def retire_unit(
    request: AnyRequest,
    unit_id: FromPath[UUID],
    retire_unit: NamedDependency[SkipValidation[UseCase[RetireUnit, Unit]]],
) -> Response[bytes]:
    """Take a unit out of use: nobody else gets it, and whoever has it keeps it."""
    await no_body(request)
    key = await IdempotencyKey.of(request)
    unit = await retire_unit(
        RetireUnit(
            actor=actor_of(request),
            unit_id=UnitId(unit_id),
            version=seen_version(request),
            once=key.once(_retired),
        )
    )
    return respond(_retired(unit))


router = Router(
    "/",
    route_handlers=[
        add_unit,
        list_units,
        read_unit,
        retire_unit,
    ],
)
