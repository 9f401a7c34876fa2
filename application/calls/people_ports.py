"""What the use cases of agents, queues and escalations need from storage.

Within one transaction agents are saved before escalations: then nobody waits in a circle.
"""

from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Protocol

from application.calls.ports import Calls
from application.calls.quality_ports import Lines
from application.kernel.jobs import JobQueue
from domain.calls.agents import Agent
from domain.calls.escalation import Escalation
from domain.calls.needs import Needs
from domain.calls.queues import Queue
from domain.calls.triggers import Trigger
from domain.kernel.identifiers import ActorId, AgentId, CallId, EscalationId, QueueId


class Agents(Protocol):
    """Deleted ones are not found any more."""

    def get(self, agent_id: AgentId) -> Agent:
        """Raises AgentNotFound."""
        ...

    def acting_as(self, actor_id: ActorId) -> Agent:
        """Raises NoAgentOfYours."""
        ...

    def free_for(self, needs: Needs, *, but_not: Sequence[AgentId]) -> Agent | None:
        """Of those who are available and can help: who has had least to do, and longest rest.

        Nobody else finds the same one before this unit of work ends.
        """
        ...

    def marks_among(self, marks: Collection[ActorId | str]) -> Collection[ActorId | str]:
        """Those of them that are the marks of some agent."""
        ...

    def wrapped_up(self, *, now: datetime, limit: int) -> Sequence[AgentId]:
        """Whose time to write something up is over."""
        ...

    def save(self, agent: Agent) -> Agent:
        """Stores the agent, publishes its events and returns it with its next version.

        Raises Stale if it changed meanwhile. Raises AgentTaken, at the latest when the unit of
        work ends, if another agent has its extension or acts as the same.
        """
        ...


class Queues(Protocol):
    def get(self, queue_id: QueueId) -> Queue:
        """Raises QueueNotFound."""
        ...

    def titles_among(self, titles: Collection[str]) -> Collection[str]:
        """Those of them that some queue has."""
        ...

    def first_open(self) -> Queue | None:
        """The oldest of those that are open."""
        ...

    def save(self, queue: Queue) -> Queue:
        """Raises Stale if it changed meanwhile, or QueueTitleTaken, at the latest when the unit of
        work ends.
        """
        ...


class Escalations(Protocol):
    def get(self, escalation_id: EscalationId) -> Escalation:
        """Raises EscalationNotFound."""
        ...

    def open_of(self, call_id: CallId) -> Escalation | None: ...

    def pulled_of(self, call_id: CallId) -> AbstractSet[Trigger]:
        """By what the call was escalated before, whatever became of it."""
        ...

    def next_for(self, agent: Agent) -> Escalation | None:
        """The first in line whom the agent could help and has not been asked about.

        Nobody else finds the same one before this unit of work ends.
        """
        ...

    def in_line(self, *, limit: int) -> Sequence[EscalationId]:
        """Who waits, first in line first."""
        ...

    def due(self, *, now: datetime, limit: int) -> Sequence[EscalationId]:
        """Those that somebody should look at by now, the longest due first."""
        ...

    def save(self, escalation: Escalation) -> Escalation:
        """Stores it, publishes its events and returns it with its next version.

        Raises Stale if it changed meanwhile. Raises AlreadyEscalated, at the latest when the unit
        of work ends, if another one of the same call is open.
        """
        ...


class PeopleWork(Protocol):
    """All that one transaction about agents and escalations may touch."""

    @property
    def agents(self) -> Agents: ...

    @property
    def queues(self) -> Queues: ...

    @property
    def escalations(self) -> Escalations: ...

    @property
    def jobs(self) -> JobQueue: ...


class EscalatingWork(PeopleWork, Protocol):
    """Calls are locked before agents, and those before escalations."""

    @property
    def calls(self) -> Calls: ...


class ListeningWork(EscalatingWork, Protocol):
    """What was said is read, and never written."""

    @property
    def lines(self) -> Lines: ...
