"""What whoever takes a call over is told, in SQL."""

from functools import lru_cache

import attrs
from sqlalchemy import Connection, Executable, bindparam, select

from adapters.mapping.calls import call_of, one_call
from adapters.mapping.escalations import escalation_of, one_escalation
from adapters.readers.conversations import utterances_of
from adapters.schema.escalations import agents
from adapters.sql.database import Database
from adapters.sql.vaults import vault_of
from application.calls.hand_over import HandedOver, HandOvers
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
            )

        return await self.database.read(ask, of=actor.organization_id)


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
