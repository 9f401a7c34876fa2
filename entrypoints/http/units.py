"""Routes of single units: added, taken out of use and listed; which ones a booking gets."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation
from msgspec import Meta

from application.bookings.assign_units import AssignUnits
from application.bookings.release_units import ReleaseUnits
from application.inventory.add_unit import AddUnit
from application.inventory.retire_unit import RetireUnit
from application.inventory.unit_views import ClaimedUnit, UnitViews
from application.kernel.pages import BadCursor
from application.kernel.ports import UseCase
from domain.bookings.booking import Booking
from domain.bookings.life import NotConfirmed
from domain.bookings.units import UnitOfAnother, UnitsAreSold, WrongNumberOfUnits
from domain.inventory.resources import ResourceNotFound
from domain.inventory.units import NoUnitFree, Unit, UnitNotFound, UnitRetired, UnitTaken
from domain.kernel.actors import Permission
from domain.kernel.identifiers import HoldId, ResourceId, UnitId
from entrypoints.http.answers import answer, respond, tagged, worded
from entrypoints.http.booking_steps import step, take, take_with
from entrypoints.http.etags import IF_MATCH, IF_NONE_MATCH, seen_version
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Operation
from entrypoints.http.paging import LARGEST_PAGE, Cursors, Next, PageQuery
from entrypoints.http.reading import Body, Query, no_body
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import ONE_LINE, Identifier, Input, Moment, Output, Version

AnyRequest = Request[Any, Any, Any]

MOST_UNITS = 50

Label = Annotated[
    str,
    Meta(
        pattern=ONE_LINE,
        min_length=1,
        max_length=64,
        description="What the desk knows it by.",
        examples=["AB-12-CD"],
    ),
]


class UnitInput(Input, frozen=True):
    label: Label


class UnitBody(Output, frozen=True):
    id: Identifier
    version: Version
    resource_id: Identifier | None
    label: Label
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


class UnitsInput(Input, frozen=True):
    """None for any that are free."""

    unit_ids: Annotated[tuple[Identifier, ...], Meta(max_length=MOST_UNITS)] = ()


class ClaimedUnitBody(Output, frozen=True):
    unit_id: Identifier
    label: Label
    starts_at: Moment
    ends_at: Moment

    @classmethod
    def of(cls, claimed: ClaimedUnit) -> "ClaimedUnitBody":
        return cls(
            unit_id=claimed.unit_id,
            label=claimed.label,
            starts_at=claimed.starts_at,
            ends_at=claimed.ends_at,
        )


class ClaimedUnits(Output, frozen=True):
    items: Annotated[Sequence[ClaimedUnitBody], Meta(max_length=MOST_UNITS)]


UNIT: Body[UnitInput] = Body(UnitInput, examples={"car": {"label": "AB-12-CD"}})
UNITS: Body[UnitsInput] = Body(
    UnitsInput,
    examples={"any": {}, "this": {"unit_ids": ["01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a10"]}},
)
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
        refuses=(BadCursor,),
    ).opt,
)
async def list_units(
    request: AnyRequest,
    resource_id: FromPath[UUID],
    unit_views: NamedDependency[SkipValidation[UnitViews]],
) -> Response[bytes]:
    """The units of a resource, by label; those out of use as well."""
    query, cursors = PAGE.of(request), Cursors.of(request)
    page = await unit_views.units(
        actor_of(request), ResourceId(resource_id), slice=cursors.slice(query)
    )
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


@post(
    "/v1/bookings/{booking_id:uuid}/units",
    status_code=200,
    opt=step(
        NotConfirmed,
        NoUnitFree,
        UnitTaken,
        UnitNotFound,
        UnitOfAnother,
        WrongNumberOfUnits,
        body=UNITS,
    ),
)
async def assign_units(
    request: AnyRequest,
    booking_id: FromPath[UUID],
    assign_units: NamedDependency[SkipValidation[UseCase[AssignUnits, Booking]]],
) -> Response[bytes]:
    """Decide which car or rooms a booking gets: those named, or any that are free.

    What it has had before is given back.
    """
    data = await UNITS.of(request)
    ids = tuple(UnitId(unit_id) for unit_id in data.unit_ids)
    return await take_with(AssignUnits, request, booking_id, assign_units, unit_ids=ids)


@post(
    "/v1/bookings/{booking_id:uuid}/units/release",
    status_code=200,
    opt=step(NotConfirmed, UnitsAreSold),
)
async def release_units(
    request: AnyRequest,
    booking_id: FromPath[UUID],
    release_units: NamedDependency[SkipValidation[UseCase[ReleaseUnits, Booking]]],
) -> Response[bytes]:
    """Leave open again which car or rooms a booking gets."""
    return await take(ReleaseUnits, request, booking_id, release_units)


@get(
    "/v1/bookings/{booking_id:uuid}/units",
    opt=Operation(tag="units", needs=Permission.READ_BOOKINGS, shows=ClaimedUnits).opt,
)
async def list_units_of_booking(
    request: AnyRequest,
    booking_id: FromPath[UUID],
    unit_views: NamedDependency[SkipValidation[UnitViews]],
) -> Response[bytes]:
    """The single units that are kept for a booking, with what they need in between."""
    claimed = await unit_views.claimed(actor_of(request), HoldId(booking_id))
    return respond(answer(ClaimedUnits(items=[ClaimedUnitBody.of(one) for one in claimed])))


router = Router(
    "/",
    route_handlers=[
        add_unit,
        list_units,
        read_unit,
        retire_unit,
        assign_units,
        release_units,
        list_units_of_booking,
    ],
)
