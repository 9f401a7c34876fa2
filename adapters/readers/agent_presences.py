"""How long agents were there, in SQL."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import BigInteger, Connection, Select, case, func, literal, select, union_all

from adapters.mapping.agent_presences import milliseconds_of
from adapters.readers.heard import heard_until
from adapters.schema.agent_presences import agent_presences
from adapters.schema.escalations import agents
from adapters.sql.database import Database
from application.analytics.agent_views import PresenceViews
from application.analytics.note_presences import NotePresences
from application.kernel.ports import Clock
from domain.analytics.agent_time import AgentTime
from domain.calls.agents import AgentPresence
from domain.kernel.actors import Actor
from domain.kernel.periods import Period

BEFORE_ALL = -1
# When calls may come, or have.
THERE = (
    AgentPresence.AVAILABLE,
    AgentPresence.RESERVED,
    AgentPresence.ON_CALL,
    AgentPresence.WRAPPING,
)
noted = agent_presences.c


@attrs.frozen(kw_only=True)
class SqlPresenceViews(PresenceViews):
    database: Database
    clock: Clock

    async def as_of(self, actor: Actor) -> datetime:
        return await heard_until(self.database, actor, NotePresences, self.clock())

    async def time_of_agents(self, actor: Actor, period: Period) -> Mapping[UUID, AgentTime]:
        asked = _times(actor, period, milliseconds_of(self.clock()))

        def ask(connection: Connection) -> Mapping[UUID, AgentTime]:
            times = {
                row.agent_id: AgentTime(there=int(row.there), paused=int(row.paused))
                for row in connection.execute(asked)
            }
            return {id: time for id, time in times.items() if time != AgentTime()}

        return await self.database.read(ask, of=actor.organization_id)


def _times(actor: Actor, period: Period, now: int) -> Select[Any]:
    """Each change lasts until the next one, and the last until the end or now."""
    began, ended = milliseconds_of(period.starts_at), milliseconds_of(period.ends_at)
    changes = union_all(
        _as_it_began(actor, began),
        select(noted.agent_id, noted.at_ms, noted.position, noted.presence).where(
            noted.organization_id == actor.organization_id,
            noted.at_ms >= began,
            noted.at_ms < ended,
        ),
    ).subquery()
    following = func.lead(changes.c.at_ms).over(
        partition_by=changes.c.agent_id, order_by=(changes.c.at_ms, changes.c.position)
    )
    last = literal(min(ended, now), BigInteger)
    spans = select(
        changes.c.agent_id,
        changes.c.presence,
        (func.coalesce(following, last) - changes.c.at_ms).label("lasted"),
    ).subquery()
    return select(
        spans.c.agent_id,
        _lasting(spans, spans.c.presence.in_([one.value for one in THERE])).label("there"),
        _lasting(spans, spans.c.presence == AgentPresence.PAUSED.value).label("paused"),
    ).group_by(spans.c.agent_id)


def _as_it_began(actor: Actor, began: int) -> Select[Any]:
    """What everybody was when the period began; null is nothing yet."""
    presence = (
        select(noted.presence)
        .where(
            noted.organization_id == actor.organization_id,
            noted.agent_id == agents.c.id,
            noted.at_ms < began,
        )
        .order_by(noted.at_ms.desc(), noted.position.desc())
        .limit(1)
        .scalar_subquery()
    )
    return select(
        agents.c.id.label("agent_id"),
        literal(began, BigInteger).label("at_ms"),
        literal(BEFORE_ALL, BigInteger).label("position"),
        presence.label("presence"),
    ).where(agents.c.organization_id == actor.organization_id)


def _lasting(spans: Any, condition: Any) -> Any:
    return func.sum(case((condition & (spans.c.lasted > 0), spans.c.lasted), else_=0))
