"""Routes of refunds that are quoted first, and given back as quoted."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.bookings.quote_refund import ConfirmRefundQuote, QuoteRefund
from application.kernel.ports import UseCase
from application.payments.views import PaymentViews
from domain.bookings.promises import QuoteOutdated
from domain.bookings.quotes import QuoteExpired, QuoteNotFound
from domain.bookings.refund_quotes import RefundQuote, RefundQuoteOutdated
from domain.kernel.actors import Permission
from domain.kernel.identifiers import PaymentId, QuoteId
from domain.kernel.money import Money
from domain.payments.refunds import Refund
from domain.payments.refusals import (
    FeeAboveRefund,
    NothingToRefund,
    PaymentDisputed,
    PaymentNotFound,
    TooMuchToRefund,
    WrongMethod,
)
from entrypoints.http.answers import respond, worded
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Operation
from entrypoints.http.reading import Body
from entrypoints.http.refund_quote_shapes import (
    RefundAsQuotedInput,
    RefundQuoteBody,
    RefundQuoteInput,
)
from entrypoints.http.refund_shapes import RefundBody
from entrypoints.http.security import actor_of

AnyRequest = Request[Any, Any, Any]

QUOTE: Body[RefundQuoteInput] = Body(
    RefundQuoteInput, examples={"less a fee": {"amount_minor": 5000, "fee_minor": 500}}
)
AS_QUOTED: Body[RefundAsQuotedInput] = Body(
    RefundAsQuotedInput,
    examples={
        "as quoted": {
            "quote_id": "01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a10",
            "reason": "rain all week",
        }
    },
)

_quoted = worded(RefundQuoteBody.of, status=201)
_requested = worded(
    RefundBody.of,
    status=201,
    version=lambda refund: refund.version,
    location=lambda refund: f"/v1/refunds/{refund.id}",
)


@post(
    "/v1/payments/{payment_id:uuid}/refund-quotes",
    opt=Operation(
        tag="refunds",
        needs=Permission.REFUND_PAYMENTS,
        sends=(IDEMPOTENCY_KEY,),
        body=QUOTE,
        shows=RefundQuoteBody,
        status=201,
        refuses=(
            PaymentNotFound,
            NothingToRefund,
            TooMuchToRefund,
            FeeAboveRefund,
            PaymentDisputed,
        ),
    ).opt,
)
async def quote_refund(
    request: AnyRequest,
    payment_id: FromPath[UUID],
    payment_views: NamedDependency[SkipValidation[PaymentViews]],
    quote_refund: NamedDependency[SkipValidation[UseCase[QuoteRefund, RefundQuote]]],
) -> Response[bytes]:
    """What giving back part of a payment comes to, by line and with its tax.

    Nothing is set aside by it. It is good until `expires_at`, as long as neither the payment nor
    the booking changes.
    """
    data = await QUOTE.of(request)
    key = await IdempotencyKey.of(request)
    payment = await payment_views.payment(actor_of(request), PaymentId(payment_id))
    currency = payment.amount.currency
    quote = await quote_refund(
        QuoteRefund(
            actor=actor_of(request),
            payment_id=payment.id,
            amount=Money(data.amount_minor, currency),
            fee=Money(data.fee_minor, currency),
            once=key.once(_quoted),
        )
    )
    return respond(_quoted(quote))


@post(
    "/v1/payments/{payment_id:uuid}/refunds/as-quoted",
    opt=Operation(
        tag="refunds",
        needs=Permission.REFUND_PAYMENTS,
        sends=(IDEMPOTENCY_KEY,),
        body=AS_QUOTED,
        shows=RefundBody,
        status=201,
        refuses=(
            PaymentNotFound,
            QuoteNotFound,
            QuoteExpired,
            QuoteOutdated,
            RefundQuoteOutdated,
            TooMuchToRefund,
            PaymentDisputed,
            WrongMethod,
        ),
    ).opt,
)
async def refund_as_quoted(
    request: AnyRequest,
    payment_id: FromPath[UUID],
    payment_views: NamedDependency[SkipValidation[PaymentViews]],
    refund_as_quoted: NamedDependency[SkipValidation[UseCase[ConfirmRefundQuote, Refund]]],
) -> Response[bytes]:
    """Ask for what was quoted to be given back; above a limit, a second person approves it."""
    data = await AS_QUOTED.of(request)
    key = await IdempotencyKey.of(request)
    payment = await payment_views.payment(actor_of(request), PaymentId(payment_id))
    refund = await refund_as_quoted(
        ConfirmRefundQuote(
            actor=actor_of(request),
            payment_id=payment.id,
            quote_id=QuoteId(data.quote_id),
            method=data.method,
            reason=data.reason,
            once=key.once(_requested),
        )
    )
    return respond(_requested(refund))


router = Router("/", route_handlers=[quote_refund, refund_as_quoted])
