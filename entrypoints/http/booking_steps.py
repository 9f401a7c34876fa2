"""What all routes have in common that take a booking one step further."""

from typing import Any, TypeVar
from uuid import UUID

from litestar import Request, Response

from application.bookings.steps import BookingStep
from application.kernel.ports import UseCase
from domain.bookings.booking import Booking
from domain.bookings.life import BookingNotFound
from domain.kernel.actors import Permission
from domain.kernel.identifiers import BookingId
from domain.kernel.refusals import Refusal
from entrypoints.http.answers import respond, worded
from entrypoints.http.booking_shapes import BookingBody
from entrypoints.http.etags import IF_MATCH, seen_version
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.in_calls import CALL_ID
from entrypoints.http.operations import Operation
from entrypoints.http.reading import Body, no_body
from entrypoints.http.security import actor_of

AnyRequest = Request[Any, Any, Any]
Step = TypeVar("Step", bound=BookingStep)

THIS = {"booking_id": "$response.body#/id"}
CHANGES = {**THIS, IF_MATCH.name: "$response.header.ETag"}

changed = worded(BookingBody.of, version=lambda booking: booking.version)


def step(
    *refuses: type[Refusal], then: tuple[str, ...] = (), body: Body[Any] | None = None
) -> dict[str, Operation]:
    return Operation(
        tag="bookings",
        needs=Permission.WRITE_BOOKINGS,
        sends=(IDEMPOTENCY_KEY, IF_MATCH, CALL_ID),
        body=body,
        shows=BookingBody,
        refuses=(BookingNotFound, *refuses),
        then=dict.fromkeys(then, CHANGES),
    ).opt


async def take(
    kind: type[Step], request: AnyRequest, booking_id: UUID, use_case: UseCase[Step, Booking]
) -> Response[bytes]:
    """The step of a route without a body."""
    await no_body(request)
    return await take_with(kind, request, booking_id, use_case)


async def take_with(
    kind: type[Step],
    request: AnyRequest,
    booking_id: UUID,
    use_case: UseCase[Step, Booking],
    **members: Any,
) -> Response[bytes]:
    """Comes after the body has been read."""
    key = await IdempotencyKey.of(request)
    command = kind(
        actor=actor_of(request),
        booking_id=BookingId(booking_id),
        version=seen_version(request),
        once=key.once(changed),
        **members,
    )
    return respond(changed(await use_case(command)))
