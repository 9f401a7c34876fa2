"""Refunds in SQL."""

from collections.abc import Sequence
from datetime import datetime

import attrs
from sqlalchemy import select

from adapters.mapping.payments import columns_of_refund, one_refund, refund_of
from adapters.schema.payments import refunds
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from adapters.sql.versions import store
from application.payments.ports import Refunds
from domain.kernel.identifiers import BookingId, RefundId
from domain.payments.payment import Method
from domain.payments.refunds import AT_THE_PROVIDER, Refund
from domain.payments.refusals import RefundNotFound


@attrs.frozen
class SqlRefunds(Refunds):
    scope: Scope

    def get(self, refund_id: RefundId) -> Refund:
        key = {"p_organization_id": self.scope.organization_id, "p_id": refund_id}
        row = self.scope.ask(one_refund(), key).one_or_none()
        if row is None:
            raise RefundNotFound(refund_id)
        return refund_of(row)

    def locked(self, refund_id: RefundId) -> Refund:
        row = self.scope.execute(
            select(refunds)
            .where(self.scope.owns(refunds), refunds.c.id == refund_id)
            .with_for_update()
        ).one_or_none()
        if row is None:
            raise RefundNotFound(refund_id)
        return refund_of(row)

    def of_booking(self, booking_id: BookingId) -> Sequence[Refund]:
        rows = self.scope.ask(
            select(refunds)
            .where(self.scope.owns(refunds), refunds.c.booking_id == booking_id)
            .order_by(refunds.c.id)
        )
        return [refund_of(row) for row in rows]

    def named(self, reference: str) -> Refund | None:
        row = self.scope.ask(
            select(refunds).where(
                self.scope.owns(refunds), refunds.c.provider_reference == reference
            )
        ).one_or_none()
        return None if row is None else refund_of(row)

    def silent(self, *, since: datetime, limit: int) -> Sequence[Refund]:
        rows = self.scope.ask(
            select(refunds)
            .where(
                self.scope.owns(refunds),
                refunds.c.state.in_([state.value for state in AT_THE_PROVIDER]),
                refunds.c.method == Method.ONLINE.value,
                refunds.c.heard_at <= since,
            )
            .order_by(refunds.c.heard_at, refunds.c.id)
            .limit(limit)
        )
        return [refund_of(row) for row in rows]

    def save(self, refund: Refund) -> Refund:
        columns = columns_of_refund(refund)
        version = store(self.scope, refunds, refund.id, refund.version, **columns)
        EventLog(self.scope).publish(refund.events)
        return attrs.evolve(refund, version=version, events=())
