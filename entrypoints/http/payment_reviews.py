"""Routes of payments that look suspicious: somebody lets them go on, or not."""

from typing import Any, TypeVar
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.bookings.review_payment import ApprovePayment, DeclinePayment, ReviewStep
from application.kernel.pages import BadCursor
from application.kernel.ports import UseCase
from application.payments.views import PaymentReviews, PaymentViews
from domain.bookings.life import AwaitsApproval, HoldExpired, NoLongerOpen, NotHeld
from domain.kernel.actors import Permission
from domain.kernel.identifiers import PaymentId
from domain.kernel.refusals import Refusal
from domain.payments.payment import Payment
from domain.payments.refusals import PaymentNotFound, PaymentNotParked
from entrypoints.http.answers import respond, tagged, worded
from entrypoints.http.etags import IF_MATCH, IF_NONE_MATCH, seen_version
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Operation
from entrypoints.http.paging import Cursors, PageQuery
from entrypoints.http.payment_review_shapes import CheckedPaymentBody, ReviewInput, ReviewPage
from entrypoints.http.reading import Body, OptionalBody, Query
from entrypoints.http.security import actor_of

AnyRequest = Request[Any, Any, Any]
Step = TypeVar("Step", bound=ReviewStep)

REVIEW: Body[ReviewInput] = OptionalBody(
    ReviewInput, examples={"with a word": {"note": "called them back"}}
)
PAGE = Query(PageQuery)

_decided = worded(CheckedPaymentBody.of, version=lambda payment: payment.version)


def _step(*refuses: type[Refusal]) -> dict[str, Operation]:
    return Operation(
        tag="payments",
        needs=Permission.OPERATE_PAYMENTS,
        sends=(IDEMPOTENCY_KEY, IF_MATCH),
        body=REVIEW,
        shows=CheckedPaymentBody,
        refuses=(PaymentNotFound, PaymentNotParked, *refuses),
    ).opt


@get(
    "/v1/payment-reviews",
    opt=Operation(
        tag="payments",
        needs=Permission.OPERATE_PAYMENTS,
        query=PAGE,
        shows=ReviewPage,
        refuses=(BadCursor,),
    ).opt,
)
async def list_payment_reviews(
    request: AnyRequest, payment_reviews: NamedDependency[SkipValidation[PaymentReviews]]
) -> Response[bytes]:
    """Payments that look suspicious and wait for somebody, oldest first, with what was found."""
    query, cursors = PAGE.of(request), Cursors.of(request)
    page = await payment_reviews.parked(actor_of(request), slice=cursors.slice(query))
    items = [CheckedPaymentBody.of(payment) for payment in page.items]
    return cursors.respond(ReviewPage(items=items, next=cursors.write(page.next)))


@get(
    "/v1/payments/{payment_id:uuid}/review",
    opt=Operation(
        tag="payments",
        needs=Permission.OPERATE_PAYMENTS,
        sends=(IF_NONE_MATCH,),
        shows=CheckedPaymentBody,
        refuses=(PaymentNotFound,),
    ).opt,
)
async def read_payment_review(
    request: AnyRequest,
    payment_id: FromPath[UUID],
    payment_views: NamedDependency[SkipValidation[PaymentViews]],
) -> Response[bytes]:
    """What was made of a payment before it began, and who has decided about it."""
    payment = await payment_views.payment(actor_of(request), PaymentId(payment_id))
    return tagged(request, CheckedPaymentBody.of(payment), version=payment.version)


@post(
    "/v1/payments/{payment_id:uuid}/approve",
    status_code=200,
    opt=_step(AwaitsApproval, NotHeld, HoldExpired, NoLongerOpen),
)
async def approve_payment(
    request: AnyRequest,
    payment_id: FromPath[UUID],
    approve_payment: NamedDependency[SkipValidation[UseCase[ApprovePayment, Payment]]],
) -> Response[bytes]:
    """Let a payment go on that looked suspicious; its hold begins anew, within its cap.

    The customer goes on with `POST /v1/payments/{payment_id}/continue`.
    """
    return await _take(ApprovePayment, request, payment_id, approve_payment)


@post("/v1/payments/{payment_id:uuid}/decline", status_code=200, opt=_step())
async def decline_payment(
    request: AnyRequest,
    payment_id: FromPath[UUID],
    decline_payment: NamedDependency[SkipValidation[UseCase[DeclinePayment, Payment]]],
) -> Response[bytes]:
    """Have none of a payment that looked suspicious: the provider never hears of it."""
    return await _take(DeclinePayment, request, payment_id, decline_payment)


async def _take(
    kind: type[Step], request: AnyRequest, payment_id: UUID, use_case: UseCase[Step, Payment]
) -> Response[bytes]:
    data = await REVIEW.of(request)
    key = await IdempotencyKey.of(request)
    command = kind(
        actor=actor_of(request),
        payment_id=PaymentId(payment_id),
        version=seen_version(request),
        note=data.note,
        once=key.once(_decided),
    )
    return respond(_decided(await use_case(command)))


router = Router(
    "/",
    route_handlers=[list_payment_reviews, read_payment_review, approve_payment, decline_payment],
)
