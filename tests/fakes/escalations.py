"""Agents, queues and escalations in memory."""

from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime

import attrs

from application.calls.people_ports import Agents, Escalations, Queues
from domain.calls.agents import (
    Agent,
    AgentNotFound,
    AgentPresence,
    AgentTaken,
    NoAgentOfYours,
)
from domain.calls.escalation import Escalation
from domain.calls.escalation_life import AlreadyEscalated, EscalationNotFound
from domain.calls.needs import Needs
from domain.calls.queues import Queue, QueueNotFound, QueueTitleTaken
from domain.calls.triggers import Trigger
from domain.kernel.identifiers import ActorId, AgentId, CallId, EscalationId, QueueId
from tests.fakes.rows import Dangling, Impossible, Rows, found, next_version

ENGAGED = {AgentPresence.RESERVED, AgentPresence.ON_CALL}


@attrs.frozen
class MemoryAgents(Agents):
    rows: Rows

    def get(self, agent_id: AgentId) -> Agent:
        agent = found(self.rows.agents, agent_id, AgentNotFound)
        agent.must_be_there()
        return agent

    def acting_as(self, actor_id: ActorId) -> Agent:
        for agent in self._present():
            if agent.details.acts_as == actor_id:
                return agent
        raise NoAgentOfYours

    def free_for(self, needs: Needs, *, but_not: Sequence[AgentId]) -> Agent | None:
        fit = (
            agent
            for agent in self._present()
            if agent.presence is AgentPresence.AVAILABLE
            and agent.id not in but_not
            and needs.met_by(agent.details.tags, agent.details.level)
        )
        return min(fit, key=lambda agent: (agent.load, agent.since, agent.id), default=None)

    def marks_among(self, marks: Collection[ActorId | str]) -> Collection[ActorId | str]:
        return {mark for agent in self._present() for mark in agent.details.marks if mark in marks}

    def wrapped_up(self, *, now: datetime, limit: int) -> Sequence[AgentId]:
        over = [
            (agent.until, agent.id)
            for agent in self.rows.agents.values()
            if agent.presence is AgentPresence.WRAPPING and agent.until and agent.until <= now
        ]
        return [agent_id for _, agent_id in sorted(over)[:limit]]

    def save(self, agent: Agent) -> Agent:
        version = next_version(self.rows.agents.get(agent.id), agent.version)
        self._check(agent)
        saved = attrs.evolve(agent, version=version, events=())
        self.rows.agents[agent.id] = saved
        self.rows.events.extend(agent.events)
        return saved

    def _check(self, agent: Agent) -> None:
        if (agent.presence in ENGAGED) != (agent.escalation_id is not None):
            raise Impossible("engaged exactly with an escalation")
        others = [other for other in self.rows.agents.values() if other.id != agent.id]
        taken = {other.escalation_id for other in others}
        if agent.escalation_id is not None and agent.escalation_id in taken:
            raise Impossible("a caller is with two")
        if agent.deleted_at is not None:
            return
        for other in (other for other in others if other.deleted_at is None):
            mine, theirs = agent.details, other.details
            if mine.acts_as is not None and mine.acts_as == theirs.acts_as:
                raise AgentTaken
            if mine.extension is not None and mine.extension == theirs.extension:
                raise AgentTaken

    def _present(self) -> list[Agent]:
        return [agent for agent in self.rows.agents.values() if agent.deleted_at is None]


@attrs.frozen
class MemoryQueues(Queues):
    rows: Rows

    def get(self, queue_id: QueueId) -> Queue:
        return found(self.rows.queues, queue_id, QueueNotFound)

    def titles_among(self, titles: Collection[str]) -> Collection[str]:
        return {queue.terms.title for queue in self.rows.queues.values()} & set(titles)

    def first_open(self) -> Queue | None:
        active = (queue for queue in self.rows.queues.values() if queue.active)
        return min(active, key=lambda queue: queue.id, default=None)

    def save(self, queue: Queue) -> Queue:
        version = next_version(self.rows.queues.get(queue.id), queue.version)
        others = (other for other in self.rows.queues.values() if other.id != queue.id)
        if queue.terms.title in {other.terms.title for other in others}:
            raise QueueTitleTaken
        saved = attrs.evolve(queue, version=version, events=())
        self.rows.queues[queue.id] = saved
        self.rows.events.extend(queue.events)
        return saved


@attrs.frozen
class MemoryEscalations(Escalations):
    rows: Rows

    def get(self, escalation_id: EscalationId) -> Escalation:
        return found(self.rows.escalations, escalation_id, EscalationNotFound)

    def open_of(self, call_id: CallId) -> Escalation | None:
        for escalation in self.rows.escalations.values():
            if escalation.asked.call_id == call_id and escalation.ended_at is None:
                return escalation
        return None

    def pulled_of(self, call_id: CallId) -> AbstractSet[Trigger]:
        return {
            escalation.asked.pulled.trigger
            for escalation in self.rows.escalations.values()
            if escalation.asked.call_id == call_id
        }

    def next_for(self, agent: Agent) -> Escalation | None:
        for escalation in self._line():
            met = escalation.asked.needs.met_by(agent.details.tags, agent.details.level)
            asked = any(
                of == escalation.id and offer.agent_id == agent.id
                for (of, _), offer in self.rows.ended_offers.items()
            )
            if met and not asked:
                return escalation
        return None

    def in_line(self, *, limit: int) -> Sequence[EscalationId]:
        return [escalation.id for escalation in self._line()[:limit]]

    def due(self, *, now: datetime, limit: int) -> Sequence[EscalationId]:
        due = [
            (escalation.due_at, escalation.id)
            for escalation in self.rows.escalations.values()
            if escalation.due_at is not None and escalation.due_at <= now
        ]
        return [escalation_id for _, escalation_id in sorted(due)[:limit]]

    def save(self, escalation: Escalation) -> Escalation:
        version = next_version(self.rows.escalations.get(escalation.id), escalation.version)
        other = self.open_of(escalation.asked.call_id)
        if escalation.ended_at is None and other is not None and other.id != escalation.id:
            raise AlreadyEscalated(escalation.asked.call_id)
        place = escalation.waiting
        if escalation.agent_id is not None and escalation.agent_id not in self.rows.agents:
            raise Dangling(f"agent {escalation.agent_id}")
        if place is not None and place.queue_id not in self.rows.queues:
            raise Dangling(f"queue {place.queue_id}")
        saved = attrs.evolve(escalation, version=version, events=(), ended_offers=())
        self.rows.escalations[escalation.id] = saved
        for offer in escalation.ended_offers:
            if (escalation.id, offer.number) in self.rows.ended_offers:
                raise Impossible("an offer ends once")
            self.rows.ended_offers[escalation.id, offer.number] = offer
        self.rows.events.extend(escalation.events)
        return saved

    def _line(self) -> list[Escalation]:
        line = [
            (escalation.ranked_at, escalation.id, escalation)
            for escalation in self.rows.escalations.values()
            if escalation.ranked_at is not None
        ]
        return [escalation for *_, escalation in sorted(line, key=lambda place: place[:2])]
