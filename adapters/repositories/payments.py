"""Payments in SQL, and their transaction."""

from collections.abc import Sequence
from datetime import datetime

import attrs
from sqlalchemy import or_, select

from adapters.mapping.payments import (
    columns_of_payment,
    one_payment,
    payment_of,
    silent_payment,
)
from adapters.repositories.gift_credits import SqlGiftCredits
from adapters.repositories.ledger import SqlLedger
from adapters.repositories.provider_news import SqlDisputes, SqlProviderEvents
from adapters.repositories.queued_jobs import SqlJobQueue
from adapters.repositories.refunds import SqlRefunds
from adapters.schema.payments import payments
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from adapters.sql.versions import store
from application.payments.ports import Payments, PaymentWork
from domain.kernel.identifiers import BookingId, PaymentId
from domain.payments.payment import Payment
from domain.payments.refusals import PaymentNotFound


@attrs.frozen
class SqlPayments(Payments):
    scope: Scope

    def get(self, payment_id: PaymentId) -> Payment:
        key = {"p_organization_id": self.scope.organization_id, "p_id": payment_id}
        row = self.scope.ask(one_payment(), key).one_or_none()
        if row is None:
            raise PaymentNotFound(payment_id)
        return payment_of(row)

    def locked(self, payment_id: PaymentId) -> Payment:
        row = self.scope.execute(
            select(payments)
            .where(self.scope.owns(payments), payments.c.id == payment_id)
            .with_for_update()
        ).one_or_none()
        if row is None:
            raise PaymentNotFound(payment_id)
        return payment_of(row)

    def locked_of(self, booking_id: BookingId) -> Sequence[Payment]:
        rows = self.scope.execute(
            select(payments)
            .where(self.scope.owns(payments), payments.c.booking_id == booking_id)
            .order_by(payments.c.id)
            .with_for_update()
        )
        return [payment_of(row) for row in rows]

    def locked_with(self, lead: PaymentId) -> Sequence[Payment]:
        rows = self.scope.execute(
            select(payments)
            .where(
                self.scope.owns(payments),
                or_(payments.c.id == lead, payments.c.lead_id == lead),
            )
            .order_by(payments.c.id)
            .with_for_update()
        ).all()
        if not rows:
            raise PaymentNotFound(lead)
        return [payment_of(row) for row in rows]

    def named(self, provider: str, reference: str) -> Payment | None:
        row = self.scope.ask(
            select(payments).where(
                self.scope.owns(payments),
                payments.c.provider == provider,
                payments.c.provider_reference == reference,
            )
        ).one_or_none()
        return None if row is None else payment_of(row)

    def silent(self, *, since: datetime, limit: int) -> Sequence[Payment]:
        rows = self.scope.ask(
            select(payments)
            .where(
                self.scope.owns(payments),
                silent_payment(since),
                or_(payments.c.lead_id.is_(None), payments.c.lead_id == payments.c.id),
            )
            .order_by(payments.c.heard_at, payments.c.id)
            .limit(limit)
        )
        return [payment_of(row) for row in rows]

    def save(self, payment: Payment) -> Payment:
        columns = columns_of_payment(payment)
        version = store(self.scope, payments, payment.id, payment.version, **columns)
        EventLog(self.scope).publish(payment.events)
        return attrs.evolve(payment, version=version, events=())


@attrs.frozen(kw_only=True)
class SqlPaymentWork(PaymentWork):
    payments: SqlPayments
    refunds: SqlRefunds
    disputes: SqlDisputes
    ledger: SqlLedger
    provider_events: SqlProviderEvents
    gift_credits: SqlGiftCredits
    facts: EventLog
    jobs: SqlJobQueue

    @classmethod
    def on(cls, scope: Scope) -> "SqlPaymentWork":
        return cls(
            payments=SqlPayments(scope),
            refunds=SqlRefunds(scope),
            disputes=SqlDisputes(scope),
            ledger=SqlLedger(scope),
            provider_events=SqlProviderEvents(scope),
            gift_credits=SqlGiftCredits(scope),
            facts=EventLog(scope),
            jobs=SqlJobQueue(scope),
        )
