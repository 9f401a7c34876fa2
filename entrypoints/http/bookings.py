"""Routes of bookings: held, extended, confirmed, released, cancelled, changed and found again."""

from datetime import datetime
from typing import Annotated, Any, TypeVar
from uuid import UUID

from litestar import Request, Response, Router, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter, SkipValidation

from application.bookings.cancel_booking import CancelBooking
from application.bookings.change_contact import ChangeContact
from application.bookings.confirm_booking import ConfirmBooking
from application.bookings.extend_hold import ExtendHold
from application.bookings.hold_booking import HoldBooking
from application.bookings.release_booking import ReleaseBooking
from application.bookings.steps import BookingStep
from application.bookings.views import BookingFilter, BookingViews
from application.kernel.ports import UseCase
from application.kernel.refusals import VersionChanged
from domain.bookings.booking import (
    AlreadyStarted,
    Booking,
    BookingNotFound,
    BookingState,
    HoldAtItsLongest,
    HoldExpired,
    NotConfirmed,
    NotHeld,
)
from domain.bookings.quotes import QuoteExpired, QuoteNotFound
from domain.inventory.pools import NotOnSale, SoldOut
from domain.kernel.actors import Permission
from domain.kernel.identifiers import BookingId, QuoteId, ResourceId
from entrypoints.http.answers import answer, respond, tagged, worded
from entrypoints.http.booking_shapes import BookingBody, BookingPage, BookingSummaryBody
from entrypoints.http.etags import IfMatch, IfNoneMatch, seen_version
from entrypoints.http.idempotency import IdempotencyKey, KeyHeader
from entrypoints.http.paging import USUAL_PAGE, Cursor, Cursors, Limit, link
from entrypoints.http.security import actor_who_may, current_actor
from entrypoints.http.shapes import ContactInput, Identifier, Input, aware

AnyRequest = Request[Any, Any, Any]
Step = TypeVar("Step", bound=BookingStep)


class HoldInput(Input):
    quote_id: Identifier


class BookingChangeInput(Input):
    contact: ContactInput


_held = worded(
    BookingBody.of,
    status=201,
    version=lambda booking: booking.version,
    location=lambda booking: f"/v1/bookings/{booking.id}",
)
_changed = worded(BookingBody.of, version=lambda booking: booking.version)


@post(
    "/v1/holds",
    tags=["bookings"],
    opt={"refuses": [QuoteNotFound, QuoteExpired, SoldOut, NotOnSale]},
)
async def hold_booking(
    request: AnyRequest,
    data: JSONBody[HoldInput],
    idempotency_key: KeyHeader,
    hold_booking: NamedDependency[SkipValidation[UseCase[HoldBooking, Booking]]],
) -> Response[BookingBody]:
    """Hold what was quoted. The units are taken until the hold is confirmed, released or expires.

    `sold_out` says what is free of each pool and when the next hold on it ends.
    """
    key = await IdempotencyKey.of(request, idempotency_key)
    booking = await hold_booking(
        HoldBooking(
            actor=current_actor(request.scope),
            quote_id=QuoteId(data.quote_id),
            once=key.once(_held),
        )
    )
    return respond(_held(booking), BookingBody)


def _step(
    kind: type[Step],
    request: AnyRequest,
    booking_id: UUID,
    if_match: str | None,
    key: IdempotencyKey,
) -> Step:
    return kind(
        actor=current_actor(request.scope),
        booking_id=BookingId(booking_id),
        version=seen_version(if_match),
        once=key.once(_changed),
    )


async def _take(use_case: UseCase[Step, Booking], step: Step) -> Response[BookingBody]:
    return respond(_changed(await use_case(step)), BookingBody)


@post(
    "/v1/bookings/{booking_id:uuid}/extend",
    status_code=200,
    tags=["bookings"],
    opt={"refuses": [BookingNotFound, VersionChanged, NotHeld, HoldExpired, HoldAtItsLongest]},
)
async def extend_hold(
    request: AnyRequest,
    booking_id: FromPath[UUID],
    idempotency_key: KeyHeader,
    extend_hold: NamedDependency[SkipValidation[UseCase[ExtendHold, Booking]]],
    if_match: IfMatch = None,
) -> Response[BookingBody]:
    """Begin the hold anew, within its cap."""
    key = await IdempotencyKey.of(request, idempotency_key)
    return await _take(extend_hold, _step(ExtendHold, request, booking_id, if_match, key))


@post(
    "/v1/bookings/{booking_id:uuid}/confirm",
    status_code=200,
    tags=["bookings"],
    opt={"refuses": [BookingNotFound, VersionChanged, NotHeld, HoldExpired]},
)
async def confirm_booking(
    request: AnyRequest,
    booking_id: FromPath[UUID],
    idempotency_key: KeyHeader,
    confirm_booking: NamedDependency[SkipValidation[UseCase[ConfirmBooking, Booking]]],
    if_match: IfMatch = None,
) -> Response[BookingBody]:
    """Keep the held units for good; the customer is sent a confirmation."""
    key = await IdempotencyKey.of(request, idempotency_key)
    return await _take(confirm_booking, _step(ConfirmBooking, request, booking_id, if_match, key))


@post(
    "/v1/bookings/{booking_id:uuid}/release",
    status_code=200,
    tags=["bookings"],
    opt={"refuses": [BookingNotFound, VersionChanged, NotHeld, HoldExpired]},
)
async def release_booking(
    request: AnyRequest,
    booking_id: FromPath[UUID],
    idempotency_key: KeyHeader,
    release_booking: NamedDependency[SkipValidation[UseCase[ReleaseBooking, Booking]]],
    if_match: IfMatch = None,
) -> Response[BookingBody]:
    """Give the held units back."""
    key = await IdempotencyKey.of(request, idempotency_key)
    return await _take(release_booking, _step(ReleaseBooking, request, booking_id, if_match, key))


@post(
    "/v1/bookings/{booking_id:uuid}/cancel",
    status_code=200,
    tags=["bookings"],
    opt={"refuses": [BookingNotFound, VersionChanged, NotConfirmed, AlreadyStarted]},
)
async def cancel_booking(
    request: AnyRequest,
    booking_id: FromPath[UUID],
    idempotency_key: KeyHeader,
    cancel_booking: NamedDependency[SkipValidation[UseCase[CancelBooking, Booking]]],
    if_match: IfMatch = None,
) -> Response[BookingBody]:
    """Cancel on the terms it was sold on; the answer says the fee and what is given back."""
    key = await IdempotencyKey.of(request, idempotency_key)
    return await _take(cancel_booking, _step(CancelBooking, request, booking_id, if_match, key))


@patch(
    "/v1/bookings/{booking_id:uuid}",
    tags=["bookings"],
    opt={"refuses": [BookingNotFound, VersionChanged, NotConfirmed]},
)
async def change_booking(
    request: AnyRequest,
    booking_id: FromPath[UUID],
    data: JSONBody[BookingChangeInput],
    change_contact: NamedDependency[SkipValidation[UseCase[ChangeContact, Booking]]],
    if_match: IfMatch = None,
) -> Response[BookingBody]:
    """Change whom the booking is confirmed to."""
    booking = await change_contact(
        ChangeContact(
            actor=current_actor(request.scope),
            booking_id=BookingId(booking_id),
            version=seen_version(if_match),
            contact=data.contact.contact(),
        )
    )
    return respond(answer(BookingBody.of(booking), version=booking.version), BookingBody)


@get("/v1/bookings/{booking_id:uuid}", tags=["bookings"], opt={"refuses": [BookingNotFound]})
async def read_booking(
    request: AnyRequest,
    booking_id: FromPath[UUID],
    booking_views: NamedDependency[SkipValidation[BookingViews]],
    if_none_match: IfNoneMatch = None,
) -> Response[BookingBody]:
    """One booking; its ETag changes with every change of the booking."""
    actor = actor_who_may(Permission.READ_BOOKINGS, request.scope)
    booking = await booking_views.booking(actor, BookingId(booking_id))
    body = BookingBody.of(booking)
    return tagged(body, version=booking.version, if_none_match=if_none_match)


@get("/v1/bookings", tags=["bookings"])
async def list_bookings(
    request: AnyRequest,
    booking_views: NamedDependency[SkipValidation[BookingViews]],
    in_state: Annotated[BookingState | None, QueryParameter(name="state")] = None,
    resource_id: FromQuery[UUID | None] = None,
    email: Annotated[str | None, QueryParameter(max_length=254)] = None,
    reference: Annotated[str | None, QueryParameter(max_length=16)] = None,
    starts_from: FromQuery[datetime | None] = None,
    starts_before: FromQuery[datetime | None] = None,
    limit: Limit = USUAL_PAGE,
    cursor: Cursor = None,
) -> Response[BookingPage]:
    """Bookings that meet every condition, by start."""
    cursors = Cursors.of(request)
    page = await booking_views.bookings(
        actor_who_may(Permission.READ_BOOKINGS, request.scope),
        filter=BookingFilter(
            state=in_state,
            resource_id=None if resource_id is None else ResourceId(resource_id),
            email=email and email.strip().lower(),
            reference=reference and reference.strip().upper(),
            starts_from=aware(starts_from, "starts_from"),
            starts_before=aware(starts_before, "starts_before"),
        ),
        slice=cursors.slice(limit, cursor),
    )
    next = cursors.write(page.next)
    items = [BookingSummaryBody.of(booking) for booking in page.items]
    return Response(BookingPage(items=items, next=next), headers=link(request, next))


router = Router(
    "/",
    route_handlers=[
        hold_booking,
        extend_hold,
        confirm_booking,
        release_booking,
        cancel_booking,
        change_booking,
        read_booking,
        list_bookings,
    ],
)
