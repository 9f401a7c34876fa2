"""Agents and queues in SQL."""

from collections.abc import Collection, Sequence
from datetime import datetime

import attrs
from sqlalchemy import Connection, delete, func, or_, select

from adapters.mapping.agents import (
    agent_acting_as,
    agent_columns,
    agent_of,
    one_agent,
    one_queue,
    queue_columns,
    queue_of,
)
from adapters.schema.escalations import AVAILABLE, PRESENT, WRAPPING, agent_tags, agents, queues
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from adapters.sql.versions import store
from application.calls.people_ports import Agents, Queues
from domain.calls.agents import Agent, AgentNotFound, AgentTaken, NoAgentOfYours
from domain.calls.needs import Needs
from domain.calls.queues import Queue, QueueNotFound, QueueTitleTaken
from domain.kernel.identifiers import ActorId, AgentId, QueueId


@attrs.frozen
class SqlAgents(Agents):
    scope: Scope

    def get(self, agent_id: AgentId) -> Agent:
        key = {"p_organization_id": self.scope.organization_id, "p_id": agent_id}
        row = self.scope.ask(one_agent(), key).one_or_none()
        if row is None:
            raise AgentNotFound(agent_id)
        return agent_of(row)

    def acting_as(self, actor_id: ActorId) -> Agent:
        key = {"p_organization_id": self.scope.organization_id, "p_acts_as": actor_id}
        row = self.scope.ask(agent_acting_as(), key).one_or_none()
        if row is None:
            raise NoAgentOfYours
        return agent_of(row)

    def free_for(self, needs: Needs, *, but_not: Sequence[AgentId]) -> Agent | None:
        tags = sorted(needs.tags)
        theirs = (
            select(func.count())
            .select_from(agent_tags)
            .where(
                self.scope.owns(agent_tags),
                agent_tags.c.agent_id == agents.c.id,
                agent_tags.c.tag.in_(tags),
            )
            .scalar_subquery()
        )
        question = (
            select(agents)
            .where(
                self.scope.owns(agents),
                AVAILABLE,
                agents.c.level >= needs.level,
                agents.c.id.not_in(list(but_not)),
            )
            .order_by(agents.c.load, agents.c.since, agents.c.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if tags:
            question = question.where(theirs == len(tags))
        row = self.scope.execute(question).one_or_none()
        return None if row is None else agent_of(row)

    def marks_among(self, marks: Collection[ActorId | str]) -> Collection[ActorId | str]:
        if not marks:
            return ()
        actors = [mark for mark in marks if not isinstance(mark, str)]
        extensions = [mark for mark in marks if isinstance(mark, str)]
        question = select(agents.c.acts_as, agents.c.extension).where(
            self.scope.owns(agents),
            PRESENT,
            or_(agents.c.acts_as.in_(actors), agents.c.extension.in_(extensions)),
        )
        return {mark for row in self.scope.ask(question) for mark in row if mark in marks}

    def wrapped_up(self, *, now: datetime, limit: int) -> Sequence[AgentId]:
        question = (
            select(agents.c.id)
            .where(self.scope.owns(agents), WRAPPING, agents.c.until <= now)
            .order_by(agents.c.until)
            .limit(limit)
        )
        return self.scope.ask(question).scalars().all()

    def save(self, agent: Agent) -> Agent:
        self._explain_duplicate(agent)
        columns = agent_columns(agent)
        version = store(self.scope, agents, agent.id, agent.version, **columns)
        if any(event.name in {"agent_added", "agent_changed"} for event in agent.events):
            self._keep_tags(agent)
        EventLog(self.scope).publish(agent.events)
        return attrs.evolve(agent, version=version, events=())

    def _keep_tags(self, agent: Agent) -> None:
        if agent.version > 0:
            self.scope.execute(
                delete(agent_tags).where(
                    self.scope.owns(agent_tags), agent_tags.c.agent_id == agent.id
                )
            )
        for tag in sorted(agent.details.tags):
            self.scope.add(agent_tags, agent_id=agent.id, tag=tag)

    def _explain_duplicate(self, agent: Agent) -> None:
        details = agent.details
        question = select(agents.c.id).where(
            self.scope.owns(agents),
            PRESENT,
            agents.c.id != agent.id,
            or_(agents.c.acts_as == details.acts_as, agents.c.extension == details.extension),
        )

        def taken(connection: Connection) -> None:
            if connection.execute(question).first() is not None:
                raise AgentTaken

        self.scope.explain(agents, taken)


@attrs.frozen
class SqlQueues(Queues):
    scope: Scope

    def get(self, queue_id: QueueId) -> Queue:
        key = {"p_organization_id": self.scope.organization_id, "p_id": queue_id}
        row = self.scope.ask(one_queue(), key).one_or_none()
        if row is None:
            raise QueueNotFound(queue_id)
        return queue_of(row)

    def titles_among(self, titles: Collection[str]) -> Collection[str]:
        if not titles:
            return ()
        question = select(queues.c.title).where(
            self.scope.owns(queues), queues.c.title.in_(titles)
        )
        return set(self.scope.ask(question).scalars())

    def first_open(self) -> Queue | None:
        question = (
            select(queues)
            .where(self.scope.owns(queues), queues.c.active)
            .order_by(queues.c.id)
            .limit(1)
        )
        row = self.scope.ask(question).one_or_none()
        return None if row is None else queue_of(row)

    def save(self, queue: Queue) -> Queue:
        self._explain_duplicate(queue)
        version = store(self.scope, queues, queue.id, queue.version, **queue_columns(queue))
        EventLog(self.scope).publish(queue.events)
        return attrs.evolve(queue, version=version, events=())

    def _explain_duplicate(self, queue: Queue) -> None:
        question = select(queues.c.id).where(
            self.scope.owns(queues), queues.c.id != queue.id, queues.c.title == queue.terms.title
        )

        def taken(connection: Connection) -> None:
            if connection.execute(question).first() is not None:
                raise QueueTitleTaken

        self.scope.explain(queues, taken)
