"""What the payment use cases need from storage."""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from typing import Protocol

import attrs

from application.kernel.facts import Facts
from application.kernel.jobs import JobQueue
from application.payments.gift_ports import GiftCredits
from domain.kernel.identifiers import BookingId, DisputeId, PaymentId, RefundId
from domain.payments.disputes import Dispute
from domain.payments.ledger import Books, Journal
from domain.payments.payment import Payment
from domain.payments.provider import ProviderEvent
from domain.payments.refunds import Refund


class Payments(Protocol):
    """`locked` ones stay as they are until the unit of work ends."""

    def get(self, payment_id: PaymentId) -> Payment:
        """Raises PaymentNotFound."""
        ...

    def locked(self, payment_id: PaymentId) -> Payment:
        """Raises PaymentNotFound."""
        ...

    def locked_of(self, booking_id: BookingId) -> Sequence[Payment]:
        """All of the booking, by id: oldest first."""
        ...

    def locked_with(self, lead: PaymentId) -> Sequence[Payment]:
        """The payment and the shares it leads, by id. Raises PaymentNotFound."""
        ...

    def named(self, provider: str, reference: str) -> Payment | None:
        """By the provider's name for it."""
        ...

    def silent(self, *, since: datetime, limit: int) -> Sequence[Payment]:
        """Open ones that nothing was heard of since then, longest first.

        Parked ones only once they are to be given up; of those for several bookings, who leads.
        """
        ...

    def save(self, payment: Payment) -> Payment:
        """Stores the payment, publishes its events and returns it with its next version.

        Raises Stale if it changed meanwhile or, at the latest when the unit of work ends, if the
        booking has got another open payment.
        """
        ...


class Refunds(Protocol):
    def get(self, refund_id: RefundId) -> Refund:
        """Raises RefundNotFound."""
        ...

    def locked(self, refund_id: RefundId) -> Refund:
        """Raises RefundNotFound."""
        ...

    def of_booking(self, booking_id: BookingId) -> Sequence[Refund]:
        """Oldest first."""
        ...

    def named(self, reference: str) -> Refund | None:
        """By the provider's name for it."""
        ...

    def silent(self, *, since: datetime, limit: int) -> Sequence[Refund]:
        """Approved or submitted online and not heard of since then, longest first."""
        ...

    def save(self, refund: Refund) -> Refund:
        """Like Payments.save. Raises Stale, at the latest when the unit of work ends, if there is
        another refund of the same payment for the same cause.
        """
        ...


class Disputes(Protocol):
    def locked(self, dispute_id: DisputeId) -> Dispute:
        """Raises DisputeNotFound."""
        ...

    def named(self, reference: str) -> Dispute | None:
        """By the provider's name for it; locked."""
        ...

    def of_payment(self, payment_id: PaymentId) -> Sequence[Dispute]:
        """Oldest first."""
        ...

    def save(self, dispute: Dispute) -> Dispute: ...


class Ledger(Protocol):
    """Raises Stale, at the latest when the unit of work ends, for what was written before."""

    def write(self, journals: Sequence[Journal]) -> None: ...

    def books_of(self, booking_id: BookingId, currency: str) -> Books: ...


class Treatment(Enum):
    """What has become of something that a provider said."""

    RECEIVED = "received"
    APPLIED = "applied"
    IGNORED = "ignored"
    PARKED = "parked"


@attrs.frozen(kw_only=True)
class StoredEvent:
    """`attempts` counts those that failed; `problem` says why the last one did."""

    provider: str
    event: ProviderEvent
    received_at: datetime
    treatment: Treatment = Treatment.RECEIVED
    attempts: int = 0
    problem: str | None = None


class DealtWith(Exception):
    """What a provider says came before, and nothing is left to do about it."""


class ProviderEvents(Protocol):
    def take_in(self, event: StoredEvent) -> None:
        """It is to be dealt with: it is new, or was not dealt with when it came before.

        Raises DealtWith, at the latest when the unit of work ends, if it was.
        """
        ...

    def locked(self, provider: str, event_id: str) -> StoredEvent:
        """Raises ProviderEventNotFound."""
        ...

    def save(self, event: StoredEvent) -> None: ...


class PaymentWork(Protocol):
    """All that one transaction about payments may touch."""

    @property
    def payments(self) -> Payments: ...

    @property
    def refunds(self) -> Refunds: ...

    @property
    def disputes(self) -> Disputes: ...

    @property
    def ledger(self) -> Ledger: ...

    @property
    def gift_credits(self) -> GiftCredits: ...

    @property
    def provider_events(self) -> ProviderEvents: ...

    @property
    def facts(self) -> Facts: ...

    @property
    def jobs(self) -> JobQueue: ...
