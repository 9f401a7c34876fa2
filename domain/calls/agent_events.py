"""Facts about agents and the queues they answer."""

from typing import ClassVar

import attrs

from domain.kernel.events import Event
from domain.kernel.identifiers import AgentId, EscalationId, QueueId


@attrs.frozen(kw_only=True)
class AgentFact(Event):
    agent_id: AgentId

    @property
    def subject(self) -> AgentId:
        return self.agent_id


@attrs.frozen(kw_only=True)
class AgentAdded(AgentFact):
    name: ClassVar[str] = "agent_added"


@attrs.frozen(kw_only=True)
class AgentChanged(AgentFact):
    name: ClassVar[str] = "agent_changed"


@attrs.frozen(kw_only=True)
class AgentDeleted(AgentFact):
    name: ClassVar[str] = "agent_deleted"


@attrs.frozen(kw_only=True)
class AgentPresenceChanged(AgentFact):
    """`escalation_id` is what keeps the agent busy, if something does."""

    name: ClassVar[str] = "agent_presence_changed"

    presence: str
    pause: str | None
    escalation_id: EscalationId | None


@attrs.frozen(kw_only=True)
class QueueFact(Event):
    queue_id: QueueId

    @property
    def subject(self) -> QueueId:
        return self.queue_id


@attrs.frozen(kw_only=True)
class QueueAdded(QueueFact):
    name: ClassVar[str] = "queue_added"


@attrs.frozen(kw_only=True)
class QueueChanged(QueueFact):
    name: ClassVar[str] = "queue_changed"
