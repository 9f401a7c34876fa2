"""Disputes and what providers say by themselves, from their rows and to them."""

from collections.abc import Mapping
from typing import Any

import attrs
from sqlalchemy import Row

from adapters.mapping.payments import converter
from application.payments.ports import StoredEvent, Treatment
from domain.kernel.money import Money
from domain.payments.disputes import Dispute, DisputeOutcome
from domain.payments.provider import DisputeStatus, ProviderEvent, Subject


@attrs.frozen(kw_only=True)
class DisputeDetails:
    """What nobody looks for a dispute by."""

    inquiry: bool
    reason: str
    amount: Money
    withdrawn: Money
    outcome: DisputeOutcome | None


def dispute_of(row: Row[Any]) -> Dispute:
    details = converter.structure(row.details, DisputeDetails)
    return Dispute(
        id=row.id,
        payment_id=row.payment_id,
        booking_id=row.booking_id,
        provider_reference=row.provider_reference,
        status=DisputeStatus(row.status),
        opened_at=row.opened_at,
        due_by=row.due_by,
        version=row.version,
        **attrs.asdict(details, recurse=False),
    )


def columns_of_dispute(dispute: Dispute) -> Mapping[str, Any]:
    details = DisputeDetails(
        inquiry=dispute.inquiry,
        reason=dispute.reason,
        amount=dispute.amount,
        withdrawn=dispute.withdrawn,
        outcome=dispute.outcome,
    )
    return {
        "payment_id": dispute.payment_id,
        "booking_id": dispute.booking_id,
        "provider_reference": dispute.provider_reference,
        "status": dispute.status.value,
        "opened_at": dispute.opened_at,
        "due_by": dispute.due_by,
        "details": converter.unstructure(details),
    }


def stored_event_of(row: Row[Any]) -> StoredEvent:
    return StoredEvent(
        provider=row.provider,
        event=ProviderEvent(
            id=row.id,
            type=row.type,
            subject=None if row.subject is None else Subject(row.subject),
            reference=row.reference,
            created_at=row.created_at,
        ),
        received_at=row.received_at,
        treatment=Treatment(row.state),
        attempts=row.attempts,
        problem=row.problem,
    )


def columns_of_stored_event(stored: StoredEvent) -> Mapping[str, Any]:
    event = stored.event
    return {
        "provider": stored.provider,
        "id": event.id,
        "type": event.type,
        "subject": None if event.subject is None else event.subject.value,
        "reference": event.reference,
        "created_at": event.created_at,
        "received_at": stored.received_at,
        "state": stored.treatment.value,
        "attempts": stored.attempts,
        "problem": stored.problem,
    }
