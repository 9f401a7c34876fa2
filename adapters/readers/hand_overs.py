"""What whoever takes a call over is told, in SQL."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import attrs
from sqlalchemy import Connection, Executable, bindparam, select

from adapters.mapping.calls import call_of, one_call
from adapters.mapping.escalations import escalation_of, one_escalation
from adapters.readers.conversations import utterances_of
from adapters.readers.quotations import latest_quotations
from adapters.schema.bookings import bookings
from adapters.schema.escalations import agents
from adapters.schema.events import event_log
from adapters.sql.database import Database
from adapters.sql.vaults import vault_of
from application.calls.hand_over import (
    MOST_HOLDS,
    MOST_QUOTATIONS,
    HandedOver,
    HandOvers,
    OpenHold,
)
from domain.bookings.life import BookingState
from domain.calls.escalation import Escalation
from domain.calls.escalation_life import EscalationNotFound
from domain.kernel.actors import Actor, Permission
from domain.kernel.identifiers import EscalationId


@attrs.frozen
class SqlHandOvers(HandOvers):
    database: Database

    async def of(self, actor: Actor, escalation_id: EscalationId) -> HandedOver:
        def ask(connection: Connection) -> HandedOver:
            vault = vault_of(connection)
            key = {"p_organization_id": actor.organization_id, "p_id": escalation_id}
            row = connection.execute(one_escalation(), key).one_or_none()
            escalation = None if row is None else escalation_of(row, vault)
            if escalation is None or not _is_theirs(connection, actor, escalation):
                raise EscalationNotFound(escalation_id)
            of_call = {**key, "p_id": escalation.asked.call_id}
            call = connection.execute(one_call(), of_call).one()
            return HandedOver(
                escalation=escalation,
                call=call_of(call, vault),
                utterances=utterances_of(connection, of_call),
                holds=_holds(connection, actor, of_call),
                quotations=latest_quotations(connection, of_call, MOST_QUOTATIONS),
            )

        return await self.database.read(ask, of=actor.organization_id)


def _holds(connection: Connection, actor: Actor, key: Mapping[str, Any]) -> list[OpenHold]:
    if Permission.READ_BOOKINGS not in actor.permissions:
        return []
    return [
        OpenHold(booking_id=row.id, reference=row.reference, expires_at=row.expires_at)
        for row in connection.execute(_held_in(), key)
    ]


@lru_cache(maxsize=1)
def _held_in() -> Executable:
    done = select(event_log.c.subject).where(
        event_log.c.organization_id == bindparam("p_organization_id"),
        event_log.c.call_id == bindparam("p_id"),
    )
    return (
        select(bookings.c.id, bookings.c.reference, bookings.c.expires_at)
        .where(
            bookings.c.organization_id == bindparam("p_organization_id"),
            bookings.c.id.in_(done),
            bookings.c.state == BookingState.HELD.value,
        )
        .order_by(bookings.c.expires_at, bookings.c.id)
        .limit(MOST_HOLDS)
    )


def _is_theirs(connection: Connection, actor: Actor, escalation: Escalation) -> bool:
    if Permission.READ_CALLS in actor.permissions or escalation.asked.requested_by == actor.id:
        return True
    key = {
        "p_organization_id": actor.organization_id,
        "p_id": escalation.agent_id,
        "p_acts_as": actor.id,
    }
    return connection.execute(_acts_as(), key).one_or_none() is not None


@lru_cache(maxsize=1)
def _acts_as() -> Executable:
    return select(agents.c.id).where(
        agents.c.organization_id == bindparam("p_organization_id"),
        agents.c.id == bindparam("p_id"),
        agents.c.acts_as == bindparam("p_acts_as"),
        agents.c.deleted_at.is_(None),
    )
