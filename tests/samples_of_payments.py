"""Ready-made payments, refunds and what providers say of them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from domain.kernel.identifiers import BookingId, JournalId, PaymentId, RefundId
from domain.kernel.money import Money
from domain.payments.ledger import Cause, Journal, Transfer
from domain.payments.payment import Method, Payment
from domain.payments.provider import (
    DisputeStatus,
    ProviderDispute,
    ProviderPayment,
    ProviderRefund,
    ProviderStatus,
    RefundStatus,
)
from domain.payments.refunds import Refund
from tests.samples import DESK, NOW, pounds

PRICE = pounds(180)
"""Of two nights in the samples' room."""
NOTHING = pounds(0)
PROVIDER = "fake"


def booking_id(number: int = 1) -> BookingId:
    return BookingId(UUID(int=number))


def payment_id(number: int = 801) -> PaymentId:
    return PaymentId(UUID(int=number))


def refund_id(number: int = 901) -> RefundId:
    return RefundId(UUID(int=number))


def payment(
    id: int = 801,
    amount: Money = PRICE,
    *,
    booking: int = 1,
    manual_capture: bool = False,
    now: datetime = NOW,
) -> Payment:
    return Payment.start(
        payment_id(id),
        booking_id(booking),
        amount,
        reference=f"PAY-20261120-{id:06}",
        provider=PROVIDER,
        manual_capture=manual_capture,
        return_url=None,
        now=now,
    )


def by_hand(
    id: int = 801, amount: Money = PRICE, *, booking: int = 1, method: Method = Method.CASH
) -> Payment:
    return Payment.take_by_hand(
        payment_id(id),
        booking_id(booking),
        amount,
        reference=f"PAY-20261120-{id:06}",
        method=method,
        note="till 2",
        now=NOW,
    )


def news(
    status: ProviderStatus, *, id: int = 801, amount: Money = PRICE, **said: Any
) -> ProviderPayment:
    """Of a payment that was captured, all of it was."""
    captured = amount if status is ProviderStatus.SUCCEEDED else amount * 0
    members = {"reference": f"pi_{id}", "captured": captured, **said}
    return ProviderPayment(payment_id=payment_id(id), status=status, amount=amount, **members)


def refund(
    id: int = 901,
    amount: Money = PRICE,
    *,
    payment: int = 801,
    booking: int = 1,
    fee: Money = NOTHING,
    allowance: Money | None = None,
    method: Method = Method.ONLINE,
    cause: str | None = None,
) -> Refund:
    return Refund.request(
        refund_id(id),
        payment_id=payment_id(payment),
        booking_id=booking_id(booking),
        amount=amount,
        fee=fee,
        allowance=allowance,
        method=method,
        reason="it rained",
        cause=cause or f"requested:{id}",
        by=DESK.id,
        now=NOW,
    )


def refund_news(status: RefundStatus, *, id: int = 901, **said: Any) -> ProviderRefund:
    members = {"reference": f"re_{id}", "amount": PRICE, **said}
    return ProviderRefund(
        refund_id=refund_id(id), payment_reference="pi_801", status=status, **members
    )


def dispute_news(status: DisputeStatus, *, withdrawn: Money, **said: Any) -> ProviderDispute:
    members = {"inquiry": False, "amount": PRICE, "payment_reference": "pi_801", **said}
    return ProviderDispute(
        reference=members.pop("reference", "dp_1"),
        status=status,
        reason="fraudulent",
        withdrawn=withdrawn,
        **members,
    )


def journal(
    cause: Cause, about: str, *transfers: Transfer, id: int = 701, booking: int | None = 1
) -> Journal:
    return Journal(
        id=JournalId(UUID(int=id)),
        cause=cause,
        about=about,
        booking_id=None if booking is None else booking_id(booking),
        transfers=transfers,
        occurred_at=NOW,
    )
