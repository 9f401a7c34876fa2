"""Routes of refunds: asked for, and decided on."""

from typing import Any, TypeVar
from uuid import UUID

from litestar import Request, Response, Router, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.bookings.request_refund import RequestRefund
from application.kernel.ports import UseCase
from application.payments.refund_steps import (
    ApproveRefund,
    DropRefund,
    PaidRefund,
    RefundStep,
    RejectRefund,
    RetryRefund,
)
from application.payments.views import PaymentViews
from domain.kernel.actors import Permission
from domain.kernel.identifiers import PaymentId, RefundId
from domain.kernel.money import Money
from domain.kernel.refusals import Refusal
from domain.payments.payment import Method
from domain.payments.refunds import Refund
from domain.payments.refusals import (
    FeeAboveRefund,
    NothingToRefund,
    PaymentDisputed,
    PaymentNotFound,
    RefundNotFound,
    RefundNotPossible,
    SecondPersonNeeded,
    TooMuchToRefund,
    WrongMethod,
)
from entrypoints.http.answers import respond, worded
from entrypoints.http.etags import IF_MATCH, seen_version
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.in_calls import CALL_ID
from entrypoints.http.operations import Operation
from entrypoints.http.reading import Body, OptionalBody, no_body
from entrypoints.http.refund_shapes import (
    DecisionInput,
    DropInput,
    RefundBody,
    RefundInput,
    RetryInput,
)
from entrypoints.http.security import actor_of

AnyRequest = Request[Any, Any, Any]
Step = TypeVar("Step", bound=RefundStep)

REQUEST: Body[RefundInput] = Body(
    RefundInput, examples={"part of it": {"amount_minor": 2500, "reason": "rain all week"}}
)
DECISION: Body[DecisionInput] = OptionalBody(
    DecisionInput, examples={"with a word": {"note": "as agreed by phone"}}
)
RETRY: Body[RetryInput] = Body(
    RetryInput,
    examples={"by hand": {"method": "bank_transfer"}, "once more": {"method": "online"}},
)
DROP: Body[DropInput] = Body(DropInput, examples={"with a reason": {"reason": "paid in March"}})
THIS = {"refund_id": "$response.body#/id"}
CHANGES = {**THIS, IF_MATCH.name: "$response.header.ETag"}

_requested = worded(
    RefundBody.of,
    status=201,
    version=lambda refund: refund.version,
    location=lambda refund: f"/v1/refunds/{refund.id}",
)
_decided = worded(RefundBody.of, version=lambda refund: refund.version)


def _step(
    needs: Permission, *refuses: type[Refusal], body: Body[Any] | None = None
) -> dict[str, Operation]:
    return Operation(
        tag="refunds",
        needs=needs,
        sends=(IDEMPOTENCY_KEY, IF_MATCH),
        body=body,
        shows=RefundBody,
        refuses=(RefundNotFound, RefundNotPossible, *refuses),
    ).opt


@post(
    "/v1/payments/{payment_id:uuid}/refunds",
    opt=Operation(
        tag="refunds",
        needs=Permission.REFUND_PAYMENTS,
        sends=(IDEMPOTENCY_KEY, CALL_ID),
        body=REQUEST,
        shows=RefundBody,
        status=201,
        refuses=(
            PaymentNotFound,
            NothingToRefund,
            TooMuchToRefund,
            FeeAboveRefund,
            PaymentDisputed,
            WrongMethod,
        ),
        then={"read_refund": THIS, "approve_refund": CHANGES, "reject_refund": CHANGES},
    ).opt,
)
async def request_refund(
    request: AnyRequest,
    payment_id: FromPath[UUID],
    payment_views: NamedDependency[SkipValidation[PaymentViews]],
    request_refund: NamedDependency[SkipValidation[UseCase[RequestRefund, Refund]]],
) -> Response[bytes]:
    """Ask for money to be given back, whatever becomes of the booking: that stays what it is.

    What is asked for is set aside, so that nobody gives it back twice. What is not owed any more
    is given back by itself; this is for everything else.
    """
    data = await REQUEST.of(request)
    key = await IdempotencyKey.of(request)
    payment = await payment_views.payment(actor_of(request), PaymentId(payment_id))
    currency = payment.amount.currency
    refund = await request_refund(
        RequestRefund(
            actor=actor_of(request),
            payment_id=payment.id,
            amount=Money(data.amount_minor, currency),
            fee=Money(data.fee_minor, currency),
            method=payment.method if data.method is None else data.method,
            reason=data.reason,
            once=key.once(_requested),
        )
    )
    return respond(_requested(refund))


@post(
    "/v1/refunds/{refund_id:uuid}/approve",
    status_code=200,
    opt=_step(Permission.APPROVE_REFUNDS, SecondPersonNeeded, body=DECISION),
)
async def approve_refund(
    request: AnyRequest,
    refund_id: FromPath[UUID],
    approve_refund: NamedDependency[SkipValidation[UseCase[ApproveRefund, Refund]]],
) -> Response[bytes]:
    """Give it back; above a limit, not by whoever asked for it. It is done shortly."""
    data = await DECISION.of(request)
    return await _take(ApproveRefund, request, refund_id, approve_refund, note=data.note)


@post(
    "/v1/refunds/{refund_id:uuid}/reject",
    status_code=200,
    opt=_step(Permission.APPROVE_REFUNDS, body=DECISION),
)
async def reject_refund(
    request: AnyRequest,
    refund_id: FromPath[UUID],
    reject_refund: NamedDependency[SkipValidation[UseCase[RejectRefund, Refund]]],
) -> Response[bytes]:
    """Give nothing back."""
    data = await DECISION.of(request)
    return await _take(RejectRefund, request, refund_id, reject_refund, note=data.note)


@post(
    "/v1/refunds/{refund_id:uuid}/retry",
    status_code=200,
    opt=_step(Permission.APPROVE_REFUNDS, WrongMethod, body=RETRY),
)
async def retry_refund(
    request: AnyRequest,
    refund_id: FromPath[UUID],
    retry_refund: NamedDependency[SkipValidation[UseCase[RetryRefund, Refund]]],
) -> Response[bytes]:
    """Try again what has failed: the same way, or by hand."""
    data = await RETRY.of(request)
    method = Method(data.method)
    return await _take(RetryRefund, request, refund_id, retry_refund, method=method)


@post(
    "/v1/refunds/{refund_id:uuid}/paid",
    status_code=200,
    opt=_step(Permission.APPROVE_REFUNDS),
)
async def say_refund_paid(
    request: AnyRequest,
    refund_id: FromPath[UUID],
    say_refund_paid: NamedDependency[SkipValidation[UseCase[PaidRefund, Refund]]],
) -> Response[bytes]:
    """Say that it was given back by hand."""
    await no_body(request)
    return await _take(PaidRefund, request, refund_id, say_refund_paid)


@post(
    "/v1/refunds/{refund_id:uuid}/drop",
    status_code=200,
    opt=_step(Permission.APPROVE_REFUNDS, body=DROP),
)
async def drop_refund(
    request: AnyRequest,
    refund_id: FromPath[UUID],
    drop_refund: NamedDependency[SkipValidation[UseCase[DropRefund, Refund]]],
) -> Response[bytes]:
    """Give up what has failed: its amount is free to be given back in another way."""
    data = await DROP.of(request)
    return await _take(DropRefund, request, refund_id, drop_refund, note=data.reason)


async def _take(
    kind: type[Step],
    request: AnyRequest,
    refund_id: UUID,
    use_case: UseCase[Step, Refund],
    **members: Any,
) -> Response[bytes]:
    """Comes after the body has been read."""
    key = await IdempotencyKey.of(request)
    command = kind(
        actor=actor_of(request),
        refund_id=RefundId(refund_id),
        version=seen_version(request),
        once=key.once(_decided),
        **members,
    )
    return respond(_decided(await use_case(command)))


router = Router(
    "/",
    route_handlers=[
        request_refund,
        approve_refund,
        reject_refund,
        retry_refund,
        say_refund_paid,
        drop_refund,
    ],
)
