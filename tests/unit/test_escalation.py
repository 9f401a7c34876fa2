"""The life of an escalation: the caller is never without an owner."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calls.escalation import Escalation
from domain.calls.escalation_life import (
    OPEN,
    WITH_AN_AGENT,
    BadEscalation,
    CallbackInThePast,
    CallerHears,
    EscalationKind,
    EscalationState,
    Failure,
    HandedBack,
    NobodyFree,
    NoSuchStep,
    OfferOutcome,
    Owner,
    OwnerKind,
    Withdrawal,
)
from domain.calls.needs import Needs
from domain.calls.ownership import caller_hears, owner_of
from domain.calls.queues import Fallback, Queue
from domain.calls.sla import ClockNotPaused, ClockNotRunning, ClockState
from domain.calls.waiting_steps import (
    fall_back,
    has_waited_too_long,
    note_the_time,
    pause,
    resume,
)
from tests.samples import NOW
from tests.unit.escalations import MINUTE, SECONDS, agent, asked, offered, queue, requested

DESK = queue()
POLICY = DESK.terms.policy
LEASE = NOW + 240 * MINUTE
REQUESTER = Owner(OwnerKind.REQUESTER, asked().requested_by)
AGENT = Owner(OwnerKind.AGENT, agent().id)
IN_LINE = Owner(OwnerKind.QUEUE, DESK.id)

Step = Callable[[Escalation], Escalation]
STEPS: dict[str, Step] = {
    "offer": lambda it: it.offer(agent().id, until=NOW + SECONDS, now=NOW),
    "queue": lambda it: it.queue(now=NOW),
    "ring": lambda it: it.ring(now=NOW),
    "accept": lambda it: it.accept(until=LEASE, now=NOW),
    "brief": lambda it: it.brief(now=NOW),
    "bridge": lambda it: it.bridge(now=NOW),
    "decline": lambda it: it.give_up_offer(OfferOutcome.DECLINED, now=NOW),
    "lose agent": lambda it: it.lose_agent(now=NOW),
    "complete": lambda it: it.complete(now=NOW),
    "hand back": lambda it: it.hand_back(HandedBack.NOT_MINE, now=NOW),
    "hung up": lambda it: it.cancel(Withdrawal.CALLER_HUNG_UP, now=NOW),
    "withdraw": lambda it: it.cancel(Withdrawal.WITHDRAWN, now=NOW),
    "fail": lambda it: it.fail(Failure.TRANSFER_FAILED, now=NOW),
    "call back": lambda it: it.schedule_callback(NOW + MINUTE, now=NOW),
    "message": lambda it: it.take_message("Please call Ana", now=NOW),
    "pause": lambda it: pause(it, POLICY, now=NOW),
    "resume": lambda it: resume(it, POLICY, now=NOW),
    "fall back": lambda it: fall_back(it, POLICY, now=NOW),
    "late": lambda it: note_the_time(it, now=NOW + 60 * MINUTE),
}
REFUSED = (NobodyFree, NoSuchStep, ClockNotRunning, ClockNotPaused)


@given(
    kind=st.sampled_from(EscalationKind),
    desk=st.sampled_from([DESK, None]),
    steps=st.lists(st.sampled_from(sorted(STEPS)), max_size=14),
)
def test_a_caller_is_never_without_an_owner(
    kind: EscalationKind, desk: Queue | None, steps: list[str]
) -> None:
    escalation = requested(kind=kind, desk=desk)
    for step in steps:
        before = escalation
        try:
            escalation = STEPS[step](escalation)
        except REFUSED:
            assert escalation is before
        gone = escalation.ended_because == Withdrawal.CALLER_HUNG_UP.value
        helped = escalation.state is EscalationState.COMPLETED and not escalation.ended_because
        assert (owner_of(escalation) is None) == (gone or helped)
        # What is open and with an agent is looked at again, whatever happens to the agent.
        with_an_agent = escalation.state in WITH_AN_AGENT
        assert (escalation.until is not None) == with_an_agent
        assert not with_an_agent or (escalation.agent_id and escalation.due_at)
        assert escalation.is_open == (escalation.ended_at is None)
        if before.state not in OPEN | {EscalationState.FAILED}:
            assert escalation == before


@pytest.mark.parametrize(
    ("kind", "steps", "owner", "hears"),
    [
        ("warm", "", REQUESTER, CallerHears.CONVERSATION),
        ("warm", "queue", IN_LINE, CallerHears.MUSIC),
        ("warm", "queue,offer", REQUESTER, CallerHears.MUSIC),
        ("warm", "offer,ring,accept", REQUESTER, CallerHears.MUSIC),
        ("cold", "offer,ring,accept", AGENT, CallerHears.MUSIC),
        ("supervisor", "offer,accept", AGENT, CallerHears.CONVERSATION),
        ("warm", "offer,accept,brief", REQUESTER, CallerHears.MUSIC),
        ("warm", "offer,accept,brief,bridge", AGENT, CallerHears.CONVERSATION),
        ("warm", "offer,accept,bridge,complete", None, CallerHears.NOTHING),
        ("warm", "offer,accept,bridge,hand back", REQUESTER, CallerHears.NOTHING),
        ("warm", "offer,decline", REQUESTER, CallerHears.CONVERSATION),
        ("warm", "offer,accept,bridge,lose agent", REQUESTER, CallerHears.CONVERSATION),
        ("warm", "queue,message", IN_LINE, CallerHears.NOTHING),
        ("warm", "fail,call back", IN_LINE, CallerHears.NOTHING),
        ("warm", "hung up", None, CallerHears.NOTHING),
    ],
)
def test_every_state_says_who_owns_the_caller_and_what_he_hears(
    kind: str, steps: str, owner: Owner | None, hears: CallerHears
) -> None:
    escalation = requested(kind=EscalationKind(kind), desk=DESK)
    for step in filter(None, steps.split(",")):
        escalation = STEPS[step](escalation)

    assert (owner_of(escalation), caller_hears(escalation)) == (owner, hears)


def test_only_who_was_warned_of_is_briefed() -> None:
    accepted = offered(kind=EscalationKind.COLD).accept(until=LEASE, now=NOW)

    with pytest.raises(NoSuchStep) as refused:
        accepted.brief(now=NOW)
    assert (refused.value.step, refused.value.state) == ("brief", "accepted")


def test_whoever_was_declined_goes_back_to_the_same_place() -> None:
    queued = requested(desk=DESK).queue(now=NOW)
    again = (
        queued.offer(agent().id, until=NOW + SECONDS, now=NOW)
        .give_up_offer(OfferOutcome.DECLINED, now=NOW + SECONDS)
        .queue(now=NOW + MINUTE)
    )

    assert again.waiting == queued.waiting
    assert again.tried == (agent().id,)
    assert [offer.outcome for offer in again.ended_offers] == [OfferOutcome.DECLINED]


def test_the_clock_of_an_answer_is_warned_of_overdue_and_met() -> None:
    queued = requested(desk=DESK).queue(now=NOW)
    warned = note_the_time(queued, now=NOW + 4 * MINUTE)
    late = note_the_time(warned, now=NOW + 5 * MINUTE)

    assert queued.due_at == NOW + 4 * MINUTE
    assert [event.name for event in warned.events[2:]] == ["escalation_due_soon"]
    assert warned.due_at == NOW + 5 * MINUTE
    assert [event.name for event in late.events[3:]] == ["escalation_overdue"]
    assert note_the_time(late, now=NOW + 6 * MINUTE) == late
    assert late.due_at == NOW + 20 * MINUTE
    both = note_the_time(queued, now=NOW + 9 * MINUTE)
    assert [event.name for event in both.events[2:]] == [
        "escalation_due_soon",
        "escalation_overdue",
    ]
    accepted = queued.offer(agent().id, until=NOW + SECONDS, now=NOW).accept(until=LEASE, now=NOW)
    assert accepted.waiting is not None
    assert accepted.waiting.clock.state is ClockState.MET


@pytest.mark.parametrize(
    ("fallback", "state"),
    [
        (Fallback.CALLBACK, EscalationState.CALLBACK_SCHEDULED),
        (Fallback.BACK_TO_REQUESTER, EscalationState.FAILED),
    ],
)
def test_nobody_waits_for_ever(fallback: Fallback, state: EscalationState) -> None:
    desk = queue(fallback=fallback)
    queued = requested(desk=desk).queue(now=NOW)
    late = NOW + 20 * MINUTE

    assert not has_waited_too_long(queued, now=late - timedelta.resolution)
    assert has_waited_too_long(queued, now=late)
    assert not has_waited_too_long(pause(queued, POLICY, now=NOW), now=late)
    assert fall_back(queued, desk.terms.policy, now=late).state is state


def test_callbacks_lie_ahead() -> None:
    with pytest.raises(CallbackInThePast):
        requested().schedule_callback(NOW, now=NOW)


@pytest.mark.parametrize(
    "change",
    [{"urgency": 0}, {"urgency": 6}, {"needs": Needs(level=4)}, {"needs": Needs(level=0)}],
)
def test_nonsense_is_asked_of_nobody(change: dict[str, Any]) -> None:
    with pytest.raises(BadEscalation):
        attrs.evolve(asked(), **change)
