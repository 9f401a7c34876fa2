"""Routes of bookings: held, extended, confirmed, released, written to somebody else, read."""

from uuid import UUID

from litestar import Response, Router, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.bookings.change_contact import ChangeContact
from application.bookings.confirm_booking import ConfirmBooking
from application.bookings.continuations import ContinuationLinks, LinksNotSetUp
from application.bookings.extend_hold import ExtendHold
from application.bookings.hold_booking import HoldBooking
from application.bookings.release_booking import ReleaseBooking
from application.bookings.views import BookingViews
from application.kernel.ports import UseCase
from domain.bookings.attendees import AlreadyBooked
from domain.bookings.blocks import BlockNotFound
from domain.bookings.booking import Booking
from domain.bookings.consent import TermsNotAccepted
from domain.bookings.holding import InquiriesNotOffered
from domain.bookings.inquiry import BadInquiry
from domain.bookings.itinerary import HeldTogether
from domain.bookings.life import (
    AwaitsApproval,
    BookingNotFound,
    HoldAtItsLongest,
    HoldExpired,
    NoLongerOpen,
    NotHeld,
)
from domain.bookings.quotes import QuoteExpired, QuoteNotFound
from domain.bookings.yeses import YesMissing
from domain.inventory.pools import AlreadyTaken, BlockUsedUp, DiscountUsedUp, NotOnSale, SoldOut
from domain.inventory.resources import NotForSale
from domain.inventory.units import NoUnitFree
from domain.kernel.actors import Permission
from domain.kernel.identifiers import BlockId, BookingId, QuoteId
from entrypoints.http.answers import answer, respond, tagged
from entrypoints.http.booking_shapes import BookingBody
from entrypoints.http.booking_steps import CHANGES, THIS, AnyRequest, step, take
from entrypoints.http.etags import IF_MATCH, IF_NONE_MATCH, seen_version
from entrypoints.http.hold_shapes import HOLD, HeldBody, OnlyInquiries, held_with
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.in_calls import CALL_ID
from entrypoints.http.operations import Operation
from entrypoints.http.reading import Body
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import CONTACT_REFUSALS, ContactInput, Input


class BookingChangeInput(Input, frozen=True):
    contact: ContactInput


CHANGE: Body[BookingChangeInput] = Body(
    BookingChangeInput,
    examples={"contact": {"contact": {"name": "Rui Costa", "email": "rui@example.com"}}},
)


@post(
    "/v1/holds",
    opt=Operation(
        tag="bookings",
        needs=Permission.WRITE_BOOKINGS,
        sends=(IDEMPOTENCY_KEY, CALL_ID),
        body=HOLD,
        shows=HeldBody,
        status=201,
        refuses=(
            QuoteNotFound,
            QuoteExpired,
            OnlyInquiries,
            BadInquiry,
            InquiriesNotOffered,
            LinksNotSetUp,
            SoldOut,
            DiscountUsedUp,
            NotOnSale,
            AlreadyBooked,
            TermsNotAccepted,
            AlreadyTaken,
            NoUnitFree,
            BlockNotFound,
            BlockUsedUp,
            NotForSale,
        ),
        then={
            "read_booking": THIS,
            "extend_hold": CHANGES,
            "confirm_booking": CHANGES,
            "release_booking": CHANGES,
            "approve_booking": CHANGES,
            "decline_booking": CHANGES,
            "change_booking": CHANGES,
        },
    ).opt,
)
async def hold_booking(
    request: AnyRequest,
    hold_booking: NamedDependency[SkipValidation[UseCase[HoldBooking, Booking]]],
    continuation_links: NamedDependency[SkipValidation[ContinuationLinks]],
) -> Response[bytes]:
    """Hold what was quoted.

    The units are taken until the hold is confirmed, released or expires. `sold_out` says what is
    free of each pool and when the next hold on it ends. What is sold on request is held until it
    is approved or declined: its `purpose` is `approval`. With the purpose `inquiry` it is held
    longer and without obligation; the customer goes on, without a key, by `continuation_token`.
    With a `block_id` its units are those that were set aside in the block.
    """
    data = await HOLD.of(request)
    key = await IdempotencyKey.of(request)
    held = held_with(continuation_links, actor_of(request).organization_id)
    booking = await hold_booking(
        HoldBooking(
            actor=actor_of(request),
            quote_id=QuoteId(data.quote_id),
            acceptance=data.acceptance(),
            inquiry=data.inquiry(),
            block_id=None if data.block_id is None else BlockId(data.block_id),
            once=key.once(held),
        )
    )
    return respond(held(booking))


@post(
    "/v1/bookings/{booking_id:uuid}/extend",
    status_code=200,
    opt=step(NotHeld, HoldExpired, HeldTogether, HoldAtItsLongest, then=("confirm_booking",)),
)
async def extend_hold(
    request: AnyRequest,
    booking_id: FromPath[UUID],
    extend_hold: NamedDependency[SkipValidation[UseCase[ExtendHold, Booking]]],
) -> Response[bytes]:
    """Begin the hold anew, within its cap."""
    return await take(ExtendHold, request, booking_id, extend_hold)


@post(
    "/v1/bookings/{booking_id:uuid}/confirm",
    status_code=200,
    opt=step(
        NotHeld,
        HoldExpired,
        HeldTogether,
        AwaitsApproval,
        YesMissing,
        then=("cancel_booking", "change_booking", "check_in_booking"),
    ),
)
async def confirm_booking(
    request: AnyRequest,
    booking_id: FromPath[UUID],
    confirm_booking: NamedDependency[SkipValidation[UseCase[ConfirmBooking, Booking]]],
) -> Response[bytes]:
    """Keep the held units for good; the customer is sent a confirmation."""
    return await take(ConfirmBooking, request, booking_id, confirm_booking)


@post(
    "/v1/bookings/{booking_id:uuid}/release",
    status_code=200,
    opt=step(NotHeld, HoldExpired, HeldTogether),
)
async def release_booking(
    request: AnyRequest,
    booking_id: FromPath[UUID],
    release_booking: NamedDependency[SkipValidation[UseCase[ReleaseBooking, Booking]]],
) -> Response[bytes]:
    """Give the held units back."""
    return await take(ReleaseBooking, request, booking_id, release_booking)


@patch(
    "/v1/bookings/{booking_id:uuid}",
    opt=Operation(
        tag="bookings",
        needs=Permission.WRITE_BOOKINGS,
        sends=(IF_MATCH, CALL_ID),
        body=CHANGE,
        shows=BookingBody,
        refuses=(BookingNotFound, NoLongerOpen, YesMissing, *CONTACT_REFUSALS),
    ).opt,
)
async def change_booking(
    request: AnyRequest,
    booking_id: FromPath[UUID],
    change_contact: NamedDependency[SkipValidation[UseCase[ChangeContact, Booking]]],
) -> Response[bytes]:
    """Change whom the booking is confirmed to."""
    data = await CHANGE.of(request)
    booking = await change_contact(
        ChangeContact(
            actor=actor_of(request),
            booking_id=BookingId(booking_id),
            version=seen_version(request),
            contact=data.contact.contact(),
        )
    )
    return respond(answer(BookingBody.of(booking), version=booking.version))


@get(
    "/v1/bookings/{booking_id:uuid}",
    opt=Operation(
        tag="bookings",
        needs=Permission.READ_BOOKINGS,
        sends=(IF_NONE_MATCH,),
        shows=BookingBody,
        refuses=(BookingNotFound,),
    ).opt,
)
async def read_booking(
    request: AnyRequest,
    booking_id: FromPath[UUID],
    booking_views: NamedDependency[SkipValidation[BookingViews]],
) -> Response[bytes]:
    """One booking; its ETag changes with every change of the booking."""
    booking = await booking_views.booking(actor_of(request), BookingId(booking_id))
    return tagged(request, BookingBody.of(booking), version=booking.version)


router = Router(
    "/",
    route_handlers=[
        hold_booking,
        extend_hold,
        confirm_booking,
        release_booking,
        change_booking,
        read_booking,
    ],
)
