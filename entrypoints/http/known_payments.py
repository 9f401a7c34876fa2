"""Routes of payments that are known: captured, cancelled, read."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.bookings.money_views import MoneyViews
from application.kernel.pages import BadCursor
from application.kernel.ports import UseCase
from application.payments.payment_steps import CancelPayment, CapturePayment
from application.payments.views import PaymentViews
from domain.bookings.life import (
    BookingNotFound,
)
from domain.kernel.actors import Permission
from domain.kernel.identifiers import BookingId, PaymentId
from domain.kernel.money import Money
from domain.payments.payment import Payment
from domain.payments.refusals import (
    PaymentNotFound,
    PaymentNotOpen,
    TooMuchToCapture,
)
from entrypoints.http.answers import answer, respond, tagged, worded
from entrypoints.http.etags import IF_MATCH, IF_NONE_MATCH, seen_version
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Operation
from entrypoints.http.paging import Cursors
from entrypoints.http.payment_shapes import (
    CaptureInput,
    MoneyOfBookingBody,
    PaymentBody,
    PaymentPage,
    PaymentQuery,
)
from entrypoints.http.reading import Body, OptionalBody, Query, no_body
from entrypoints.http.security import actor_of

AnyRequest = Request[Any, Any, Any]

CAPTURE: Body[CaptureInput] = OptionalBody(
    CaptureInput, examples={"all": {}, "less": {"amount_minor": 4900}}
)
SEARCH = Query(PaymentQuery)

_requested = worded(PaymentBody.of, status=202, version=lambda payment: payment.version)


@post(
    "/v1/payments/{payment_id:uuid}/capture",
    status_code=202,
    opt=Operation(
        tag="payments",
        needs=Permission.TAKE_PAYMENTS,
        sends=(IDEMPOTENCY_KEY, IF_MATCH),
        body=CAPTURE,
        shows=PaymentBody,
        status=202,
        refuses=(PaymentNotFound, PaymentNotOpen, TooMuchToCapture),
    ).opt,
)
async def capture_payment(
    request: AnyRequest,
    payment_id: FromPath[UUID],
    payment_views: NamedDependency[SkipValidation[PaymentViews]],
    capture_payment: NamedDependency[SkipValidation[UseCase[CapturePayment, Payment]]],
) -> Response[bytes]:
    """Take what was set aside, or part of it: the rest is let go of. It is done shortly."""
    data = await CAPTURE.of(request)
    key = await IdempotencyKey.of(request)
    amount = None
    if data.amount_minor is not None:
        known = await payment_views.payment(actor_of(request), PaymentId(payment_id))
        amount = Money(data.amount_minor, known.amount.currency)
    payment = await capture_payment(
        CapturePayment(
            actor=actor_of(request),
            payment_id=PaymentId(payment_id),
            version=seen_version(request),
            amount=amount,
            once=key.once(_requested),
        )
    )
    return respond(_requested(payment))


@post(
    "/v1/payments/{payment_id:uuid}/cancel",
    status_code=202,
    opt=Operation(
        tag="payments",
        needs=Permission.TAKE_PAYMENTS,
        sends=(IDEMPOTENCY_KEY, IF_MATCH),
        shows=PaymentBody,
        status=202,
        refuses=(PaymentNotFound, PaymentNotOpen),
    ).opt,
)
async def cancel_payment(
    request: AnyRequest,
    payment_id: FromPath[UUID],
    cancel_payment: NamedDependency[SkipValidation[UseCase[CancelPayment, Payment]]],
) -> Response[bytes]:
    """Let go of a payment that is not captured. It is done shortly; if the money came first, it
    is captured all the same.
    """
    await no_body(request)
    key = await IdempotencyKey.of(request)
    payment = await cancel_payment(
        CancelPayment(
            actor=actor_of(request),
            payment_id=PaymentId(payment_id),
            version=seen_version(request),
            once=key.once(_requested),
        )
    )
    return respond(_requested(payment))


@get(
    "/v1/payments/{payment_id:uuid}",
    opt=Operation(
        tag="payments",
        needs=Permission.READ_PAYMENTS,
        sends=(IF_NONE_MATCH,),
        shows=PaymentBody,
        refuses=(PaymentNotFound,),
    ).opt,
)
async def read_payment(
    request: AnyRequest,
    payment_id: FromPath[UUID],
    payment_views: NamedDependency[SkipValidation[PaymentViews]],
) -> Response[bytes]:
    """One payment, as far as we have heard of it."""
    payment = await payment_views.payment(actor_of(request), PaymentId(payment_id))
    return tagged(request, PaymentBody.of(payment), version=payment.version)


@get(
    "/v1/payments",
    opt=Operation(
        tag="payments",
        needs=Permission.READ_PAYMENTS,
        query=SEARCH,
        shows=PaymentPage,
        refuses=(BadCursor,),
    ).opt,
)
async def list_payments(
    request: AnyRequest, payment_views: NamedDependency[SkipValidation[PaymentViews]]
) -> Response[bytes]:
    """Payments, oldest first."""
    query, cursors = SEARCH.of(request), Cursors.of(request)
    page = await payment_views.payments(
        actor_of(request), filter=query.filter(), slice=cursors.slice(query)
    )
    items = [PaymentBody.of(payment) for payment in page.items]
    return cursors.respond(PaymentPage(items=items, next=cursors.write(page.next)))


@get(
    "/v1/bookings/{booking_id:uuid}/money",
    opt=Operation(
        tag="payments",
        needs=Permission.READ_PAYMENTS,
        shows=MoneyOfBookingBody,
        refuses=(BookingNotFound,),
    ).opt,
)
async def read_money_of_booking(
    request: AnyRequest,
    booking_id: FromPath[UUID],
    money_views: NamedDependency[SkipValidation[MoneyViews]],
) -> Response[bytes]:
    """What a booking costs as it stands, what was paid for it, and what is due when."""
    money = await money_views.money_of(actor_of(request), BookingId(booking_id))
    return respond(answer(MoneyOfBookingBody.of(money)))


router = Router(
    "/",
    route_handlers=[
        capture_payment,
        cancel_payment,
        read_payment,
        list_payments,
        read_money_of_booking,
    ],
)
