"""Routes of itineraries: bookings held together."""

from collections.abc import Sequence
from typing import Annotated, Any, TypeVar
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation
from msgspec import Meta

from application.bookings.add_to_itinerary import AddToItinerary
from application.bookings.confirm_itinerary import ConfirmItinerary
from application.bookings.extend_itinerary import ExtendItinerary
from application.bookings.hold_itinerary import HoldItinerary
from application.bookings.itinerary_steps import ItineraryStep
from application.bookings.release_itinerary import ReleaseItinerary
from application.bookings.views import ItineraryDetail, ItineraryViews
from application.kernel.ports import UseCase
from domain.bookings.conditions import SoldOnRequest
from domain.bookings.consent import TermsNotAccepted
from domain.bookings.itinerary import ItineraryNotFound, NothingHeld, RepeatedQuotes
from domain.bookings.life import HoldAtItsLongest, HoldExpired, NotHeld
from domain.bookings.quotes import QuoteExpired, QuoteNotFound
from domain.bookings.yeses import YesMissing
from domain.inventory.pools import AlreadyTaken, DiscountUsedUp, NotOnSale, SoldOut
from domain.inventory.units import NoUnitFree
from domain.kernel.actors import Permission
from domain.kernel.identifiers import ItineraryId, QuoteId
from domain.kernel.refusals import Refusal
from entrypoints.http.answers import respond, worded
from entrypoints.http.booking_shapes import BookingBody, Reference
from entrypoints.http.consent_shapes import AcceptanceInput
from entrypoints.http.etags import IF_MATCH, seen_version
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.in_calls import CALL_ID
from entrypoints.http.operations import Operation
from entrypoints.http.reading import Body, no_body
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import Identifier, Output, Version

AnyRequest = Request[Any, Any, Any]
Step = TypeVar("Step", bound=ItineraryStep)

LONGEST_ITINERARY = 20

HOLDS: tuple[type[Refusal], ...] = (
    QuoteNotFound,
    QuoteExpired,
    SoldOut,
    DiscountUsedUp,
    NotOnSale,
    AlreadyTaken,
    NoUnitFree,
    SoldOnRequest,
    TermsNotAccepted,
)


class ItineraryInput(AcceptanceInput, frozen=True, kw_only=True):
    quote_ids: Annotated[tuple[Identifier, ...], Meta(min_length=1, max_length=LONGEST_ITINERARY)]


class AdditionInput(AcceptanceInput, frozen=True, kw_only=True):
    quote_id: Identifier


class ItineraryBody(Output, frozen=True):
    """`pending` names the bookings whose hold is not decided yet."""

    id: Identifier
    version: Version
    reference: Reference
    pending: Annotated[Sequence[Identifier], Meta(max_length=10 * LONGEST_ITINERARY)]
    bookings: Annotated[Sequence[BookingBody], Meta(max_length=10 * LONGEST_ITINERARY)]

    @classmethod
    def of(cls, detail: ItineraryDetail) -> "ItineraryBody":
        return cls(
            id=detail.itinerary.id,
            version=detail.itinerary.version,
            reference=detail.itinerary.reference.text,
            pending=detail.itinerary.pending,
            bookings=[BookingBody.of(booking) for booking in detail.bookings],
        )


_QUOTE = "01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a10"
ITINERARY: Body[ItineraryInput] = Body(
    ItineraryInput,
    examples={"flight and room": {"quote_ids": [_QUOTE, "01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a11"]}},
)
ADDITION: Body[AdditionInput] = Body(AdditionInput, examples={"car": {"quote_id": _QUOTE}})

THIS = {"itinerary_id": "$response.body#/id"}
CHANGES = {**THIS, IF_MATCH.name: "$response.header.ETag"}

_held = worded(
    ItineraryBody.of,
    status=201,
    version=lambda detail: detail.itinerary.version,
    location=lambda detail: f"/v1/itineraries/{detail.itinerary.id}",
)
_changed = worded(ItineraryBody.of, version=lambda detail: detail.itinerary.version)


@post(
    "/v1/itineraries",
    opt=Operation(
        tag="itineraries",
        needs=Permission.WRITE_BOOKINGS,
        sends=(IDEMPOTENCY_KEY, CALL_ID),
        body=ITINERARY,
        shows=ItineraryBody,
        status=201,
        refuses=(*HOLDS, RepeatedQuotes),
        then={
            "read_itinerary": THIS,
            "extend_itinerary": CHANGES,
            "confirm_itinerary": CHANGES,
            "release_itinerary": CHANGES,
            "add_to_itinerary": CHANGES,
        },
    ).opt,
)
async def hold_itinerary(
    request: AnyRequest,
    hold_itinerary: NamedDependency[SkipValidation[UseCase[HoldItinerary, ItineraryDetail]]],
) -> Response[bytes]:
    """Hold several quotes together, of whatever kinds: all of them, or none.

    Each becomes a booking. They are confirmed and released together; once confirmed, each goes
    its own way.
    """
    data = await ITINERARY.of(request)
    key = await IdempotencyKey.of(request)
    detail = await hold_itinerary(
        HoldItinerary(
            actor=actor_of(request),
            quote_ids=[QuoteId(id) for id in data.quote_ids],
            acceptance=data.acceptance(),
            once=key.once(_held),
        )
    )
    return respond(_held(detail))


def _step(*refuses: type[Refusal], then: tuple[str, ...] = ()) -> dict[str, Operation]:
    return Operation(
        tag="itineraries",
        needs=Permission.WRITE_BOOKINGS,
        sends=(IDEMPOTENCY_KEY, IF_MATCH, CALL_ID),
        shows=ItineraryBody,
        refuses=(ItineraryNotFound, NothingHeld, *refuses),
        then=dict.fromkeys(then, CHANGES),
    ).opt


async def _take(
    kind: type[Step],
    request: AnyRequest,
    itinerary_id: UUID,
    use_case: UseCase[Step, ItineraryDetail],
) -> Response[bytes]:
    await no_body(request)
    key = await IdempotencyKey.of(request)
    step = kind(
        actor=actor_of(request),
        itinerary_id=ItineraryId(itinerary_id),
        version=seen_version(request),
        once=key.once(_changed),
    )
    return respond(_changed(await use_case(step)))


@post(
    "/v1/itineraries/{itinerary_id:uuid}/extend",
    status_code=200,
    opt=_step(NotHeld, HoldExpired, HoldAtItsLongest, then=("confirm_itinerary",)),
)
async def extend_itinerary(
    request: AnyRequest,
    itinerary_id: FromPath[UUID],
    extend_itinerary: NamedDependency[SkipValidation[UseCase[ExtendItinerary, ItineraryDetail]]],
) -> Response[bytes]:
    """Begin the holds anew, within their caps."""
    return await _take(ExtendItinerary, request, itinerary_id, extend_itinerary)


@post(
    "/v1/itineraries/{itinerary_id:uuid}/confirm",
    status_code=200,
    opt=_step(NotHeld, HoldExpired, YesMissing),
)
async def confirm_itinerary(
    request: AnyRequest,
    itinerary_id: FromPath[UUID],
    confirm_itinerary: NamedDependency[SkipValidation[UseCase[ConfirmItinerary, ItineraryDetail]]],
) -> Response[bytes]:
    """Keep for good all that is held; if one hold has expired, none is confirmed."""
    return await _take(ConfirmItinerary, request, itinerary_id, confirm_itinerary)


@post(
    "/v1/itineraries/{itinerary_id:uuid}/release",
    status_code=200,
    opt=_step(),
)
async def release_itinerary(
    request: AnyRequest,
    itinerary_id: FromPath[UUID],
    release_itinerary: NamedDependency[SkipValidation[UseCase[ReleaseItinerary, ItineraryDetail]]],
) -> Response[bytes]:
    """Give back all that is held; what was confirmed before stays."""
    return await _take(ReleaseItinerary, request, itinerary_id, release_itinerary)


@post(
    "/v1/itineraries/{itinerary_id:uuid}/bookings",
    status_code=200,
    opt=Operation(
        tag="itineraries",
        needs=Permission.WRITE_BOOKINGS,
        sends=(IDEMPOTENCY_KEY, IF_MATCH, CALL_ID),
        body=ADDITION,
        shows=ItineraryBody,
        refuses=(ItineraryNotFound, HoldExpired, *HOLDS),
    ).opt,
)
async def add_to_itinerary(
    request: AnyRequest,
    itinerary_id: FromPath[UUID],
    add_to_itinerary: NamedDependency[SkipValidation[UseCase[AddToItinerary, ItineraryDetail]]],
) -> Response[bytes]:
    """Hold one more quote, to be confirmed with what else is held."""
    data = await ADDITION.of(request)
    key = await IdempotencyKey.of(request)
    detail = await add_to_itinerary(
        AddToItinerary(
            actor=actor_of(request),
            itinerary_id=ItineraryId(itinerary_id),
            version=seen_version(request),
            quote_id=QuoteId(data.quote_id),
            acceptance=data.acceptance(),
            once=key.once(_changed),
        )
    )
    return respond(_changed(detail))


@get(
    "/v1/itineraries/{itinerary_id:uuid}",
    opt=Operation(
        tag="itineraries",
        needs=Permission.READ_BOOKINGS,
        shows=ItineraryBody,
        refuses=(ItineraryNotFound,),
    ).opt,
)
async def read_itinerary(
    request: AnyRequest,
    itinerary_id: FromPath[UUID],
    itinerary_views: NamedDependency[SkipValidation[ItineraryViews]],
) -> Response[bytes]:
    """One itinerary with its bookings as they are now.

    Its ETag changes with the itinerary, not with what becomes of single bookings.
    """
    detail = await itinerary_views.itinerary(actor_of(request), ItineraryId(itinerary_id))
    return respond(_changed(detail))


router = Router(
    "/",
    route_handlers=[
        hold_itinerary,
        extend_itinerary,
        confirm_itinerary,
        release_itinerary,
        add_to_itinerary,
        read_itinerary,
    ],
)
