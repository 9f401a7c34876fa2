"""Payments, refunds and disputes, from their rows and to them."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar

import attrs
from sqlalchemy import ColumnElement, Executable, Row, and_, bindparam, or_, select

from adapters.schema.payments import payments, refunds
from adapters.sql.documents import new_converter
from domain.kernel.identifiers import ActorId
from domain.kernel.money import Money
from domain.payments.abuse import Check, Review
from domain.payments.joint import Joint
from domain.payments.payment import OPEN, Method, Payment, PaymentState, Step
from domain.payments.provider import Card
from domain.payments.refunds import Refund, RefundState

converter = new_converter()


@attrs.frozen(kw_only=True)
class PaymentDetails:
    """What nobody looks for a payment by."""

    manual_capture: bool = False
    return_url: str | None = None
    fee: Money | None = None
    card: Card | None = None
    failure: str | None = None
    receipt_url: str | None = None
    note: str = ""
    step_amount: Money | None = None
    check: Check | None = None
    joint: Joint | None = None


@attrs.frozen(kw_only=True)
class RefundDetails:
    """What nobody looks for a refund by."""

    allowance: Money
    reason: str
    attempt: int
    former: tuple[str, ...] = ()
    failure: str | None
    requested_by: ActorId
    decided_by: ActorId | None
    decided_at: datetime | None
    decision: str
    ended_at: datetime | None


Details = TypeVar("Details", PaymentDetails, RefundDetails)


@lru_cache(maxsize=1)
def one_payment() -> Executable:
    return select(payments).where(
        payments.c.organization_id == bindparam("p_organization_id"),
        payments.c.id == bindparam("p_id"),
    )


@lru_cache(maxsize=1)
def one_refund() -> Executable:
    return select(refunds).where(
        refunds.c.organization_id == bindparam("p_organization_id"),
        refunds.c.id == bindparam("p_id"),
    )


def silent_payment(since: datetime) -> ColumnElement[bool]:
    """Open, and not heard of since then; parked ones are heard of by nobody."""
    return and_(
        payments.c.state.in_([state.value for state in OPEN]),
        payments.c.heard_at <= since,
        or_(
            payments.c.review.is_(None),
            payments.c.review != Review.PENDING.value,
            payments.c.created_at <= since - Payment.GIVEN_UP_AFTER,
        ),
    )


def payment_of(row: Row[Any]) -> Payment:
    details = converter.structure(row.details, PaymentDetails)
    return Payment(
        id=row.id,
        booking_id=row.booking_id,
        reference=row.reference,
        method=Method(row.method),
        amount=Money(row.amount_minor, row.currency),
        state=PaymentState(row.state),
        provider=row.provider,
        provider_reference=row.provider_reference,
        captured=Money(row.captured_minor, row.currency),
        refunding=Money(row.refunding_minor, row.currency),
        step=None if row.step is None else Step(row.step),
        disputed=row.disputed,
        started_by=row.started_by,
        gift_credit_id=row.gift_credit_id,
        review=None if row.review is None else Review(row.review),
        created_at=row.created_at,
        heard_at=row.heard_at,
        version=row.version,
        **_members(details),
    )


def columns_of_payment(payment: Payment) -> Mapping[str, Any]:
    return {
        "booking_id": payment.booking_id,
        "reference": payment.reference,
        "method": payment.method.value,
        "state": payment.state.value,
        "provider": payment.provider,
        "provider_reference": payment.provider_reference,
        "amount_minor": payment.amount.minor,
        "captured_minor": payment.captured.minor,
        "refunding_minor": payment.refunding.minor,
        "currency": payment.amount.currency,
        "step": None if payment.step is None else payment.step.value,
        "disputed": payment.disputed,
        "started_by": payment.started_by,
        "gift_credit_id": payment.gift_credit_id,
        "review": None if payment.review is None else payment.review.value,
        "lead_id": None if payment.joint is None else payment.joint.lead,
        "created_at": payment.created_at,
        "heard_at": payment.heard_at,
        "details": converter.unstructure(_part(payment, PaymentDetails)),
    }


def refund_of(row: Row[Any]) -> Refund:
    details = converter.structure(row.details, RefundDetails)
    return Refund(
        id=row.id,
        payment_id=row.payment_id,
        booking_id=row.booking_id,
        amount=Money(row.amount_minor, row.currency),
        fee=Money(row.fee_minor, row.currency),
        method=Method(row.method),
        cause=row.cause,
        state=RefundState(row.state),
        provider_reference=row.provider_reference,
        requested_at=row.requested_at,
        heard_at=row.heard_at,
        version=row.version,
        **_members(details),
    )


def columns_of_refund(refund: Refund) -> Mapping[str, Any]:
    return {
        "payment_id": refund.payment_id,
        "booking_id": refund.booking_id,
        "cause": refund.cause,
        "method": refund.method.value,
        "state": refund.state.value,
        "provider_reference": refund.provider_reference,
        "amount_minor": refund.amount.minor,
        "fee_minor": refund.fee.minor,
        "currency": refund.amount.currency,
        "requested_at": refund.requested_at,
        "heard_at": refund.heard_at,
        "details": converter.unstructure(_part(refund, RefundDetails)),
    }


def _part(whole: Payment | Refund, part: type[Details]) -> Details:
    return part(**{field.name: getattr(whole, field.name) for field in attrs.fields(part)})


def _members(details: PaymentDetails | RefundDetails) -> Mapping[str, Any]:
    return attrs.asdict(details, recurse=False)
