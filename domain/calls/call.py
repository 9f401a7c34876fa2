"""A call, from the first ring until it is written up."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

import attrs

from domain.calls.durations import Durations
from domain.calls.ending import Ending, EndReason, said_reason
from domain.calls.events import (
    CallAnswered,
    CallConflicted,
    CallEnded,
    CallEvent,
    CallInitiated,
    CallProgressed,
    CallUpdated,
)
from domain.calls.facts import Heard
from domain.calls.interventions import Intervention
from domain.calls.legs import Interval, Leg, earlier, heard_by, later
from domain.calls.recordings import Recording
from domain.calls.refusals import BadPhoneNumber, CallOver
from domain.calls.status import CallStatus
from domain.calls.yeses import Yes
from domain.kernel.events import Event
from domain.kernel.identifiers import ActorId, AgentId, CallId, DispositionId, PaymentId, QueueId
from domain.kernel.personal import personal
from domain.kernel.phone_numbers import is_phone_number


class Direction(Enum):
    INBOUND = "inbound"
    OUTBOUND = "outbound"


@attrs.frozen(kw_only=True)
class Handler:
    """Who talks: a person, known by whom they act as or as an agent of the desk, or a bot."""

    actor_id: ActorId | None = None
    agent_id: AgentId | None = None
    bot: str | None = None

    def covers(self, other: "Handler") -> bool:
        """Whether it is the same one, who perhaps does not say as which agent."""
        same = (self.actor_id, self.bot) == (other.actor_id, other.bot)
        return same and other.agent_id in (None, self.agent_id)


@attrs.frozen(kw_only=True)
class Numbers:
    """Who calls whom, in E.164; `caller` is None where it is withheld."""

    caller: str | None = attrs.field(default=None, metadata=personal("to know who calls"))
    called: str | None = attrs.field(default=None, metadata=personal("to know who is called"))

    def __attrs_post_init__(self) -> None:
        for number in (self.caller, self.called):
            if number is not None and not is_phone_number(number):
                raise BadPhoneNumber

    def __repr__(self) -> str:
        """Personal data stays out of logs and tracebacks."""
        return "Numbers(…)"


@attrs.frozen(kw_only=True)
class Call:
    """Never changes in place: each step returns the next call and the events it caused.

    `provider_call` is empty until the provider has named it. `wraps_up` is whether the agent
    writes it up after the line is down. `conflict` is a second end that the provider told of.
    `department` and `queue_id` are for whom the number rings at which it came in.
    `paying` are payments that are open: nothing is recorded meanwhile. `qa_milli` and
    `sentiment_milli` are thousandths, as they were last found.
    """

    id: CallId
    direction: Direction
    numbers: Numbers
    provider: str | None = None
    provider_call: str | None = None
    status: CallStatus = CallStatus.SCHEDULED
    handler: Handler | None = None
    template: str | None = None
    metadata: Mapping[str, str] = attrs.field(
        factory=dict, metadata=personal("what the desk keeps with a call")
    )
    department: str | None = None
    queue_id: QueueId | None = None
    root_call_id: CallId | None = None
    wraps_up: bool = False
    started_at: datetime
    queued_at: datetime | None = None
    ringing_at: datetime | None = None
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    wrapped_at: datetime | None = None
    ending: Ending | None = None
    end_reason: EndReason | None = None
    conflict: CallStatus | None = None
    yeses: tuple[Yes, ...] = ()
    interventions: tuple[Intervention, ...] = ()
    bot_paused: bool = False
    recording: Recording | None = None
    paying: tuple[PaymentId, ...] = ()
    legs: tuple[Leg, ...] = ()
    holds: tuple[Interval, ...] = ()
    disposition_id: DispositionId | None = None
    qa_milli: int | None = None
    sentiment_milli: int | None = None
    escalated: bool = False
    deleted_at: datetime | None = None
    version: int = 0
    events: tuple[Event, ...] = attrs.field(default=(), eq=False, repr=False)

    @classmethod
    def initiate(
        cls,
        id: CallId,
        direction: Direction,
        numbers: Numbers,
        *,
        now: datetime,
        **members: Any,
    ) -> "Call":
        """Somebody rings us, or is about to be rung."""
        handler: Handler | None = members.get("handler")
        initiated = CallInitiated(
            call_id=id,
            direction=direction.value,
            handler_id=None if handler is None else handler.actor_id,
            occurred_at=now,
        )
        return cls(
            id=id,
            direction=direction,
            numbers=numbers,
            started_at=now,
            events=(initiated,),
            **members,
        )

    @property
    def durations(self) -> Durations:
        return Durations.of(
            queued_at=self.queued_at,
            ringing_at=self.ringing_at,
            answered_at=self.answered_at,
            ended_at=self.ended_at,
            wrapped_at=self.wrapped_at,
            holds=self.holds,
        )

    @property
    def on_hold(self) -> bool:
        return bool(self.holds) and self.holds[-1].until is None

    def hear(self, fact: Heard) -> "Call":
        """The only door for news of the line: in whatever order it comes, the end is the same.

        A call never goes back, and once the line is down news fills gaps and no more.
        """
        if fact.leg is not None:
            return attrs.evolve(self, legs=heard_by(self.legs, fact.leg, fact))
        if fact.status is None:
            return self
        timed = _timed(self, fact, fact.status)
        if self.status.line_is_down:
            return _late(self, timed, fact, fact.status)
        return _further(timed, fact, fact.status)

    def is_of(self, actor_id: ActorId) -> bool:
        """Whether it is theirs, or nobody's yet."""
        return self.handler is None or self.handler.actor_id == actor_id

    def must_not_be_over(self) -> None:
        """Raises CallOver."""
        if self.status.line_is_down:
            raise CallOver(self.id, self.status.value)

    def told(
        self,
        what: type[CallEvent],
        said: Mapping[str, Any],
        /,
        *,
        now: datetime,
        **becomes: Any,
    ) -> "Call":
        """With members as they become, and the event that says so."""
        event = what(call_id=self.id, occurred_at=now, **said)
        return attrs.evolve(self, **becomes, events=(*self.events, event))


def _timed(call: Call, fact: Heard, status: CallStatus) -> Call:
    """When it happened: the first time that it began, the last time that it ended."""
    match status:
        case CallStatus.QUEUED:
            return attrs.evolve(call, queued_at=earlier(call.queued_at, fact.at))
        case CallStatus.RINGING:
            return attrs.evolve(call, ringing_at=earlier(call.ringing_at, fact.at))
        case CallStatus.IN_PROGRESS:
            return attrs.evolve(call, answered_at=earlier(call.answered_at, fact.at))
    if status.is_over:
        return attrs.evolve(call, ended_at=later(call.ended_at, fact.at))
    return call


def _further(call: Call, fact: Heard, status: CallStatus) -> Call:
    if status.is_over:
        return _down(call, fact, status)
    if status.rank <= call.status.rank:
        return call
    if status is CallStatus.IN_PROGRESS:
        return call.told(CallAnswered, {}, now=fact.at, status=status)
    return call.told(CallProgressed, {"status": status.value}, now=fact.at, status=status)


def _down(call: Call, fact: Heard, status: CallStatus) -> Call:
    """Whoever has asked for the end decides how the call ended, whatever the line says."""
    reason = said_reason(fact, status)
    if call.ending is not None:
        status, reason = call.ending.outcome, call.ending.reason
    if status is CallStatus.COMPLETED and call.wraps_up:
        status = CallStatus.WRAPPING
    total = call.durations.total or timedelta()
    said = {
        "status": status.value,
        "end_reason": reason.value,
        "ended_by": reason.meaning.party.value,
        "seconds": int(total.total_seconds()),
    }
    return call.told(CallEnded, said, now=fact.at, status=status, end_reason=reason)


def _late(call: Call, timed: Call, fact: Heard, status: CallStatus) -> Call:
    """The line is down already: what differs is noted for whoever compares with the provider."""
    known = CallStatus.COMPLETED if call.status is CallStatus.WRAPPING else call.status
    differs = status.is_over and status not in (known, call.conflict)
    if differs and call.ending is None:
        said = {"status": status.value}
        return timed.told(CallConflicted, said, now=fact.at, conflict=status)
    return call if timed == call else timed.told(CallUpdated, {}, now=fact.at)
