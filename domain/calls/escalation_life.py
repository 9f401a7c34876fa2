"""The states of an escalation, who owns the caller in each, and what is refused."""

from datetime import datetime
from enum import Enum
from typing import ClassVar
from uuid import UUID

import attrs

from domain.calls.triggers import Trigger
from domain.kernel.identifiers import AgentId, CallId, EscalationId
from domain.kernel.refusals import Conflict, Forbidden, Invalid, NotFound


@attrs.frozen
class EscalationNotFound(NotFound):
    code: ClassVar[str] = "escalation_not_found"
    escalation_id: EscalationId

    def __str__(self) -> str:
        return f"no escalation {self.escalation_id}"


@attrs.frozen
class AlreadyEscalated(Conflict):
    code: ClassVar[str] = "already_escalated"
    call_id: CallId

    def __str__(self) -> str:
        return f"an escalation of {self.call_id} is open already"


@attrs.frozen
class NobodyFree(Conflict):
    """Without a queue to wait in, the caller stays with whoever has asked."""

    code: ClassVar[str] = "nobody_free"

    def __str__(self) -> str:
        return "no agent who could help is free, and there is no queue to wait in"


@attrs.frozen
class NoSuchStep(Conflict):
    """The escalation is in a state in which that makes no sense."""

    code: ClassVar[str] = "no_such_step"
    step: str
    state: str

    def __str__(self) -> str:
        return f"an escalation that is {self.state} cannot be changed by '{self.step}'"


@attrs.frozen
class NotYourEscalation(Forbidden):
    code: ClassVar[str] = "not_your_escalation"
    escalation_id: EscalationId

    def __str__(self) -> str:
        return f"{self.escalation_id} is with somebody else"


@attrs.frozen
class NotYourCall(Forbidden):
    code: ClassVar[str] = "not_your_call"
    call_id: CallId

    def __str__(self) -> str:
        return f"{self.call_id} is with somebody else"


@attrs.frozen
class BadEscalation(Invalid):
    code: ClassVar[str] = "bad_escalation"

    def __str__(self) -> str:
        return "an escalation has an urgency from 1 to 5 and asks for a level from 1 to 3"


@attrs.frozen
class CallbackInThePast(Invalid):
    code: ClassVar[str] = "callback_in_the_past"
    field: ClassVar[str] = "callback_at"

    def __str__(self) -> str:
        return "somebody is called back later than now"


class EscalationKind(Enum):
    """Cold: put through at once. Warm: the agent is briefed first. Supervisor: joins the call."""

    COLD = "cold"
    WARM = "warm"
    SUPERVISOR = "supervisor"


class Cause(Enum):
    CUSTOMER_REQUEST = "customer_request"
    POLICY = "policy"
    PAYMENT_PROBLEM = "payment_problem"
    COMPLAINT = "complaint"
    LANGUAGE = "language"
    LOW_CONFIDENCE = "low_confidence"
    SAFETY = "safety"
    VIP = "vip"
    SLA_BREACH = "sla_breach"


CAUSES = {
    Trigger.SENTIMENT: Cause.COMPLAINT,
    Trigger.KEYWORD: Cause.CUSTOMER_REQUEST,
    Trigger.COMPLEXITY: Cause.LOW_CONFIDENCE,
}
"""Of what is escalated by itself."""


class EscalationStatus(Enum):
    PENDING = "pending"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class EscalationState(Enum):
    REQUESTED = "requested"
    QUEUED = "queued"
    OFFERED = "offered"
    RINGING = "ringing"
    ACCEPTED = "accepted"
    BRIEFING = "briefing"
    BRIDGED = "bridged"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    FAILED = "failed"
    CALLBACK_SCHEDULED = "callback_scheduled"
    MESSAGE_TAKEN = "message_taken"

    @property
    def status(self) -> EscalationStatus:
        """In four words, for whoever only counts."""
        if self in UNTAKEN:
            return EscalationStatus.PENDING
        if self in TAKEN:
            return EscalationStatus.IN_PROGRESS
        failed = self in {EscalationState.CANCELLED, EscalationState.FAILED}
        return EscalationStatus.CANCELLED if failed else EscalationStatus.COMPLETED


UNTAKEN = frozenset(
    {
        EscalationState.REQUESTED,
        EscalationState.QUEUED,
        EscalationState.OFFERED,
        EscalationState.RINGING,
    }
)
PROPOSED = frozenset({EscalationState.OFFERED, EscalationState.RINGING})
TAKEN = frozenset({EscalationState.ACCEPTED, EscalationState.BRIEFING, EscalationState.BRIDGED})
OPEN = UNTAKEN | TAKEN
WITH_AN_AGENT = PROPOSED | TAKEN


class OfferOutcome(Enum):
    ACCEPTED = "accepted"
    DECLINED = "declined"
    NO_ANSWER = "no_answer"
    VOICEMAIL = "voicemail"
    RESCINDED = "rescinded"


class Withdrawal(Enum):
    CALLER_HUNG_UP = "caller_hung_up"
    WITHDRAWN = "withdrawn"


class Failure(Enum):
    NOBODY_FREE = "nobody_free"
    TRANSFER_FAILED = "transfer_failed"


class HandedBack(Enum):
    """Why the caller goes back to whoever had escalated."""

    NOT_MINE = "not_mine"
    ANSWERED = "answered"
    NEEDS_MORE = "needs_more"
    CUSTOMER_WISH = "customer_wish"


class OwnerKind(Enum):
    REQUESTER = "requester"
    QUEUE = "queue"
    AGENT = "agent"


@attrs.frozen
class Owner:
    """Who has to look after the caller."""

    kind: OwnerKind
    id: UUID


class CallerHears(Enum):
    CONVERSATION = "conversation"
    MUSIC = "music"
    NOTHING = "nothing"


@attrs.frozen(kw_only=True)
class EndedOffer:
    """One agent who was asked, and what came of it."""

    number: int
    agent_id: AgentId
    outcome: OfferOutcome
    offered_at: datetime
    ended_at: datetime
