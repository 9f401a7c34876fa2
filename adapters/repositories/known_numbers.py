"""What calls need to know of the telephone numbers of the desk, in SQL."""

from functools import lru_cache
from typing import Any

import attrs
from sqlalchemy import Executable, and_, bindparam, select

from adapters.mapping.phone_numbers import rings_for_of
from adapters.schema.escalations import agents
from adapters.schema.phone_numbers import phone_numbers
from adapters.sql.scope import Scope
from application.calls.known_numbers import KnownNumbers, Rung
from domain.calls.call import Handler
from domain.calls.desk_numbers import NumberStatus
from domain.kernel.identifiers import AgentId

ACTIVE = and_(
    phone_numbers.c.status == NumberStatus.ACTIVE.value, phone_numbers.c.deleted_at.is_(None)
)


@attrs.frozen
class SqlKnownNumbers(KnownNumbers):
    scope: Scope

    def rung(self, number: str) -> Rung | None:
        key = {"p_organization_id": self.scope.organization_id, "p_number": number}
        row = self.scope.ask(_rung(), key).one_or_none()
        if row is None:
            return None
        handler = (
            Handler(actor_id=row.acts_as, agent_id=row.agent_id)
            if row.acts_as is not None
            else None
        )
        return Rung(rings_for=rings_for_of(row), handler=handler)

    def shown(self, agent_id: AgentId | None) -> str | None:
        key = {"p_organization_id": self.scope.organization_id, "p_agent_id": agent_id}
        shown: str | None = self.scope.ask(_shown(), key).scalar_one_or_none()
        return shown


@lru_cache(maxsize=1)
def _rung() -> Executable:
    """With whom its agent acts as, while there is one."""
    ours: Any = bindparam("p_organization_id")
    agent = and_(
        agents.c.organization_id == ours,
        agents.c.id == phone_numbers.c.agent_id,
        agents.c.deleted_at.is_(None),
    )
    return (
        select(phone_numbers, agents.c.acts_as)
        .select_from(phone_numbers.outerjoin(agents, agent))
        .where(
            phone_numbers.c.organization_id == ours,
            phone_numbers.c.number == bindparam("p_number"),
            ACTIVE,
        )
    )


@lru_cache(maxsize=1)
def _shown() -> Executable:
    """Of an agent's own the oldest."""
    return (
        select(phone_numbers.c.number)
        .where(
            phone_numbers.c.organization_id == bindparam("p_organization_id"),
            (phone_numbers.c.agent_id == bindparam("p_agent_id", type_=phone_numbers.c.id.type))
            | phone_numbers.c.is_primary,
            ACTIVE,
        )
        .order_by(
            phone_numbers.c.agent_id.is_(None), phone_numbers.c.is_primary, phone_numbers.c.id
        )
        .limit(1)
    )
