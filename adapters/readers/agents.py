"""Views of agents and queues in SQL."""

from datetime import datetime
from typing import Any

import attrs
from sqlalchemy import (
    ColumnElement,
    Connection,
    Executable,
    Row,
    and_,
    case,
    exists,
    extract,
    func,
    select,
)

from adapters.mapping.agents import agent_acting_as, agent_of, one_agent, one_queue, queue_of
from adapters.schema.escalations import (
    IN_LINE,
    agent_tags,
    agents,
    escalation_offers,
    escalations,
    queues,
)
from adapters.sql.database import Database
from adapters.sql.keysets import page_of
from application.calls.people_views import (
    AgentFilter,
    AgentUsage,
    AgentViews,
    QueueLine,
    QueueViews,
)
from application.kernel.pages import Page, Slice
from domain.calls.agents import Agent, AgentNotFound, NoAgentOfYours
from domain.calls.escalation_life import EscalationState, OfferOutcome
from domain.calls.needs import Needs
from domain.calls.queues import Queue, QueueNotFound
from domain.kernel.actors import Actor
from domain.kernel.identifiers import AgentId, QueueId


@attrs.frozen
class SqlAgentViews(AgentViews):
    database: Database

    async def agent(self, actor: Actor, agent_id: AgentId) -> Agent:
        key = {"p_organization_id": actor.organization_id, "p_id": agent_id}
        return await self._one(actor, one_agent(), key, AgentNotFound(agent_id))

    async def mine(self, actor: Actor) -> Agent:
        key = {"p_organization_id": actor.organization_id, "p_acts_as": actor.id}
        return await self._one(actor, agent_acting_as(), key, NoAgentOfYours())

    async def _one(
        self, actor: Actor, question: Executable, key: dict[str, Any], missing: Exception
    ) -> Agent:
        def ask(connection: Connection) -> Agent:
            row = connection.execute(question, key).one_or_none()
            if row is None:
                raise missing
            return agent_of(row)

        return await self.database.read(ask, of=actor.organization_id)

    async def agents(self, actor: Actor, *, filter: AgentFilter, slice: Slice) -> Page[Agent]:
        question = select(agents).where(
            agents.c.organization_id == actor.organization_id, agents.c.deleted_at.is_(None)
        )
        if filter.presence is not None:
            question = question.where(agents.c.presence == filter.presence.value)
        skills = () if filter.skill is None else (filter.skill,)
        for tag in Needs(skills=skills, department=filter.department).tags:
            question = question.where(_has(tag))
        keys = (agents.c.name, agents.c.id)
        return await self.database.read(
            lambda connection: page_of(connection, question, keys, slice, agent_of),
            of=actor.organization_id,
        )

    async def usage(
        self, actor: Actor, agent_id: AgentId, *, since: datetime, until: datetime
    ) -> AgentUsage:
        await self.agent(actor, agent_id)
        offers = (
            select(
                escalation_offers.c.outcome,
                func.count().label("number"),
                func.avg(
                    seconds_between(escalation_offers.c.offered_at, escalation_offers.c.ended_at)
                ).label("seconds"),
            )
            .where(
                escalation_offers.c.organization_id == actor.organization_id,
                escalation_offers.c.agent_id == agent_id,
                escalation_offers.c.ended_at >= since,
                escalation_offers.c.ended_at < until,
            )
            .group_by(escalation_offers.c.outcome)
        )
        back = escalations.c.ended_because.is_not(None)
        ended = select(
            func.count(case((~back, 1))).label("completed"),
            func.count(case((back, 1))).label("handed_back"),
            func.avg(seconds_between(escalations.c.accepted_at, escalations.c.ended_at)).label(
                "seconds"
            ),
        ).where(
            escalations.c.organization_id == actor.organization_id,
            escalations.c.agent_id == agent_id,
            escalations.c.state == EscalationState.COMPLETED.value,
            escalations.c.ended_at >= since,
            escalations.c.ended_at < until,
        )

        def ask(connection: Connection) -> AgentUsage:
            rows = {row.outcome: row for row in connection.execute(offers)}
            accepted = rows.get(OfferOutcome.ACCEPTED.value)
            work = connection.execute(ended).one()
            return AgentUsage(
                offers={
                    outcome.value: rows[outcome.value].number if outcome.value in rows else 0
                    for outcome in OfferOutcome
                },
                completed=work.completed,
                handed_back=work.handed_back,
                seconds_to_accept=None if accepted is None else float(accepted.seconds),
                seconds_to_complete=None if work.seconds is None else float(work.seconds),
            )

        return await self.database.read(ask, of=actor.organization_id)


@attrs.frozen
class SqlQueueViews(QueueViews):
    database: Database

    async def queue(self, actor: Actor, queue_id: QueueId) -> Queue:
        def ask(connection: Connection) -> Queue:
            key = {"p_organization_id": actor.organization_id, "p_id": queue_id}
            row = connection.execute(one_queue(), key).one_or_none()
            if row is None:
                raise QueueNotFound(queue_id)
            return queue_of(row)

        return await self.database.read(ask, of=actor.organization_id)

    async def queues(self, actor: Actor, *, slice: Slice) -> Page[QueueLine]:
        theirs = and_(
            escalations.c.organization_id == actor.organization_id,
            escalations.c.queue_id == queues.c.id,
            IN_LINE,
        )
        question = select(
            queues,
            select(func.count())
            .select_from(escalations)
            .where(theirs)
            .scalar_subquery()
            .label("waiting"),
            select(func.min(escalations.c.requested_at))
            .where(theirs)
            .scalar_subquery()
            .label("since"),
        ).where(queues.c.organization_id == actor.organization_id)
        keys = (queues.c.title, queues.c.id)
        return await self.database.read(
            lambda connection: page_of(connection, question, keys, slice, _line),
            of=actor.organization_id,
        )


def seconds_between(begin: ColumnElement[Any], end: ColumnElement[Any]) -> ColumnElement[Any]:
    """The same number on either engine, to the second."""
    return extract("epoch", end) - extract("epoch", begin)


def _has(tag: str) -> ColumnElement[bool]:
    return exists(
        select(agent_tags.c.tag).where(
            agent_tags.c.organization_id == agents.c.organization_id,
            agent_tags.c.agent_id == agents.c.id,
            agent_tags.c.tag == tag,
        )
    )


def _line(row: Row[Any]) -> QueueLine:
    return QueueLine(queue=queue_of(row), waiting=row.waiting, since=row.since)
