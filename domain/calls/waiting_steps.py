"""What becomes of whoever waits, by the wish of the caller and by the clock."""

from datetime import datetime

import attrs

from domain.calls import escalation_events as facts
from domain.calls.escalation import Escalation
from domain.calls.escalation_life import UNTAKEN, EscalationState, Failure, NoSuchStep
from domain.calls.queues import Fallback
from domain.calls.sla import SlaPolicy
from domain.calls.waiting_place import Waiting


def pause(escalation: Escalation, policy: SlaPolicy, *, now: datetime) -> Escalation:
    """The caller asked for a moment: the place is kept, and nobody is offered it.

    Raises NoSuchStep or ClockNotRunning.
    """
    place = _place(escalation, "pause")
    paused = attrs.evolve(place, clock=place.clock.pause(policy, now=now))
    told = facts.EscalationPaused(**escalation.named, occurred_at=now)
    return escalation.then(escalation.state, told, waiting=paused)


def resume(escalation: Escalation, policy: SlaPolicy, *, now: datetime) -> Escalation:
    """Raises NoSuchStep or ClockNotPaused."""
    place = _place(escalation, "resume")
    resumed = attrs.evolve(place, clock=place.clock.resume(policy, now=now))
    told = facts.EscalationResumed(
        **escalation.named, answer_by=resumed.clock.due_at, occurred_at=now
    )
    return escalation.then(escalation.state, told, waiting=resumed)


def note_the_time(escalation: Escalation, *, now: datetime) -> Escalation:
    """Says once that an answer is due soon, and once that it is overdue."""
    place = escalation.waiting
    if place is None or escalation.state not in UNTAKEN:
        return escalation
    if place.clock.is_to_be_warned_of(now=now):
        warned = attrs.evolve(place, clock=place.clock.warn())
        told = facts.EscalationDueSoon(**escalation.named, occurred_at=now)
        return note_the_time(escalation.then(escalation.state, told, waiting=warned), now=now)
    if place.clock.is_overdue(now=now):
        overdue = attrs.evolve(place, clock=place.clock.breach())
        late = facts.EscalationOverdue(**escalation.named, occurred_at=now)
        return escalation.then(escalation.state, late, waiting=overdue)
    return escalation


def has_waited_too_long(escalation: Escalation, *, now: datetime) -> bool:
    place = escalation.waiting
    queued = escalation.state is EscalationState.QUEUED
    return queued and place is not None and not place.is_paused and now >= place.until


def fall_back(escalation: Escalation, policy: SlaPolicy, *, now: datetime) -> Escalation:
    """Whoever has waited as long as one may is called back when the desk is open, or the like."""
    place = _place(escalation, "fall_back")
    if place.fallback is Fallback.BACK_TO_REQUESTER:
        return escalation.fail(Failure.NOBODY_FREE, now=now)
    at = policy.hours.after(now, policy.answer_within)
    return escalation.schedule_callback(at, now=now)


def _place(escalation: Escalation, step: str) -> Waiting:
    if escalation.waiting is None or escalation.state is not EscalationState.QUEUED:
        raise NoSuchStep(step, escalation.state.value)
    return escalation.waiting
