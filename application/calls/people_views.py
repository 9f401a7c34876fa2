"""Agents, queues and escalations as readers see them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

import attrs

from application.kernel.pages import Page, Slice
from domain.calls.agents import Agent, AgentPresence
from domain.calls.escalation import Escalation
from domain.calls.escalation_life import EscalationState
from domain.calls.queues import Queue
from domain.calls.triggers import Trigger
from domain.kernel.actors import Actor
from domain.kernel.identifiers import (
    AgentId,
    CallId,
    EscalationId,
    OrganizationId,
    QueueId,
)


@attrs.frozen(kw_only=True)
class AgentFilter:
    """Only agents that meet every condition given."""

    presence: AgentPresence | None = None
    skill: str | None = None
    department: str | None = None


@attrs.frozen(kw_only=True)
class AgentUsage:
    """What an agent was offered from one moment until before another, and what came of it.

    Seconds are means, and None where there is nothing to take the mean of.
    """

    offers: Mapping[str, int]
    completed: int
    handed_back: int
    seconds_to_accept: float | None
    seconds_to_complete: float | None


class AgentViews(Protocol):
    async def agent(self, actor: Actor, agent_id: AgentId) -> Agent:
        """Raises AgentNotFound."""
        ...

    async def agents(self, actor: Actor, *, filter: AgentFilter, slice: Slice) -> Page[Agent]:
        """By name."""
        ...

    async def mine(self, actor: Actor) -> Agent:
        """Raises NoAgentOfYours."""
        ...

    async def usage(
        self, actor: Actor, agent_id: AgentId, *, since: datetime, until: datetime
    ) -> AgentUsage:
        """Raises AgentNotFound."""
        ...


@attrs.frozen(kw_only=True)
class QueueLine:
    """A queue, how many wait in it to be offered, and since when the first of them does."""

    queue: Queue
    waiting: int
    since: datetime | None


class QueueViews(Protocol):
    async def queue(self, actor: Actor, queue_id: QueueId) -> Queue:
        """Raises QueueNotFound."""
        ...

    async def queues(self, actor: Actor, *, slice: Slice) -> Page[QueueLine]:
        """By title."""
        ...


@attrs.frozen(kw_only=True)
class EscalationFilter:
    """Only escalations that meet every condition given."""

    call_id: CallId | None = None
    agent_id: AgentId | None = None
    queue_id: QueueId | None = None
    state: EscalationState | None = None
    trigger: Trigger | None = None
    open_only: bool = False


@attrs.frozen(kw_only=True)
class EscalationFigures:
    """Of calls begun from one moment until before another."""

    calls: int
    escalated_calls: int
    escalations: int
    by_trigger: Mapping[str, int]
    by_state: Mapping[str, int]
    seconds_to_resolve: float | None


class EscalationViews(Protocol):
    async def escalation(self, actor: Actor, escalation_id: EscalationId) -> Escalation:
        """Raises EscalationNotFound."""
        ...

    async def escalations(
        self, actor: Actor, *, filter: EscalationFilter, slice: Slice
    ) -> Page[Escalation]:
        """In the order in which they were asked for."""
        ...

    async def figures(
        self, actor: Actor, *, since: datetime, until: datetime
    ) -> EscalationFigures: ...


class TimeToKeep(Protocol):
    async def organizations(self, *, now: datetime) -> Sequence[OrganizationId]:
        """Those in which an agent or an escalation has come to its time, or may be brought
        together with another.
        """
        ...
