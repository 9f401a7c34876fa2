"""Routes of what the company cancels: a session or a flight, for everybody."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation
from msgspec import Meta

from application.bookings.cancel_resource import CancelResource
from application.bookings.views import CancellationProgress, CancellationViews
from application.kernel.ports import UseCase
from domain.bookings.flight_progress import FlightCannotBecome
from domain.inventory.resources import AlreadyOver, NeverTakesPlace, Resource, ResourceNotFound
from domain.kernel.actors import Permission
from domain.kernel.identifiers import ResourceId
from entrypoints.http.answers import answer, respond, worded
from entrypoints.http.etags import IF_MATCH, seen_version
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Operation
from entrypoints.http.reading import Body
from entrypoints.http.resource_shapes import ResourceBody
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import ONE_LINE, Identifier, Input, MoneyBody, Output

AnyRequest = Request[Any, Any, Any]

Reason = Annotated[
    str,
    Meta(
        pattern=ONE_LINE,
        min_length=1,
        max_length=500,
        description="Customers are told.",
        examples=["The trainer is ill."],
    ),
]
Count = Annotated[int, Meta(ge=0, le=10**9, examples=[12])]


class ResourceCancellationInput(Input, frozen=True):
    reason: Reason


class CancellationProgressBody(Output, frozen=True):
    """`open` bookings are still to be cancelled; `refunds` are due, one sum for each currency."""

    resource_id: Identifier
    open: Count
    cancelled: Count
    refunds: Annotated[Sequence[MoneyBody], Meta(max_length=200)]

    @classmethod
    def of(cls, progress: CancellationProgress) -> "CancellationProgressBody":
        return cls(
            resource_id=progress.resource_id,
            open=progress.open,
            cancelled=progress.cancelled,
            refunds=[MoneyBody.of(refund) for refund in progress.refunds],
        )


CANCELLATION: Body[ResourceCancellationInput] = Body(
    ResourceCancellationInput, examples={"illness": {"reason": "The trainer is ill."}}
)

_cancelled = worded(ResourceBody.of, version=lambda resource: resource.version)


@post(
    "/v1/resources/{resource_id:uuid}/cancel",
    status_code=200,
    opt=Operation(
        tag="resources",
        needs=Permission.WRITE_CATALOGUE,
        sends=(IDEMPOTENCY_KEY, IF_MATCH),
        body=CANCELLATION,
        shows=ResourceBody,
        refuses=(ResourceNotFound, NeverTakesPlace, AlreadyOver, FlightCannotBecome),
        then={"read_cancellation_progress": {"resource_id": "$response.body#/id"}},
    ).opt,
)
async def cancel_resource(
    request: AnyRequest,
    resource_id: FromPath[UUID],
    cancel_resource: NamedDependency[SkipValidation[UseCase[CancelResource, Resource]]],
) -> Response[bytes]:
    """Cancel a session, a departure or a flight for everybody.

    Nothing more of it is sold from now on. Its bookings are cancelled one after the other in the
    background, with all of their price due back, and each customer is told once. So is everybody
    who waits for it or was offered it; blocks are released.
    """
    data = await CANCELLATION.of(request)
    key = await IdempotencyKey.of(request)
    resource = await cancel_resource(
        CancelResource(
            actor=actor_of(request),
            resource_id=ResourceId(resource_id),
            reason=data.reason,
            version=seen_version(request),
            once=key.once(_cancelled),
        )
    )
    return respond(_cancelled(resource))


@get(
    "/v1/resources/{resource_id:uuid}/cancellation",
    opt=Operation(
        tag="resources",
        needs=Permission.READ_BOOKINGS,
        shows=CancellationProgressBody,
        refuses=(ResourceNotFound,),
    ).opt,
)
async def read_cancellation_progress(
    request: AnyRequest,
    resource_id: FromPath[UUID],
    cancellation_views: NamedDependency[SkipValidation[CancellationViews]],
) -> Response[bytes]:
    """How many bookings are cancelled, and how many are still to be."""
    progress = await cancellation_views.progress(actor_of(request), ResourceId(resource_id))
    return respond(answer(CancellationProgressBody.of(progress)))


router = Router("/", route_handlers=[cancel_resource, read_cancellation_progress])
