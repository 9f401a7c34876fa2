"""Agents and queues, from their rows and into them."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import Executable, Row, bindparam, select

from adapters.schema.escalations import agents, queues
from adapters.sql.documents import new_converter
from domain.calls.agents import Agent, AgentDetails, AgentKind, AgentPresence, Pause
from domain.calls.queues import Queue, QueueTerms

converter = new_converter()


@lru_cache(maxsize=1)
def one_agent() -> Executable:
    return select(agents).where(
        agents.c.organization_id == bindparam("p_organization_id"),
        agents.c.id == bindparam("p_id"),
        agents.c.deleted_at.is_(None),
    )


@lru_cache(maxsize=1)
def agent_acting_as() -> Executable:
    return select(agents).where(
        agents.c.organization_id == bindparam("p_organization_id"),
        agents.c.acts_as == bindparam("p_acts_as"),
        agents.c.deleted_at.is_(None),
    )


@lru_cache(maxsize=1)
def one_queue() -> Executable:
    return select(queues).where(
        queues.c.organization_id == bindparam("p_organization_id"),
        queues.c.id == bindparam("p_id"),
    )


def agent_of(row: Row[Any]) -> Agent:
    return Agent(
        id=row.id,
        details=AgentDetails(
            name=row.name,
            kind=AgentKind(row.kind),
            acts_as=row.acts_as,
            extension=row.extension,
            skills=tuple(row.skills),
            departments=tuple(row.departments),
            level=row.level,
        ),
        presence=AgentPresence(row.presence),
        since=row.since,
        pause=None if row.pause is None else Pause(row.pause),
        escalation_id=row.escalation_id,
        until=row.until,
        load=row.load,
        calls_handled=row.calls_handled,
        ratings=row.ratings,
        rated=row.rated,
        deleted_at=row.deleted_at,
        version=row.version,
    )


def agent_columns(agent: Agent) -> Mapping[str, Any]:
    details = agent.details
    return {
        "name": details.name,
        "kind": details.kind.value,
        "acts_as": details.acts_as,
        "extension": details.extension,
        "skills": list(details.skills),
        "departments": list(details.departments),
        "level": details.level,
        "presence": agent.presence.value,
        "pause": agent.pause and agent.pause.value,
        "since": agent.since,
        "escalation_id": agent.escalation_id,
        "until": agent.until,
        "load": agent.load,
        "calls_handled": agent.calls_handled,
        "ratings": agent.ratings,
        "rated": agent.rated,
        "deleted_at": agent.deleted_at,
    }


def queue_of(row: Row[Any]) -> Queue:
    return Queue(
        id=row.id,
        terms=converter.structure(row.terms, QueueTerms),
        active=row.active,
        version=row.version,
    )


def queue_columns(queue: Queue) -> Mapping[str, Any]:
    return {
        "title": queue.terms.title,
        "active": queue.active,
        "terms": converter.unstructure(queue.terms),
    }
