"""Routes of staffing: at which venues and with which trainers a session is held."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, Router, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation
from msgspec import Meta

from application.inventory.asset_views import AssetViews
from application.inventory.staff_session import StaffSession
from application.inventory.views import InventoryViews
from application.kernel.ports import UseCase
from domain.inventory.assets import Asset, AssetDeletedAlready, AssetNotFound
from domain.inventory.resources import NeverTakesPlace, Resource, ResourceNotFound
from domain.inventory.staffing import StaffingClash
from domain.inventory.units import UnitNotFound
from domain.kernel.actors import Permission
from domain.kernel.identifiers import ResourceId, UnitId
from entrypoints.http.answers import answer, respond
from entrypoints.http.etags import IF_MATCH, seen_version
from entrypoints.http.operations import Operation
from entrypoints.http.reading import Body
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import Identifier, Input, Name, Output
from entrypoints.http.trainer_shapes import Words

AnyRequest = Request[Any, Any, Any]

MOST = 50

Ids = Annotated[tuple[Identifier, ...], Meta(max_length=MOST)]


class StaffingInput(Input, frozen=True):
    """All that the session is held with; `qualifications` are those each trainer has to have."""

    venue_ids: Ids = ()
    trainer_ids: Ids = ()
    qualifications: Words = ()


class StaffBody(Output, frozen=True):
    id: Identifier
    kind: Annotated[str, Meta(pattern="^(venue|trainer)$", max_length=16, examples=["venue"])]
    name: Name

    @classmethod
    def of(cls, asset: Asset) -> "StaffBody":
        return cls(id=asset.id, kind=asset.details.kind, name=asset.details.name)


class StaffingBody(Output, frozen=True):
    items: Annotated[Sequence[StaffBody], Meta(max_length=2 * MOST)]

    @classmethod
    def of(cls, assets: Sequence[Asset]) -> "StaffingBody":
        return cls(items=[StaffBody.of(asset) for asset in assets])


SOME_ID = "01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a10"
STAFFING: Body[StaffingInput] = Body(
    StaffingInput,
    examples={
        "both": {
            "venue_ids": [SOME_ID],
            "trainer_ids": [SOME_ID],
            "qualifications": ["First aid at work"],
        },
        "nobody": {},
    },
)


@put(
    "/v1/resources/{resource_id:uuid}/staffing",
    opt=Operation(
        tag="staffing",
        needs=Permission.WRITE_CATALOGUE,
        sends=(IF_MATCH,),
        body=STAFFING,
        shows=StaffingBody,
        refuses=(
            ResourceNotFound,
            AssetNotFound,
            AssetDeletedAlready,
            UnitNotFound,
            StaffingClash,
            NeverTakesPlace,
        ),
    ).opt,
)
async def staff_session(
    request: AnyRequest,
    resource_id: FromPath[UUID],
    staff_session: NamedDependency[SkipValidation[UseCase[StaffSession, Resource]]],
    asset_views: NamedDependency[SkipValidation[AssetViews]],
) -> Response[bytes]:
    """Decide at which venues and with which trainers a session is held.

    Nobody is in two places at a time; a refusal names all clashes. The ETag is the resource's.
    """
    data = await STAFFING.of(request)
    session = await staff_session(
        StaffSession(
            actor=actor_of(request),
            resource_id=ResourceId(resource_id),
            version=seen_version(request),
            asset_ids=tuple(UnitId(id) for id in (*data.venue_ids, *data.trainer_ids)),
            qualifications=data.qualifications,
        )
    )
    staff = await asset_views.staff(actor_of(request), session.id)
    return respond(answer(StaffingBody.of(staff), version=session.version))


@get(
    "/v1/resources/{resource_id:uuid}/staffing",
    opt=Operation(
        tag="staffing",
        needs=Permission.READ_CATALOGUE,
        shows=StaffingBody,
        refuses=(ResourceNotFound,),
    ).opt,
)
async def read_staffing(
    request: AnyRequest,
    resource_id: FromPath[UUID],
    asset_views: NamedDependency[SkipValidation[AssetViews]],
    inventory_views: NamedDependency[SkipValidation[InventoryViews]],
) -> Response[bytes]:
    """What a session is held with."""
    session = await inventory_views.resource(actor_of(request), ResourceId(resource_id))
    staff = await asset_views.staff(actor_of(request), session.id)
    return respond(answer(StaffingBody.of(staff)))


router = Router("/", route_handlers=[staff_session, read_staffing])
