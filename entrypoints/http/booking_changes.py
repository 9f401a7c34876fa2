"""Routes of changing and cancelling: first quoted, then done as quoted."""

from uuid import UUID

from litestar import Response, Router, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.bookings.cancel_booking import CancelBooking
from application.bookings.change_booking import ChangeBooking
from application.bookings.quote_cancellation import QuoteCancellation
from application.bookings.quote_change import QuoteChange
from application.kernel.ports import UseCase
from domain.bookings.booking import Booking
from domain.bookings.conditions import SoldOnRequest
from domain.bookings.contacts import BadEmail, BadName
from domain.bookings.life import AlreadyStarted, BookingNotFound, HasBegun, NotConfirmed
from domain.bookings.promises import CancellationQuote, ChangeQuote, QuoteOutdated
from domain.bookings.quotes import QuoteExpired, QuoteNotFound
from domain.bookings.requests import BookingClosed, DiscountFixed, WrongKind
from domain.bookings.sales_terms import NoSalesTerms
from domain.bookings.yeses import YesMissing
from domain.inventory.pools import AlreadyTaken, DiscountUsedUp, NotOnSale, SoldOut
from domain.inventory.resources import NotForSale, ResourceNotFound
from domain.inventory.units import NoUnitFree
from domain.kernel.actors import Permission
from domain.kernel.identifiers import BookingId, QuoteId
from domain.kernel.money import CurrenciesDiffer
from domain.kernel.periods import BadDates
from domain.kernel.refusals import Refusal
from entrypoints.http.answers import respond, worded
from entrypoints.http.booking_shapes import CancellationQuoteBody, ChangeQuoteBody
from entrypoints.http.booking_steps import AnyRequest, step, take_with
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.in_calls import CALL_ID
from entrypoints.http.kinds.registry import (
    CHANGE_REFUSALS,
    REQUEST_EXAMPLES,
    REQUEST_REFUSALS,
    RequestInput,
)
from entrypoints.http.operations import Operation
from entrypoints.http.reading import Body, OptionalBody, no_body
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import Identifier, Input


class CancelInput(Input, frozen=True):
    """With a quote, what it promised counts; without, what the terms say at the moment."""

    quote_id: Identifier | None = None


class ChangeInput(Input, frozen=True):
    quote_id: Identifier


_QUOTE = {"quote_id": "01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a10"}
CANCEL: Body[CancelInput] = OptionalBody(CancelInput, examples={"as quoted": _QUOTE})
CHANGE: Body[ChangeInput] = Body(ChangeInput, examples={"as quoted": _QUOTE})
REQUEST: Body[RequestInput] = Body(RequestInput, examples=REQUEST_EXAMPLES)

QUOTED: tuple[type[Refusal], ...] = (QuoteNotFound, QuoteExpired, QuoteOutdated)

_cancellation_quoted = worded(CancellationQuoteBody.of, status=201)
_change_quoted = worded(ChangeQuoteBody.of, status=201)


@post(
    "/v1/bookings/{booking_id:uuid}/cancellation-quotes",
    opt=Operation(
        tag="bookings",
        needs=Permission.WRITE_BOOKINGS,
        sends=(IDEMPOTENCY_KEY, CALL_ID),
        shows=CancellationQuoteBody,
        status=201,
        refuses=(BookingNotFound, NotConfirmed, AlreadyStarted),
    ).opt,
)
async def quote_cancellation(
    request: AnyRequest,
    booking_id: FromPath[UUID],
    quote_cancellation: NamedDependency[
        SkipValidation[UseCase[QuoteCancellation, CancellationQuote]]
    ],
) -> Response[bytes]:
    """Promise what cancelling comes to.

    The promise is kept until `expires_at`, also if a worse tier begins before that, as long as
    the booking does not change.
    """
    await no_body(request)
    key = await IdempotencyKey.of(request)
    quote = await quote_cancellation(
        QuoteCancellation(
            actor=actor_of(request),
            booking_id=BookingId(booking_id),
            once=key.once(_cancellation_quoted),
        )
    )
    return respond(_cancellation_quoted(quote))


@post(
    "/v1/bookings/{booking_id:uuid}/cancel",
    status_code=200,
    opt=step(NotConfirmed, AlreadyStarted, YesMissing, *QUOTED, body=CANCEL),
)
async def cancel_booking(
    request: AnyRequest,
    booking_id: FromPath[UUID],
    cancel_booking: NamedDependency[SkipValidation[UseCase[CancelBooking, Booking]]],
) -> Response[bytes]:
    """Cancel as quoted, or on the terms it was sold on.

    The answer says the fee and what is given back.
    """
    data = await CANCEL.of(request)
    quote_id = None if data.quote_id is None else QuoteId(data.quote_id)
    return await take_with(CancelBooking, request, booking_id, cancel_booking, quote_id=quote_id)


@post(
    "/v1/bookings/{booking_id:uuid}/change-quotes",
    opt=Operation(
        tag="bookings",
        needs=Permission.WRITE_BOOKINGS,
        sends=(IDEMPOTENCY_KEY, CALL_ID),
        body=REQUEST,
        shows=ChangeQuoteBody,
        status=201,
        refuses=(
            BookingNotFound,
            NotConfirmed,
            AlreadyStarted,
            HasBegun,
            DiscountFixed,
            SoldOnRequest,
            CurrenciesDiffer,
            ResourceNotFound,
            NotForSale,
            NoSalesTerms,
            BookingClosed,
            WrongKind,
            BadName,
            BadEmail,
            BadDates,
            *REQUEST_REFUSALS,
            *CHANGE_REFUSALS,
        ),
    ).opt,
)
async def quote_change(
    request: AnyRequest,
    booking_id: FromPath[UUID],
    quote_change: NamedDependency[SkipValidation[UseCase[QuoteChange, ChangeQuote]]],
) -> Response[bytes]:
    """Price what a booking is to become: other dates, more or fewer units, another resource.

    The body is the whole request as it is to be. Days that stay the same keep their price; `due`
    is owed by the customer or, negative, to them. Whether it can be had is not promised.
    """
    data = await REQUEST.of(request)
    key = await IdempotencyKey.of(request)
    quote = await quote_change(
        QuoteChange(
            actor=actor_of(request),
            booking_id=BookingId(booking_id),
            request=data.request(),
            once=key.once(_change_quoted),
        )
    )
    return respond(_change_quoted(quote))


@post(
    "/v1/bookings/{booking_id:uuid}/change",
    status_code=200,
    opt=step(
        *QUOTED,
        NotConfirmed,
        AlreadyStarted,
        HasBegun,
        *CHANGE_REFUSALS,
        ResourceNotFound,
        SoldOut,
        DiscountUsedUp,
        NotOnSale,
        AlreadyTaken,
        NoUnitFree,
        YesMissing,
        body=CHANGE,
        then=("cancel_booking",),
    ),
)
async def change_as_quoted(
    request: AnyRequest,
    booking_id: FromPath[UUID],
    change_as_quoted: NamedDependency[SkipValidation[UseCase[ChangeBooking, Booking]]],
) -> Response[bytes]:
    """Change the booking as quoted.

    What it had is given up for what it is to have, at once; if that cannot be had, nothing has
    changed. The customer is told.
    """
    data = await CHANGE.of(request)
    quote_id = QuoteId(data.quote_id)
    return await take_with(ChangeBooking, request, booking_id, change_as_quoted, quote_id=quote_id)


router = Router(
    "/", route_handlers=[quote_cancellation, cancel_booking, quote_change, change_as_quoted]
)
