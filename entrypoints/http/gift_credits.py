"""Routes of gift credit: issued, looked at, and used to pay for bookings."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.bookings.settle_booking import SettleBooking
from application.bookings.use_gift_credit import UseGiftCredit
from application.kernel.pages import BadCursor
from application.kernel.ports import UseCase
from application.payments.gift_ports import GiftCreditViews
from application.payments.issue_gift_credit import IssuedGiftCredit, IssueGiftCredit
from domain.bookings.booking import Booking
from domain.bookings.life import BookingNotFound
from domain.kernel.actors import Actor, Permission
from domain.kernel.identifiers import BookingId, GiftCreditId
from domain.kernel.money import CurrenciesDiffer, Money
from domain.payments.gift_credit import (
    BadGiftCredit,
    GiftCreditNotFound,
    GiftCreditUsedUp,
    UnknownGiftCode,
)
from domain.payments.payment import Payment
from domain.payments.refusals import MoreThanIsOwed, NothingToPay
from entrypoints.http.answers import answer, respond, worded
from entrypoints.http.gift_credit_shapes import (
    GiftCreditBody,
    GiftCreditInput,
    GiftCreditPage,
    IssuedGiftCreditBody,
    UseGiftCreditInput,
)
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Operation
from entrypoints.http.paging import Cursors, PageQuery
from entrypoints.http.payment_shapes import PaymentBody
from entrypoints.http.reading import Body, Query
from entrypoints.http.security import actor_of

AnyRequest = Request[Any, Any, Any]

ISSUE: Body[GiftCreditInput] = Body(
    GiftCreditInput,
    examples={"sold": {"amount_minor": 5000, "currency": "EUR", "paid_by": "cash"}},
)
USE: Body[UseGiftCreditInput] = Body(
    UseGiftCreditInput, examples={"as much as can be": {"code": "GIFT-7KX2-M9QP-4RTV-W0AB"}}
)
PAGE = Query(PageQuery)

_issued_before = worded(
    IssuedGiftCreditBody.without_code,
    status=201,
    location=lambda issued: f"/v1/gift-credits/{issued.credit.id}",
)
_issued = worded(
    IssuedGiftCreditBody.of,
    status=201,
    location=lambda issued: f"/v1/gift-credits/{issued.credit.id}",
)
_paid = worded(
    PaymentBody.of,
    status=201,
    version=lambda payment: payment.version,
    location=lambda payment: f"/v1/payments/{payment.id}",
)


@post(
    "/v1/gift-credits",
    opt=Operation(
        tag="payments",
        needs=Permission.OPERATE_PAYMENTS,
        sends=(IDEMPOTENCY_KEY,),
        body=ISSUE,
        shows=IssuedGiftCreditBody,
        status=201,
        refuses=(BadGiftCredit,),
    ).opt,
)
async def issue_gift_credit(
    request: AnyRequest,
    issue_gift_credit: NamedDependency[SkipValidation[UseCase[IssueGiftCredit, IssuedGiftCredit]]],
) -> Response[bytes]:
    """Issue credit that whoever has its code can pay with. The code is shown this once.

    Sent again under the same key, the answer has no code.
    """
    data = await ISSUE.of(request)
    key = await IdempotencyKey.of(request)
    issued = await issue_gift_credit(
        IssueGiftCredit(
            actor=actor_of(request),
            amount=Money(data.amount_minor, data.currency),
            paid_by=data.paid_by,
            note=data.note,
            expires_at=data.expires_at,
            once=key.once(_issued_before),
        )
    )
    return respond(_issued(issued))


@get(
    "/v1/gift-credits/{gift_credit_id:uuid}",
    opt=Operation(
        tag="payments",
        needs=Permission.READ_PAYMENTS,
        shows=GiftCreditBody,
        refuses=(GiftCreditNotFound,),
    ).opt,
)
async def read_gift_credit(
    request: AnyRequest,
    gift_credit_id: FromPath[UUID],
    gift_credit_views: NamedDependency[SkipValidation[GiftCreditViews]],
) -> Response[bytes]:
    """What was issued, and what is left of it; never its code."""
    credit = await gift_credit_views.gift_credit(actor_of(request), GiftCreditId(gift_credit_id))
    return respond(answer(GiftCreditBody.of(credit)))


@get(
    "/v1/gift-credits",
    opt=Operation(
        tag="payments",
        needs=Permission.READ_PAYMENTS,
        query=PAGE,
        shows=GiftCreditPage,
        refuses=(BadCursor,),
    ).opt,
)
async def list_gift_credits(
    request: AnyRequest, gift_credit_views: NamedDependency[SkipValidation[GiftCreditViews]]
) -> Response[bytes]:
    """All that was issued, oldest first."""
    query, cursors = PAGE.of(request), Cursors.of(request)
    page = await gift_credit_views.gift_credits(actor_of(request), slice=cursors.slice(query))
    items = [GiftCreditBody.of(credit) for credit in page.items]
    return cursors.respond(GiftCreditPage(items=items, next=cursors.write(page.next)))


@post(
    "/v1/bookings/{booking_id:uuid}/payments/gift-credit",
    opt=Operation(
        tag="payments",
        needs=Permission.TAKE_PAYMENTS,
        sends=(IDEMPOTENCY_KEY,),
        body=USE,
        shows=PaymentBody,
        status=201,
        refuses=(
            BookingNotFound,
            UnknownGiftCode,
            GiftCreditUsedUp,
            MoreThanIsOwed,
            NothingToPay,
            CurrenciesDiffer,
        ),
    ).opt,
)
async def use_gift_credit(
    request: AnyRequest,
    booking_id: FromPath[UUID],
    use_gift_credit: NamedDependency[SkipValidation[UseCase[UseGiftCredit, Payment]]],
    settle_booking: NamedDependency[SkipValidation[UseCase[SettleBooking, Booking]]],
) -> Response[bytes]:
    """Pay with gift credit: all that is owed, or as much of it as is left on the credit.

    A held booking is confirmed once enough is paid. What is given back goes to the credit.
    """
    data = await USE.of(request)
    key = await IdempotencyKey.of(request)
    actor = actor_of(request)
    payment = await use_gift_credit(
        UseGiftCredit(
            actor=actor,
            booking_id=BookingId(booking_id),
            code=data.code,
            amount_minor=data.amount_minor,
            once=key.once(_paid),
        )
    )
    system = Actor.system(actor.organization_id)
    await settle_booking(SettleBooking(actor=system, booking_id=payment.booking_id))
    return respond(_paid(payment))


router = Router(
    "/",
    route_handlers=[issue_gift_credit, read_gift_credit, list_gift_credits, use_gift_credit],
)
