"""Disputes, and what providers say by themselves, in SQL."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import attrs
from sqlalchemy import Insert, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from adapters.mapping.disputes import (
    columns_of_dispute,
    columns_of_stored_event,
    dispute_of,
    stored_event_of,
)
from adapters.schema.payments import disputes, provider_events
from adapters.sql.changes import Guard
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from adapters.sql.versions import store
from application.payments.ports import DealtWith, Disputes, ProviderEvents, StoredEvent, Treatment
from domain.kernel.identifiers import DisputeId, PaymentId
from domain.payments.disputes import Dispute
from domain.payments.refusals import DisputeNotFound, ProviderEventNotFound

DEALT_WITH = (Treatment.APPLIED.value, Treatment.IGNORED.value)


@attrs.frozen
class SqlDisputes(Disputes):
    scope: Scope

    def locked(self, dispute_id: DisputeId) -> Dispute:
        row = self.scope.execute(
            select(disputes)
            .where(self.scope.owns(disputes), disputes.c.id == dispute_id)
            .with_for_update()
        ).one_or_none()
        if row is None:
            raise DisputeNotFound(dispute_id)
        return dispute_of(row)

    def named(self, reference: str) -> Dispute | None:
        row = self.scope.execute(
            select(disputes)
            .where(self.scope.owns(disputes), disputes.c.provider_reference == reference)
            .with_for_update()
        ).one_or_none()
        return None if row is None else dispute_of(row)

    def of_payment(self, payment_id: PaymentId) -> Sequence[Dispute]:
        rows = self.scope.ask(
            select(disputes)
            .where(self.scope.owns(disputes), disputes.c.payment_id == payment_id)
            .order_by(disputes.c.id)
        )
        return [dispute_of(row) for row in rows]

    def save(self, dispute: Dispute) -> Dispute:
        columns = columns_of_dispute(dispute)
        version = store(self.scope, disputes, dispute.id, dispute.version, **columns)
        EventLog(self.scope).publish(dispute.events)
        return attrs.evolve(dispute, version=version, events=())


@attrs.frozen
class SqlProviderEvents(ProviderEvents):
    scope: Scope

    def take_in(self, event: StoredEvent) -> None:
        columns = columns_of_stored_event(event)
        self.scope.change(
            Guard(
                update=_taking_in(self.scope.connection.dialect.name, tuple(columns)),
                parameters={
                    "p_organization_id": self.scope.organization_id,
                    **{f"p_{name}": value for name, value in columns.items()},
                },
                rows=1,
                failed=_dealt_with,
            )
        )

    def locked(self, provider: str, event_id: str) -> StoredEvent:
        row = self.scope.execute(
            select(provider_events)
            .where(
                self.scope.owns(provider_events),
                provider_events.c.provider == provider,
                provider_events.c.id == event_id,
            )
            .with_for_update()
        ).one_or_none()
        if row is None:
            raise ProviderEventNotFound
        return stored_event_of(row)

    def save(self, event: StoredEvent) -> None:
        self.scope.execute(
            update(provider_events)
            .where(
                self.scope.owns(provider_events),
                provider_events.c.provider == event.provider,
                provider_events.c.id == event.event.id,
            )
            .values(state=event.treatment.value, attempts=event.attempts, problem=event.problem)
        )


def _dealt_with() -> None:
    raise DealtWith


@lru_cache(maxsize=2)
def _taking_in(dialect: str, columns: tuple[str, ...]) -> Insert:
    """Writes the row if it is new, and returns it unless it has been dealt with."""
    insert: Any = (postgresql if dialect == "postgresql" else sqlite).insert(provider_events)
    named = {
        name: bindparam(f"p_{name}", type_=provider_events.c[name].type)
        for name in ("organization_id", *columns)
    }
    taking: Insert = (
        insert.values(named)
        .on_conflict_do_update(
            index_elements=list(provider_events.primary_key.columns),
            set_={"attempts": provider_events.c.attempts},
            where=provider_events.c.state.not_in(DEALT_WITH),
        )
        .returning(provider_events.c.id)
    )
    return taking
