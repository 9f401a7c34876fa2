"""Facts about escalations: identifiers, times and words of our own, nothing that was said."""

from datetime import datetime
from typing import ClassVar

import attrs

from domain.kernel.events import Event
from domain.kernel.identifiers import AgentId, CallId, EscalationId, QueueId


@attrs.frozen(kw_only=True)
class EscalationFact(Event):
    escalation_id: EscalationId
    call_id: CallId

    @property
    def subject(self) -> EscalationId:
        return self.escalation_id


@attrs.frozen(kw_only=True)
class EscalationTriggered(EscalationFact):
    name: ClassVar[str] = "escalation_triggered"

    trigger: str
    cause: str
    urgency: int
    level: int


@attrs.frozen(kw_only=True)
class EscalationQueued(EscalationFact):
    name: ClassVar[str] = "escalation_queued"

    queue_id: QueueId
    answer_by: datetime | None


@attrs.frozen(kw_only=True)
class EscalationOffered(EscalationFact):
    name: ClassVar[str] = "escalation_offered"

    agent_id: AgentId
    until: datetime


@attrs.frozen(kw_only=True)
class EscalationRinging(EscalationFact):
    name: ClassVar[str] = "escalation_ringing"

    agent_id: AgentId


@attrs.frozen(kw_only=True)
class EscalationOfferEnded(EscalationFact):
    """`outcome` is why nothing came of it: declined, no_answer, voicemail or rescinded."""

    name: ClassVar[str] = "escalation_offer_ended"

    agent_id: AgentId
    outcome: str


@attrs.frozen(kw_only=True)
class EscalationAccepted(EscalationFact):
    name: ClassVar[str] = "escalation_accepted"

    agent_id: AgentId


@attrs.frozen(kw_only=True)
class EscalationBriefing(EscalationFact):
    name: ClassVar[str] = "escalation_briefing"

    agent_id: AgentId


@attrs.frozen(kw_only=True)
class EscalationBridged(EscalationFact):
    name: ClassVar[str] = "escalation_bridged"

    agent_id: AgentId


@attrs.frozen(kw_only=True)
class EscalationCompleted(EscalationFact):
    """`handed_back` is why the caller was given back to whoever had escalated, if so."""

    name: ClassVar[str] = "escalation_completed"

    agent_id: AgentId
    handed_back: str | None


@attrs.frozen(kw_only=True)
class EscalationCancelled(EscalationFact):
    name: ClassVar[str] = "escalation_cancelled"

    cause: str


@attrs.frozen(kw_only=True)
class EscalationFailed(EscalationFact):
    name: ClassVar[str] = "escalation_failed"

    cause: str


@attrs.frozen(kw_only=True)
class EscalationCallbackScheduled(EscalationFact):
    name: ClassVar[str] = "escalation_callback_scheduled"

    callback_at: datetime


@attrs.frozen(kw_only=True)
class EscalationMessageTaken(EscalationFact):
    name: ClassVar[str] = "escalation_message_taken"


@attrs.frozen(kw_only=True)
class EscalationPaused(EscalationFact):
    name: ClassVar[str] = "escalation_paused"


@attrs.frozen(kw_only=True)
class EscalationResumed(EscalationFact):
    name: ClassVar[str] = "escalation_resumed"

    answer_by: datetime | None


@attrs.frozen(kw_only=True)
class EscalationDueSoon(EscalationFact):
    name: ClassVar[str] = "escalation_due_soon"


@attrs.frozen(kw_only=True)
class EscalationOverdue(EscalationFact):
    name: ClassVar[str] = "escalation_overdue"
