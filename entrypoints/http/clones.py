"""The route that adds another resource like one that there is."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from litestar import Request, Response, Router, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation
from msgspec import Meta

from application.bookings.clone_resource import CloneResource, DayNeeded
from application.kernel.ports import UseCase
from domain.inventory.resource_refusals import ResourceIsDeleted
from domain.inventory.resources import Resource, ResourceNotFound, ResourceState
from domain.kernel.actors import Permission
from domain.kernel.identifiers import ResourceId
from domain.kernel.periods import BadDates
from entrypoints.http.answers import respond, worded
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Operation
from entrypoints.http.reading import Body
from entrypoints.http.resource_shapes import ResourceBody
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import Input, Name

AnyRequest = Request[Any, Any, Any]

Day = Annotated[
    date,
    Meta(description="A local date of the place, for what takes place once."),
]


class CloneInput(Input, frozen=True):
    day: Day | None = None
    name: Name | None = None
    state: Literal["draft", "published"] = "draft"


CLONE: Body[CloneInput] = Body(
    CloneInput,
    examples={"session": {"day": "2027-04-08", "state": "published"}, "rooms": {"name": "Attic"}},
)

_cloned = worded(
    ResourceBody.of,
    status=201,
    version=lambda resource: resource.version,
    location=lambda resource: f"/v1/resources/{resource.id}",
)


@post(
    "/v1/resources/{resource_id:uuid}/clone",
    opt=Operation(
        tag="resources",
        needs=Permission.WRITE_CATALOGUE,
        sends=(IDEMPOTENCY_KEY,),
        body=CLONE,
        shows=ResourceBody,
        status=201,
        refuses=(ResourceNotFound, ResourceIsDeleted, DayNeeded, BadDates),
        then={"read_resource": {"resource_id": "$response.body#/id"}},
    ).opt,
)
async def clone_resource(
    request: AnyRequest,
    resource_id: FromPath[UUID],
    clone_resource: NamedDependency[SkipValidation[UseCase[CloneResource, Resource]]],
) -> Response[bytes]:
    """Add another like this one, with its description and sales terms.

    What takes place once does so at the same time on the wall of another day, with as many units.
    """
    data = await CLONE.of(request)
    key = await IdempotencyKey.of(request)
    resource = await clone_resource(
        CloneResource(
            actor=actor_of(request),
            resource_id=ResourceId(resource_id),
            day=data.day,
            name=data.name,
            state=ResourceState(data.state),
            once=key.once(_cloned),
        )
    )
    return respond(_cloned(resource))


router = Router("/", route_handlers=[clone_resource])
