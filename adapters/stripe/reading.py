"""What Stripe's objects say, in our words. All of it raises ValueError for what makes no sense."""

from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any
from uuid import UUID

import msgspec

from adapters.stripe.amounts import received
from adapters.stripe.shapes import (
    Balance,
    Charge,
    DisputeObject,
    EventObject,
    Intent,
    RefundObject,
    Source,
)
from application.payments.gateway import BalanceChange
from domain.kernel.identifiers import PaymentId, RefundId
from domain.kernel.money import Money
from domain.payments.provider import (
    Card,
    DisputeStatus,
    ProviderDispute,
    ProviderEvent,
    ProviderPayment,
    ProviderRefund,
    ProviderStatus,
    RefundStatus,
    Subject,
)

PAYMENT_ID, BOOKING_ID, REFUND_ID = "payment_id", "booking_id", "refund_id"
INQUIRY = "warning_"
SUBJECTS = {
    "payment_intent": Subject.PAYMENT,
    "charge": Subject.PAYMENT,
    "refund": Subject.REFUND,
    "dispute": Subject.DISPUTE,
}


def payment_in(document: Mapping[str, Any]) -> ProviderPayment:
    intent = msgspec.convert(document, Intent)
    status = ProviderStatus(intent.status)
    charge = intent.latest_charge if isinstance(intent.latest_charge, Charge) else None
    action = intent.next_action.redirect_to_url if intent.next_action else None
    return ProviderPayment(
        reference=intent.id,
        payment_id=_payment_id(intent.metadata),
        status=status,
        amount=received(intent.amount, intent.currency),
        captured=_captured(intent, status),
        fee=_fee(charge),
        card=_card(charge),
        failure=_failure(intent),
        receipt_url=charge.receipt_url if charge else None,
        client_secret=intent.client_secret,
        redirect_url=action.url if action else None,
    )


def refund_in(document: Mapping[str, Any]) -> ProviderRefund:
    refund = msgspec.convert(document, RefundObject)
    told = refund.metadata.get(REFUND_ID)
    return ProviderRefund(
        reference=refund.id,
        refund_id=RefundId(UUID(told)) if told else None,
        payment_reference=refund.payment_intent or refund.charge or "",
        status=RefundStatus(refund.status),
        amount=received(refund.amount, refund.currency),
        failure=refund.failure_reason,
    )


def dispute_in(document: Mapping[str, Any]) -> ProviderDispute:
    dispute = msgspec.convert(document, DisputeObject)
    withdrawn = -sum(change.net for change in dispute.balance_transactions)
    currencies = {change.currency for change in dispute.balance_transactions}
    currency = currencies.pop() if len(currencies) == 1 else dispute.currency
    evidence = dispute.evidence_details
    return ProviderDispute(
        reference=dispute.id,
        payment_reference=dispute.payment_intent or dispute.charge or "",
        status=DisputeStatus(dispute.status.removeprefix(INQUIRY)),
        inquiry=dispute.status.startswith(INQUIRY),
        reason=dispute.reason,
        amount=received(dispute.amount, dispute.currency),
        withdrawn=received(withdrawn, currency),
        due_by=_moment(evidence.due_by) if evidence and evidence.due_by else None,
    )


def event_in(body: bytes) -> ProviderEvent:
    return _event(msgspec.json.decode(body, type=EventObject))


def listed_event(document: Mapping[str, Any]) -> ProviderEvent:
    return _event(msgspec.convert(document, EventObject))


def change_in(document: Mapping[str, Any]) -> BalanceChange:
    balance = msgspec.convert(document, Balance)
    source = balance.source if isinstance(balance.source, Source) else Source()
    subject, reference = _about(source)
    return BalanceChange(
        reference=balance.id,
        subject=subject,
        source=reference,
        amount=received(balance.amount, balance.currency),
        fee=received(balance.fee, balance.currency),
        created_at=_moment(balance.created),
    )


def _event(event: EventObject) -> ProviderEvent:
    subject, reference = _about(event.data.object)
    return ProviderEvent(
        id=event.id,
        type=event.type,
        subject=subject,
        reference=reference,
        created_at=_moment(event.created),
    )


def _about(source: Source) -> tuple[Subject | None, str]:
    """A charge is known by its payment; without one, it is none of ours."""
    reference = source.payment_intent if source.object == "charge" else source.id
    subject = SUBJECTS.get(source.object) if reference else None
    return subject, reference or "" if subject else ""


def _payment_id(metadata: Mapping[str, str]) -> PaymentId | None:
    told = metadata.get(PAYMENT_ID)
    return PaymentId(UUID(told)) if told else None


def _captured(intent: Intent, status: ProviderStatus) -> Money:
    if intent.amount_received is not None:
        return received(intent.amount_received, intent.currency)
    return received(intent.amount if status is ProviderStatus.SUCCEEDED else 0, intent.currency)


def _fee(charge: Charge | None) -> Money | None:
    balance = charge.balance_transaction if charge else None
    return received(balance.fee, balance.currency) if isinstance(balance, Balance) else None


def _card(charge: Charge | None) -> Card | None:
    details = charge.payment_method_details if charge else None
    card = details.card if details else None
    if card is None or not (card.brand and card.last4):
        return None
    return Card(brand=card.brand, last4=card.last4, country=card.country)


def _failure(intent: Intent) -> str | None:
    error = intent.last_payment_error
    return (error.decline_code or error.code) if error else None


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, timezone.utc)
