"""Reconciliations in SQL, and their transaction."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import ColumnElement, select

from adapters.mapping.payments import payment_of, refund_of
from adapters.mapping.reconciliations import columns_of_reconciliation
from adapters.repositories.provider_news import SqlProviderEvents
from adapters.schema.ledger import journals
from adapters.schema.payments import payments, refunds
from adapters.schema.reconciliations import reconciliations
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from application.payments.reconciliation_ports import Reconciliations, ReconciliationWork
from domain.kernel.money import Money
from domain.payments.joint import named_there
from domain.payments.ledger import Cause
from domain.payments.payment import Method, Payment, PaymentState
from domain.payments.provider import Subject
from domain.payments.reconciliation import Movement, Reconciliation
from domain.payments.refunds import RefundState

AT_ONCE = 500
GONE = (RefundState.SUBMITTED.value, RefundState.SUCCEEDED.value)
LENGTH_OF_ID = 36


@attrs.frozen
class SqlReconciliations(Reconciliations):
    scope: Scope

    def movements(
        self, provider: str, references: Sequence[str], *, since: datetime, until: datetime
    ) -> Sequence[Movement]:
        captured = self._written_about(Cause.CAPTURED, since, until)
        given_back = self._written_about(Cause.REFUND_PAID, since, until)
        found = {
            *self._payments(provider, payments.c.id, captured),
            *self._payments(provider, payments.c.provider_reference, references),
            *self._refunds(refunds.c.id, given_back),
            *self._refunds(refunds.c.provider_reference, references),
        }
        return list(found)

    def add(self, made: Reconciliation) -> None:
        self.scope.add(reconciliations, **columns_of_reconciliation(made))

    def _written_about(self, cause: Cause, since: datetime, until: datetime) -> Sequence[UUID]:
        """What the journals of the period are about; some name a part of it behind its id."""
        abouts = self.scope.ask(
            select(journals.c.about).where(
                self.scope.owns(journals),
                journals.c.occurred_at >= since,
                journals.c.occurred_at < until,
                journals.c.cause == cause.value,
            )
        ).scalars()
        return sorted({UUID(about[:LENGTH_OF_ID]) for about in abouts})

    def _payments(
        self, provider: str, column: ColumnElement[Any], values: Sequence[Any]
    ) -> Iterator[Movement]:
        for some in _in_parts(values):
            rows = self.scope.ask(
                select(payments).where(
                    self.scope.owns(payments),
                    payments.c.provider == provider,
                    payments.c.state == PaymentState.CAPTURED.value,
                    column.in_(some),
                )
            )
            for payment in map(payment_of, rows):
                reference = named_there(payment.provider_reference or "")
                yield Movement(
                    subject=Subject.PAYMENT, reference=reference, amount=_moved(payment)
                )

    def _refunds(self, column: ColumnElement[Any], values: Sequence[Any]) -> Iterator[Movement]:
        for some in _in_parts(values):
            rows = self.scope.ask(
                select(refunds).where(
                    self.scope.owns(refunds),
                    refunds.c.state.in_(GONE),
                    refunds.c.method == Method.ONLINE.value,
                    column.in_(some),
                )
            )
            for refund in map(refund_of, rows):
                reference = refund.provider_reference or ""
                yield Movement(
                    subject=Subject.REFUND, reference=reference, amount=-refund.paid_out
                )


def _moved(payment: Payment) -> Money:
    """At the provider: a share tells of the whole, unless not all of it was taken."""
    whole = payment.joint is not None and payment.captured == payment.amount
    return payment.joint.total if payment.joint and whole else payment.captured


def _in_parts(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for first in range(0, len(values), AT_ONCE):
        yield values[first : first + AT_ONCE]


@attrs.frozen(kw_only=True)
class SqlReconciliationWork(ReconciliationWork):
    reconciliations: SqlReconciliations
    provider_events: SqlProviderEvents
    facts: EventLog

    @classmethod
    def on(cls, scope: Scope) -> "SqlReconciliationWork":
        return cls(
            reconciliations=SqlReconciliations(scope),
            provider_events=SqlProviderEvents(scope),
            facts=EventLog(scope),
        )
