"""An escalation: a caller on the way to somebody who can help, and never without an owner."""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any

import attrs

from domain.calls import escalation_events as facts
from domain.calls.asked import Asked
from domain.calls.escalation_life import (
    OPEN,
    PROPOSED,
    TAKEN,
    UNTAKEN,
    CallbackInThePast,
    EndedOffer,
    EscalationKind,
    EscalationState,
    Failure,
    HandedBack,
    NobodyFree,
    NoSuchStep,
    OfferOutcome,
    Withdrawal,
)
from domain.calls.queues import Queue
from domain.calls.waiting_place import Waiting
from domain.kernel.events import Event
from domain.kernel.identifiers import AgentId, EscalationId
from domain.kernel.personal import personal

State = EscalationState


@attrs.frozen(kw_only=True)
class Escalation:
    """`until` is when the agent's offer or lease runs out; `ended_because` one of our words."""

    id: EscalationId
    asked: Asked
    state: State
    requested_at: datetime
    agent_id: AgentId | None = None
    until: datetime | None = None
    offers: int = 0
    offered_at: datetime | None = None
    tried: tuple[AgentId, ...] = ()
    waiting: Waiting | None = None
    accepted_at: datetime | None = None
    ended_at: datetime | None = None
    ended_because: str | None = None
    callback_at: datetime | None = None
    message: str | None = attrs.field(
        default=None, repr=False, metadata=personal("what the caller wants to be told on")
    )
    version: int = 0
    ended_offers: tuple[EndedOffer, ...] = attrs.field(default=(), eq=False, repr=False)
    events: tuple[Event, ...] = attrs.field(default=(), eq=False, repr=False)

    @classmethod
    def request(
        cls, id: EscalationId, asked: Asked, queue: Queue | None, *, now: datetime
    ) -> "Escalation":
        """With a queue there is a place in line from now on, should nobody be free."""
        triggered = facts.EscalationTriggered(
            escalation_id=id,
            call_id=asked.call_id,
            trigger=asked.pulled.trigger.value,
            cause=asked.cause.value,
            urgency=asked.urgency,
            level=asked.needs.level,
            occurred_at=now,
        )
        return cls(
            id=id,
            asked=asked,
            state=State.REQUESTED,
            requested_at=now,
            waiting=None if queue is None else Waiting.begin(queue, asked.urgency, now=now),
            events=(triggered,),
        )

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def ranked_at(self) -> datetime | None:
        """The place in line, while somebody may be offered it."""
        if self.state is not State.QUEUED or self.waiting is None or self.waiting.is_paused:
            return None
        return self.waiting.rank

    @property
    def due_at(self) -> datetime | None:
        """When somebody should look at it, if nothing happens until then."""
        if not self.is_open:
            return None
        moments = [self.until]
        if self.waiting is not None and self.state in UNTAKEN:
            moments.append(self.waiting.clock.next_at)
            moments.append(None if self.ranked_at is None else self.waiting.until)
        return min((moment for moment in moments if moment is not None), default=None)

    def offer(self, agent_id: AgentId, *, until: datetime, now: datetime) -> "Escalation":
        self._must_be("offer", {State.REQUESTED, State.QUEUED})
        told = facts.EscalationOffered(
            **self.named, agent_id=agent_id, until=until, occurred_at=now
        )
        return self.then(
            State.OFFERED,
            told,
            agent_id=agent_id,
            until=until,
            offers=self.offers + 1,
            offered_at=now,
        )

    def queue(self, *, now: datetime) -> "Escalation":
        """Whoever was in line before goes back to the same place. Raises NobodyFree."""
        self._must_be("queue", {State.REQUESTED})
        if self.waiting is None:
            raise NobodyFree
        told = facts.EscalationQueued(
            **self.named,
            queue_id=self.waiting.queue_id,
            answer_by=self.waiting.clock.due_at,
            occurred_at=now,
        )
        return self.then(State.QUEUED, told)

    def ring(self, *, now: datetime) -> "Escalation":
        self._must_be("ring", {State.OFFERED})
        return self.then(State.RINGING, self._about_agent(facts.EscalationRinging, now))

    def accept(self, *, until: datetime, now: datetime) -> "Escalation":
        self._must_be("accept", PROPOSED)
        told = self._about_agent(facts.EscalationAccepted, now)
        waiting = self.waiting and attrs.evolve(
            self.waiting, clock=self.waiting.clock.answered(now=now)
        )
        return self.then(
            State.ACCEPTED,
            told,
            until=until,
            accepted_at=now,
            waiting=waiting,
            ended_offers=self._offers_with(OfferOutcome.ACCEPTED, now),
        )

    def brief(self, *, now: datetime) -> "Escalation":
        self._must_be("brief", {State.ACCEPTED} if self.is_warm else set())
        return self.then(State.BRIEFING, self._about_agent(facts.EscalationBriefing, now))

    def bridge(self, *, now: datetime) -> "Escalation":
        self._must_be("bridge", {State.ACCEPTED, State.BRIEFING})
        return self.then(State.BRIDGED, self._about_agent(facts.EscalationBridged, now))

    def give_up_offer(self, outcome: OfferOutcome, *, now: datetime) -> "Escalation":
        """Nothing came of it: the caller is back with whoever had escalated."""
        self._must_be(outcome.value, PROPOSED)
        return self._untargeted(outcome, now=now, ended_offers=self._offers_with(outcome, now))

    def lose_agent(self, *, now: datetime) -> "Escalation":
        """Whoever had taken it has not been heard of for too long."""
        self._must_be("lose_agent", TAKEN)
        return self._untargeted(OfferOutcome.NO_ANSWER, now=now)

    def complete(self, *, now: datetime) -> "Escalation":
        self._must_be("complete", TAKEN)
        told = facts.EscalationCompleted(
            **self.named, agent_id=self._agent, handed_back=None, occurred_at=now
        )
        return self._end(State.COMPLETED, told, now=now)

    def hand_back(self, why: HandedBack, *, now: datetime) -> "Escalation":
        self._must_be("hand_back", TAKEN)
        told = facts.EscalationCompleted(
            **self.named, agent_id=self._agent, handed_back=why.value, occurred_at=now
        )
        return self._end(State.COMPLETED, told, now=now, because=why.value)

    def cancel(self, why: Withdrawal, *, now: datetime) -> "Escalation":
        self._must_be("cancel", OPEN)
        told = facts.EscalationCancelled(**self.named, cause=why.value, occurred_at=now)
        return self._end(State.CANCELLED, told, now=now, because=why.value)

    def fail(self, why: Failure, *, now: datetime) -> "Escalation":
        self._must_be("fail", OPEN)
        told = facts.EscalationFailed(**self.named, cause=why.value, occurred_at=now)
        return self._end(State.FAILED, told, now=now, because=why.value)

    def schedule_callback(self, at: datetime, *, now: datetime) -> "Escalation":
        """Raises CallbackInThePast."""
        self._must_be("schedule_callback", UNTAKEN | {State.FAILED})
        if at <= now:
            raise CallbackInThePast
        told = facts.EscalationCallbackScheduled(**self.named, callback_at=at, occurred_at=now)
        return attrs.evolve(self._end(State.CALLBACK_SCHEDULED, told, now=now), callback_at=at)

    def take_message(self, message: str, *, now: datetime) -> "Escalation":
        self._must_be("take_message", UNTAKEN | {State.FAILED})
        told = facts.EscalationMessageTaken(**self.named, occurred_at=now)
        return attrs.evolve(self._end(State.MESSAGE_TAKEN, told, now=now), message=message)

    def then(self, state: State, told: Event, **changes: Any) -> "Escalation":
        return attrs.evolve(self, state=state, events=(*self.events, told), **changes)

    @property
    def named(self) -> Mapping[str, Any]:
        """What every fact about it says."""
        return {"escalation_id": self.id, "call_id": self.asked.call_id}

    @property
    def is_warm(self) -> bool:
        return self.asked.kind is EscalationKind.WARM

    @property
    def _agent(self) -> AgentId:
        if self.agent_id is None:
            raise NoSuchStep("agent", self.state.value)
        return self.agent_id

    def _about_agent(self, fact: Callable[..., Event], now: datetime) -> Event:
        return fact(**self.named, agent_id=self._agent, occurred_at=now)

    def _untargeted(self, outcome: OfferOutcome, *, now: datetime, **changes: Any) -> "Escalation":
        told = facts.EscalationOfferEnded(
            **self.named, agent_id=self._agent, outcome=outcome.value, occurred_at=now
        )
        return self.then(
            State.REQUESTED,
            told,
            agent_id=None,
            until=None,
            accepted_at=None,
            tried=(*self.tried, self._agent),
            **changes,
        )

    def _offers_with(self, outcome: OfferOutcome, now: datetime) -> tuple[EndedOffer, ...]:
        ended = EndedOffer(
            number=self.offers,
            agent_id=self._agent,
            outcome=outcome,
            offered_at=self.offered_at or now,
            ended_at=now,
        )
        return (*self.ended_offers, ended)

    def _end(
        self, state: State, told: Event, *, now: datetime, because: str | None = None
    ) -> "Escalation":
        offers = self.ended_offers
        if self.state in PROPOSED:
            offers = self._offers_with(OfferOutcome.RESCINDED, now)
        waiting = self.waiting and attrs.evolve(self.waiting, clock=self.waiting.clock.cancel())
        return self.then(
            state,
            told,
            until=None,
            waiting=waiting,
            ended_at=now,
            ended_because=because,
            ended_offers=offers,
        )

    def _must_be(self, step: str, states: AbstractSet[State]) -> None:
        if self.state not in states:
            raise NoSuchStep(step, self.state.value)
