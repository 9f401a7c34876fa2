"""Routes of what is done with a resource once it is added: changed, published, deleted."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, delete, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.bookings.change_resource import ChangeResource
from application.bookings.delete_resource import DeleteResource
from application.inventory.complete_resource import CompleteResource
from application.inventory.publish_resource import PublishResource
from application.inventory.resource_steps import ResourceStep
from application.inventory.restore_resource import RestoreResource
from application.inventory.withdraw_resource import WithdrawResource
from application.kernel.ports import UseCase
from domain.inventory.resource_refusals import (
    KindOfResourceFixed,
    NotYetOver,
    ResourceBooked,
    ResourceCannotBecome,
    ResourceIsDeleted,
    ResourceIsNotDeleted,
    UnitsShared,
)
from domain.inventory.resources import NeverTakesPlace, Resource, ResourceNotFound
from domain.inventory.staffing import StaffingClash
from domain.kernel.actors import Permission
from domain.kernel.identifiers import ResourceId
from domain.kernel.periods import UnknownZone
from domain.kernel.refusals import Refusal
from entrypoints.http.answers import respond, worded
from entrypoints.http.etags import IF_MATCH, seen_version
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.kinds.registry import OFFERING_REFUSALS
from entrypoints.http.operations import Operation
from entrypoints.http.reading import Body, no_body
from entrypoints.http.resource_shapes import ResourceBody, ResourceChangesInput
from entrypoints.http.security import actor_of

AnyRequest = Request[Any, Any, Any]
Step = UseCase[Any, Resource]

CHANGES: Body[ResourceChangesInput] = Body(
    ResourceChangesInput,
    examples={
        "said otherwise": {"name": "Double room, garden view", "keywords": ["quiet"]},
        "without a category": {"category": None},
    },
)

_changed = worded(ResourceBody.of, version=lambda resource: resource.version)


def _step(*refuses: type[Refusal]) -> dict[str, Operation]:
    return Operation(
        tag="resources",
        needs=Permission.WRITE_CATALOGUE,
        sends=(IDEMPOTENCY_KEY, IF_MATCH),
        shows=ResourceBody,
        refuses=(ResourceNotFound, *refuses),
    ).opt


async def _take(
    kind: type[ResourceStep], request: AnyRequest, resource_id: UUID, use_case: Step
) -> Response[bytes]:
    await no_body(request)
    key = await IdempotencyKey.of(request)
    command = kind(
        actor=actor_of(request),
        resource_id=ResourceId(resource_id),
        version=seen_version(request),
        once=key.once(_changed),
    )
    return respond(_changed(await use_case(command)))


@patch(
    "/v1/resources/{resource_id:uuid}",
    opt=Operation(
        tag="resources",
        needs=Permission.WRITE_CATALOGUE,
        sends=(IF_MATCH,),
        body=CHANGES,
        shows=ResourceBody,
        refuses=(
            ResourceNotFound,
            ResourceIsDeleted,
            ResourceBooked,
            UnitsShared,
            KindOfResourceFixed,
            StaffingClash,
            UnknownZone,
            *OFFERING_REFUSALS,
        ),
    ).opt,
)
async def change_resource(
    request: AnyRequest,
    resource_id: FromPath[UUID],
    change_resource: NamedDependency[SkipValidation[Step]],
) -> Response[bytes]:
    """Say something else about a resource, or sell it otherwise; for quotes to come.

    When and where it takes place is changed only while nobody has booked it: otherwise cancel it
    for everybody and add another. Its venues and trainers go along. A quote given before is good
    until it expires.
    """
    data = await CHANGES.of(request)
    command = ChangeResource(
        actor=actor_of(request),
        resource_id=ResourceId(resource_id),
        version=seen_version(request),
        changes=data.changes(),
    )
    return respond(_changed(await change_resource(command)))


@delete(
    "/v1/resources/{resource_id:uuid}",
    status_code=200,
    opt=Operation(
        tag="resources",
        needs=Permission.WRITE_CATALOGUE,
        sends=(IF_MATCH,),
        shows=ResourceBody,
        refuses=(ResourceNotFound, ResourceIsDeleted, ResourceBooked, UnitsShared),
    ).opt,
)
async def delete_resource(
    request: AnyRequest,
    resource_id: FromPath[UUID],
    delete_resource: NamedDependency[SkipValidation[Step]],
) -> Response[bytes]:
    """Delete a resource that nobody has booked; it may be restored."""
    await no_body(request)
    command = DeleteResource(
        actor=actor_of(request),
        resource_id=ResourceId(resource_id),
        version=seen_version(request),
    )
    return respond(_changed(await delete_resource(command)))


@post(
    "/v1/resources/{resource_id:uuid}/publish",
    status_code=200,
    opt=_step(ResourceIsDeleted, ResourceCannotBecome),
)
async def publish_resource(
    request: AnyRequest,
    resource_id: FromPath[UUID],
    publish_resource: NamedDependency[SkipValidation[Step]],
) -> Response[bytes]:
    """Put a draft on sale."""
    return await _take(PublishResource, request, resource_id, publish_resource)


@post(
    "/v1/resources/{resource_id:uuid}/withdraw",
    status_code=200,
    opt=_step(ResourceIsDeleted, ResourceCannotBecome),
)
async def withdraw_resource(
    request: AnyRequest,
    resource_id: FromPath[UUID],
    withdraw_resource: NamedDependency[SkipValidation[Step]],
) -> Response[bytes]:
    """Take it off sale: it is a draft again. What is booked stays booked."""
    return await _take(WithdrawResource, request, resource_id, withdraw_resource)


@post(
    "/v1/resources/{resource_id:uuid}/complete",
    status_code=200,
    opt=_step(ResourceIsDeleted, ResourceCannotBecome, NeverTakesPlace, NotYetOver),
)
async def complete_resource(
    request: AnyRequest,
    resource_id: FromPath[UUID],
    complete_resource: NamedDependency[SkipValidation[Step]],
) -> Response[bytes]:
    """Note that a session, a departure or a flight has taken place."""
    return await _take(CompleteResource, request, resource_id, complete_resource)


@post(
    "/v1/resources/{resource_id:uuid}/restore",
    status_code=200,
    opt=_step(ResourceIsNotDeleted),
)
async def restore_resource(
    request: AnyRequest,
    resource_id: FromPath[UUID],
    restore_resource: NamedDependency[SkipValidation[Step]],
) -> Response[bytes]:
    """Take back that it was deleted; it is as it was."""
    return await _take(RestoreResource, request, resource_id, restore_resource)


# Litestar wants all routes of one path in one router.
STEPS = (
    change_resource,
    delete_resource,
    publish_resource,
    withdraw_resource,
    complete_resource,
    restore_resource,
)
