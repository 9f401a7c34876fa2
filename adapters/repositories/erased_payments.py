"""Payments of whoever is forgotten: amounts and times stay, words and cards do not."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import Row, Table, and_, bindparam, select, update

from adapters.mapping.payments import PaymentDetails, RefundDetails, converter
from adapters.schema.payments import payments, refunds
from adapters.sql.scope import Scope
from domain.payments.payment import OPEN, PaymentState

Nobodys = Callable[[Row[Any]], Mapping[str, Any]]


@attrs.frozen
class ErasedPayments:
    scope: Scope

    def forget(self, booking_ids: Sequence[UUID]) -> None:
        self._forget(payments, _payment, booking_ids)
        self._forget(refunds, _refund, booking_ids)

    def _forget(self, table: Table, nobodys: Nobodys, booking_ids: Sequence[UUID]) -> None:
        theirs = (
            select(table)
            .where(self.scope.owns(table), table.c.booking_id.in_(booking_ids))
            .order_by(table.c.id)
            .with_for_update()
        )
        left = [{"p_id": row.id, "p_details": nobodys(row)} for row in self.scope.execute(theirs)]
        if left:
            one = and_(self.scope.owns(table), table.c.id == bindparam("p_id"))
            become = {"version": table.c.version + 1, "details": bindparam("p_details")}
            self.scope.execute(update(table).where(one).values(become), left)


def _payment(row: Row[Any]) -> Mapping[str, Any]:
    """Where to go on from the page of the provider is still needed while it is open."""
    known = converter.structure(row.details, PaymentDetails)
    is_open = PaymentState(row.state) in OPEN
    details = attrs.evolve(
        known,
        card=None,
        receipt_url=None,
        note="",
        return_url=known.return_url if is_open else None,
        check=None if known.check is None else attrs.evolve(known.check, note=""),
    )
    document: Mapping[str, Any] = converter.unstructure(details)
    return document


def _refund(row: Row[Any]) -> Mapping[str, Any]:
    details = converter.structure(row.details, RefundDetails)
    document: Mapping[str, Any] = converter.unstructure(
        attrs.evolve(details, reason="", decision="")
    )
    return document
