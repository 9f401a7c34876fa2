"""Routes of payments: begun, gone on with, taken by hand."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.bookings.pay_booking import PayBooking
from application.bookings.settle_booking import SettleBooking
from application.bookings.take_payment import TakePayment
from application.kernel.ports import UseCase
from application.payments.carry_on_payment import CarriedOn, CarryOnPayment
from application.payments.gateway import NoPaymentProvider, PaymentProviderDown
from domain.bookings.booking import Booking
from domain.bookings.life import (
    AwaitsApproval,
    BookingNotFound,
    HoldExpired,
    NoLongerOpen,
    NotHeld,
)
from domain.kernel.actors import Actor, Permission
from domain.kernel.identifiers import BookingId, PaymentId
from domain.kernel.money import CurrenciesDiffer, Money
from domain.payments.payment import Method, Payment, PaymentState
from domain.payments.refusals import (
    MoreThanIsOwed,
    NothingToPay,
    PaymentNotFound,
    PaymentOpen,
)
from entrypoints.http.answers import answer, respond, worded
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.in_calls import CALL_ID
from entrypoints.http.operations import Operation
from entrypoints.http.payment_shapes import (
    ByHandInput,
    CarriedOnBody,
    PaymentBody,
    PaymentInput,
)
from entrypoints.http.reading import Body, OptionalBody, no_body
from entrypoints.http.security import actor_of

AnyRequest = Request[Any, Any, Any]

START: Body[PaymentInput] = OptionalBody(
    PaymentInput,
    examples={
        "what is due": {"return_url": "https://shop.example.com/thanks"},
        "set aside": {"manual_capture": True},
    },
)
BY_HAND: Body[ByHandInput] = Body(
    ByHandInput,
    examples={
        "transfer": {
            "method": "bank_transfer",
            "amount_minor": 9900,
            "currency": "EUR",
            "note": "statement 12",
        }
    },
)
THIS = {"payment_id": "$response.body#/payment/id"}

_begun = worded(
    CarriedOnBody.of,
    status=201,
    version=lambda one: one.payment.version,
    location=lambda one: f"/v1/payments/{one.payment.id}",
)
_taken = worded(
    PaymentBody.of,
    status=201,
    version=lambda payment: payment.version,
    location=lambda payment: f"/v1/payments/{payment.id}",
)


@post(
    "/v1/bookings/{booking_id:uuid}/payments",
    opt=Operation(
        tag="payments",
        needs=Permission.TAKE_PAYMENTS,
        sends=(IDEMPOTENCY_KEY, CALL_ID),
        body=START,
        shows=CarriedOnBody,
        status=201,
        refuses=(
            BookingNotFound,
            AwaitsApproval,
            NotHeld,
            HoldExpired,
            NoLongerOpen,
            NothingToPay,
            PaymentOpen,
            NoPaymentProvider,
            PaymentProviderDown,
        ),
        then={"read_payment": THIS, "carry_on_payment": THIS},
    ).opt,
)
async def pay_booking(
    request: AnyRequest,
    booking_id: FromPath[UUID],
    pay_booking: NamedDependency[SkipValidation[UseCase[PayBooking, CarriedOn]]],
) -> Response[bytes]:
    """Begin to pay what is due for a booking; how much that is, is worked out here.

    The customer goes on as `next_action` says: no card number ever comes here. Asked again while
    it is open, it is the same payment. Once it is captured or authorised, a held booking is
    confirmed by itself. When the provider is down nothing is lost: ask again.
    """
    data = await START.of(request)
    key = await IdempotencyKey.of(request)
    carried_on = await pay_booking(
        PayBooking(
            actor=actor_of(request),
            booking_id=BookingId(booking_id),
            in_full=data.in_full,
            manual_capture=data.manual_capture,
            return_url=data.return_url,
            once=key.once(_begun),
        )
    )
    return respond(_begun(carried_on))


@post(
    "/v1/bookings/{booking_id:uuid}/payments/by-hand",
    opt=Operation(
        tag="payments",
        needs=Permission.TAKE_PAYMENTS,
        sends=(IDEMPOTENCY_KEY, CALL_ID),
        body=BY_HAND,
        shows=PaymentBody,
        status=201,
        refuses=(BookingNotFound, MoreThanIsOwed, CurrenciesDiffer),
    ).opt,
)
async def take_payment(
    request: AnyRequest,
    booking_id: FromPath[UUID],
    take_payment: NamedDependency[SkipValidation[UseCase[TakePayment, Payment]]],
    settle_booking: NamedDependency[SkipValidation[UseCase[SettleBooking, Booking]]],
) -> Response[bytes]:
    """Say that money was received: a bank transfer, cash. A held booking is confirmed by it."""
    data = await BY_HAND.of(request)
    key = await IdempotencyKey.of(request)
    payment = await take_payment(
        TakePayment(
            actor=actor_of(request),
            booking_id=BookingId(booking_id),
            amount=Money(data.amount_minor, data.currency),
            method=Method(data.method),
            note=data.note,
            once=key.once(_taken),
        )
    )
    await _settle(settle_booking, request, payment)
    return respond(_taken(payment))


@post(
    "/v1/payments/{payment_id:uuid}/continue",
    status_code=200,
    opt=Operation(
        tag="payments",
        needs=Permission.TAKE_PAYMENTS,
        shows=CarriedOnBody,
        refuses=(PaymentNotFound, NoPaymentProvider, PaymentProviderDown),
    ).opt,
)
async def carry_on_payment(
    request: AnyRequest,
    payment_id: FromPath[UUID],
    carry_on_payment: NamedDependency[SkipValidation[UseCase[CarryOnPayment, CarriedOn]]],
    settle_booking: NamedDependency[SkipValidation[UseCase[SettleBooking, Booking]]],
) -> Response[bytes]:
    """Ask the provider how it stands: when the customer has come back, or at any other time.

    What the provider says by itself does the same; whichever comes first counts.
    """
    await no_body(request)
    command = CarryOnPayment(actor=actor_of(request), payment_id=PaymentId(payment_id))
    carried_on = await carry_on_payment(command)
    await _settle(settle_booking, request, carried_on.payment)
    return respond(answer(CarriedOnBody.of(carried_on), version=carried_on.payment.version))


async def _settle(
    settle: UseCase[SettleBooking, Booking], request: AnyRequest, payment: Payment
) -> None:
    """At once, instead of when the worker has heard of it."""
    if payment.state in (PaymentState.AUTHORISED, PaymentState.CAPTURED):
        actor = Actor.system(actor_of(request).organization_id)
        await settle(SettleBooking(actor=actor, booking_id=payment.booking_id))


router = Router("/", route_handlers=[pay_booking, take_payment, carry_on_payment])
