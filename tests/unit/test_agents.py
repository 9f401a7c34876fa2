"""Agents: free, taken, and what they can do."""

import pytest

from domain.calls.agents import (
    AgentEngaged,
    AgentNotAvailable,
    AgentPresence,
    BadRating,
    NotYourAgent,
    Pause,
)
from domain.calls.needs import Needs
from domain.calls.queues import Queue
from domain.kernel.identifiers import ActorId, EscalationId
from tests.samples import NOW
from tests.unit.escalations import MINUTE, agent, free, requested

MINE = requested().id


def test_only_who_is_available_is_reserved() -> None:
    reserved = free().reserve(MINE, until=NOW, now=NOW)

    assert (reserved.presence, reserved.escalation_id, reserved.load) == (
        AgentPresence.RESERVED,
        MINE,
        1,
    )
    for busy in (reserved, agent(), free().rest(Pause.LUNCH, now=NOW)):
        with pytest.raises(AgentNotAvailable):
            busy.reserve(EscalationId(agent().id), until=NOW, now=NOW)


def test_who_has_a_caller_cannot_leave() -> None:
    reserved = free().reserve(MINE, until=NOW, now=NOW)
    on_call = reserved.begin(until=NOW, now=NOW)

    for engaged in (reserved, on_call):
        for step in (engaged.leave, engaged.come, engaged.delete):
            with pytest.raises(AgentEngaged) as refused:
                step(now=NOW)
            assert refused.value.escalation_id == MINE
        with pytest.raises(AgentEngaged):
            engaged.rest(Pause.BREAK, now=NOW)


def test_a_call_is_handled_and_written_up() -> None:
    on_call = free().reserve(MINE, until=NOW, now=NOW).begin(until=NOW, now=NOW)
    wrapping = on_call.finish(wrapped_up_at=NOW + MINUTE, now=NOW)
    at_once = on_call.finish(wrapped_up_at=NOW, now=NOW)

    assert (wrapping.presence, wrapping.until) == (AgentPresence.WRAPPING, NOW + MINUTE)
    assert (at_once.presence, at_once.until) == (AgentPresence.AVAILABLE, None)
    assert (wrapping.calls_handled, wrapping.escalation_id) == (1, None)


def test_who_does_not_react_is_paused() -> None:
    lapsed = free().reserve(MINE, until=NOW, now=NOW).lapse(now=NOW)

    assert (lapsed.presence, lapsed.pause, lapsed.load) == (
        AgentPresence.PAUSED,
        Pause.UNANSWERED,
        1,
    )
    assert lapsed.come(now=NOW).load == 1
    assert lapsed.leave(now=NOW).come(now=NOW).load == 0


def test_ratings_are_averaged() -> None:
    assert agent().rating is None
    assert agent().rate(5).rate(4).rating == 4.5
    for stars in (0, 6):
        with pytest.raises(BadRating):
            agent().rate(stars)


def test_agents_act_for_themselves() -> None:
    agent(1).must_be(ActorId(agent(1).details.acts_as or agent(1).id))
    with pytest.raises(NotYourAgent):
        agent(1).must_be(ActorId(agent(2).id))


@pytest.mark.parametrize(
    ("needs", "met"),
    [
        (Needs(), True),
        (Needs(skills=("german",)), True),
        (Needs(skills=("german", "billing")), False),
        (Needs(department="german"), False),
        (Needs(level=2), True),
        (Needs(level=3), False),
    ],
)
def test_needs_are_met_by_skills_and_level(needs: Needs, *, met: bool) -> None:
    details = free(skills=("german", "french"), level=2).details

    assert needs.met_by(details.tags, details.level) is met


def test_the_urgent_have_a_head_start_and_no_more() -> None:
    patient = Queue.rank(1, since=NOW)

    assert Queue.rank(5, since=NOW) < patient
    assert Queue.rank(5, since=NOW + 5 * MINUTE) > patient
