"""Payments, refunds, disputes, the books and what providers say, in memory."""

from collections.abc import Sequence
from datetime import datetime

import attrs

from application.kernel.ports import Stale
from application.payments.ports import (
    DealtWith,
    Disputes,
    Ledger,
    Payments,
    ProviderEvents,
    Refunds,
    StoredEvent,
    Treatment,
)
from domain.kernel.identifiers import BookingId, DisputeId, PaymentId, RefundId
from domain.kernel.money import Money
from domain.payments.disputes import Dispute
from domain.payments.ledger import Account, Books, Journal
from domain.payments.payment import Method, Payment
from domain.payments.refunds import AT_THE_PROVIDER, Refund
from domain.payments.refusals import (
    DisputeNotFound,
    PaymentNotFound,
    ProviderEventNotFound,
    RefundNotFound,
)
from tests.fakes.rows import Dangling, Impossible, Rows, found, next_version


@attrs.frozen
class MemoryPayments(Payments):
    rows: Rows

    def get(self, payment_id: PaymentId) -> Payment:
        return found(self.rows.payments, payment_id, PaymentNotFound)

    def locked(self, payment_id: PaymentId) -> Payment:
        return self.get(payment_id)

    def locked_of(self, booking_id: BookingId) -> Sequence[Payment]:
        theirs = (one for one in self.rows.payments.values() if one.booking_id == booking_id)
        return sorted(theirs, key=lambda payment: payment.id)

    def locked_with(self, lead: PaymentId) -> Sequence[Payment]:
        together = [one for one in self.rows.payments.values() if one.lead == lead]
        return sorted(together or [self.get(lead)], key=lambda payment: payment.id)

    def named(self, provider: str, reference: str) -> Payment | None:
        name = (provider, reference)
        return next((one for one in self.rows.payments.values() if _name(one) == name), None)

    def silent(self, *, since: datetime, limit: int) -> Sequence[Payment]:
        payments = self.rows.payments.values()
        leading = (one for one in payments if one.lead == one.id)
        silent = (one for one in leading if one.is_open and one.heard_at <= since)
        asked = (
            one
            for one in silent
            if not one.is_parked or one.created_at <= since - Payment.GIVEN_UP_AFTER
        )
        return sorted(asked, key=lambda payment: (payment.heard_at, payment.id))[:limit]

    def save(self, payment: Payment) -> Payment:
        if payment.booking_id not in self.rows.bookings:
            raise Dangling(f"booking {payment.booking_id}")
        zero = Money.zero(payment.amount.currency)
        if not zero <= payment.refunding <= payment.captured or payment.amount <= zero:
            raise Impossible(f"amounts of payment {payment.id}")
        self._must_be_the_only_one(payment)
        version = next_version(self.rows.payments.get(payment.id), payment.version)
        saved = attrs.evolve(payment, version=version, events=())
        self.rows.payments[payment.id] = saved
        self.rows.events.extend(payment.events)
        return saved

    def _must_be_the_only_one(self, payment: Payment) -> None:
        for other in self.rows.payments.values():
            if other.id == payment.id:
                continue
            both_open = other.is_open and payment.is_open
            if both_open and other.booking_id == payment.booking_id:
                raise Stale(f"booking {payment.booking_id} has an open payment")
            named = payment.provider_reference is not None and _name(other) == _name(payment)
            if named or other.reference == payment.reference:
                raise Stale(f"payment {other.id} is called that")


def _name(payment: Payment) -> tuple[str | None, str | None]:
    return (payment.provider, payment.provider_reference)


@attrs.frozen
class MemoryRefunds(Refunds):
    rows: Rows

    def get(self, refund_id: RefundId) -> Refund:
        return found(self.rows.refunds, refund_id, RefundNotFound)

    def locked(self, refund_id: RefundId) -> Refund:
        return self.get(refund_id)

    def of_booking(self, booking_id: BookingId) -> Sequence[Refund]:
        theirs = (one for one in self.rows.refunds.values() if one.booking_id == booking_id)
        return sorted(theirs, key=lambda refund: refund.id)

    def named(self, reference: str) -> Refund | None:
        refunds = self.rows.refunds.values()
        return next((one for one in refunds if one.provider_reference == reference), None)

    def silent(self, *, since: datetime, limit: int) -> Sequence[Refund]:
        silent = (
            one
            for one in self.rows.refunds.values()
            if one.state in AT_THE_PROVIDER
            and one.method is Method.ONLINE
            and one.heard_at <= since
        )
        return sorted(silent, key=lambda refund: (refund.heard_at, refund.id))[:limit]

    def save(self, refund: Refund) -> Refund:
        if refund.payment_id not in self.rows.payments:
            raise Dangling(f"payment {refund.payment_id}")
        others = (other for id, other in self.rows.refunds.items() if id != refund.id)
        for other in others:
            if (other.payment_id, other.cause) == (refund.payment_id, refund.cause):
                raise Stale(f"refund {other.id} is for the same")
        version = next_version(self.rows.refunds.get(refund.id), refund.version)
        saved = attrs.evolve(refund, version=version, events=())
        self.rows.refunds[refund.id] = saved
        self.rows.events.extend(refund.events)
        return saved


@attrs.frozen
class MemoryDisputes(Disputes):
    rows: Rows

    def locked(self, dispute_id: DisputeId) -> Dispute:
        return found(self.rows.disputes, dispute_id, DisputeNotFound)

    def named(self, reference: str) -> Dispute | None:
        disputes = self.rows.disputes.values()
        return next((one for one in disputes if one.provider_reference == reference), None)

    def of_payment(self, payment_id: PaymentId) -> Sequence[Dispute]:
        theirs = (one for one in self.rows.disputes.values() if one.payment_id == payment_id)
        return sorted(theirs, key=lambda dispute: dispute.id)

    def save(self, dispute: Dispute) -> Dispute:
        if dispute.payment_id not in self.rows.payments:
            raise Dangling(f"payment {dispute.payment_id}")
        same = self.named(dispute.provider_reference)
        if same is not None and same.id != dispute.id:
            raise Stale(f"dispute {same.id} is called that")
        version = next_version(self.rows.disputes.get(dispute.id), dispute.version)
        saved = attrs.evolve(dispute, version=version, events=())
        self.rows.disputes[dispute.id] = saved
        self.rows.events.extend(dispute.events)
        return saved


@attrs.frozen
class MemoryLedger(Ledger):
    rows: Rows

    def write(self, journals: Sequence[Journal]) -> None:
        for journal in journals:
            if (journal.cause, journal.about) in self.rows.journals:
                raise Stale(f"{journal.cause.value} {journal.about} is in the books")
            self.rows.journals[journal.cause, journal.about] = journal

    def books_of(self, booking_id: BookingId, currency: str) -> Books:
        books = Books(currency=currency, balances={})
        for journal in self.rows.journals.values():
            if journal.booking_id == booking_id and journal.transfers:
                ours = [one for one in journal.transfers if one.amount.currency == currency]
                books = books.after(ours)
        balances: dict[Account, Money] = {
            account: money for account, money in books.balances.items() if money.minor
        }
        return attrs.evolve(books, balances=balances)


@attrs.frozen
class MemoryProviderEvents(ProviderEvents):
    rows: Rows

    def take_in(self, event: StoredEvent) -> None:
        key = (event.provider, event.event.id)
        known = self.rows.provider_events.get(key)
        if known is None:
            self.rows.provider_events[key] = event
        elif known.treatment in {Treatment.APPLIED, Treatment.IGNORED}:
            raise DealtWith

    def locked(self, provider: str, event_id: str) -> StoredEvent:
        stored = self.rows.provider_events.get((provider, event_id))
        if stored is None:
            raise ProviderEventNotFound
        return stored

    def save(self, event: StoredEvent) -> None:
        self.rows.provider_events[event.provider, event.event.id] = event
