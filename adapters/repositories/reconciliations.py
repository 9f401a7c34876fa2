"""Reconciliations in SQL, and their transaction."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import Row, and_, case, func, literal, select, tuple_

from adapters.mapping.reconciliations import columns_of_reconciliation
from adapters.repositories.provider_news import SqlProviderEvents
from adapters.schema.ledger import journals
from adapters.schema.payments import payments, refunds
from adapters.schema.reconciliations import reconciliations
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from application.payments.reconciliation_ports import (
    Keyset,
    PageOfNames,
    Reconciliations,
    ReconciliationWork,
)
from domain.kernel.money import Money
from domain.payments.joint import named_there
from domain.payments.ledger import Cause
from domain.payments.payment import Method, PaymentState
from domain.payments.provider import Subject
from domain.payments.reconciliation import Movement, Name, Reconciliation
from domain.payments.refunds import RefundState

GONE = (RefundState.SUBMITTED.value, RefundState.SUCCEEDED.value)
LENGTH_OF_ID = 36


@attrs.frozen
class SqlReconciliations(Reconciliations):
    scope: Scope

    def named(self, provider: str, references: Sequence[str]) -> Sequence[Movement]:
        return [*self._payments(provider, references), *self._refunds(references)]

    def written(
        self, provider: str, *, since: datetime, until: datetime, after: Keyset | None, limit: int
    ) -> PageOfNames:
        keys = (journals.c.occurred_at, journals.c.id)
        question = select(journals).where(
            self.scope.owns(journals),
            journals.c.occurred_at >= since,
            journals.c.occurred_at < until,
        )
        if after is not None:
            behind = (literal(value, key.type) for key, value in zip(keys, after, strict=True))
            question = question.where(tuple_(*keys) > tuple_(*behind))
        rows = self.scope.ask(question.order_by(*keys).limit(limit)).all()
        is_last = len(rows) < limit
        return PageOfNames(
            names=[
                *self._names(Subject.PAYMENT, _ids(rows, Cause.CAPTURED), provider),
                *self._names(Subject.REFUND, _ids(rows, Cause.REFUND_PAID), provider),
            ],
            next=None if is_last else (rows[-1].occurred_at, rows[-1].id),
        )

    def add(self, made: Reconciliation) -> None:
        self.scope.add(reconciliations, **columns_of_reconciliation(made))

    def _payments(self, provider: str, references: Sequence[str]) -> Iterator[Movement]:
        """Of one payment for several bookings, the whole of what was taken."""
        shares = payments.alias("shares")
        whole = (
            select(func.sum(shares.c.captured_minor))
            .where(
                shares.c.organization_id == payments.c.organization_id,
                shares.c.lead_id == payments.c.lead_id,
            )
            .scalar_subquery()
        )
        for row in self.scope.ask(
            select(
                payments.c.provider_reference,
                payments.c.currency,
                case((payments.c.lead_id.is_(None), payments.c.captured_minor), else_=whole).label(
                    "captured"
                ),
            ).where(
                self.scope.owns(payments),
                payments.c.provider == provider,
                payments.c.state == PaymentState.CAPTURED.value,
                payments.c.provider_reference.in_(references),
            )
        ):
            yield Movement(
                subject=Subject.PAYMENT,
                reference=row.provider_reference,
                amount=Money(int(row.captured), row.currency),
            )

    def _refunds(self, references: Sequence[str]) -> Iterator[Movement]:
        for row in self.scope.ask(
            select(
                refunds.c.provider_reference,
                refunds.c.currency,
                (refunds.c.amount_minor - refunds.c.fee_minor).label("paid_out"),
            ).where(
                self.scope.owns(refunds),
                refunds.c.state.in_(GONE),
                refunds.c.method == Method.ONLINE.value,
                refunds.c.provider_reference.in_(references),
            )
        ):
            yield Movement(
                subject=Subject.REFUND,
                reference=row.provider_reference,
                amount=Money(-row.paid_out, row.currency),
            )

    def _names(self, subject: Subject, ids: Sequence[UUID], provider: str) -> Iterator[Name]:
        """Of those that are still what was written."""
        if not ids:
            return
        is_payment = subject is Subject.PAYMENT
        table = payments if is_payment else refunds
        stands = (
            and_(payments.c.provider == provider, payments.c.state == PaymentState.CAPTURED.value)
            if is_payment
            else and_(refunds.c.method == Method.ONLINE.value, refunds.c.state.in_(GONE))
        )
        question = select(table.c.provider_reference).where(
            self.scope.owns(table), table.c.id.in_(ids), stands
        )
        for reference in self.scope.ask(question).scalars():
            yield subject, named_there(reference or "")


def _ids(rows: Sequence[Row[Any]], cause: Cause) -> Sequence[UUID]:
    """What journals are about; some name a part of it behind its id."""
    abouts = (row.about for row in rows if row.cause == cause.value)
    return sorted({UUID(about[:LENGTH_OF_ID]) for about in abouts})


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
