"""Callers who are escalated: no agent has two, nobody is passed for ever, nothing is lost."""

from collections import Counter
from datetime import timedelta

import attrs
import pytest

from application.calls.show_presence import Wish
from application.kernel.ports import Stale
from domain.calls.agents import (
    AgentNotFound,
    AgentPresence,
    AgentTaken,
    NoAgentOfYours,
    Pause,
)
from domain.calls.escalation import Escalation
from domain.calls.escalation_life import (
    AlreadyEscalated,
    EscalationNotFound,
    EscalationState,
    NobodyFree,
    OwnerKind,
)
from domain.calls.needs import Needs
from domain.calls.ownership import owner_of
from domain.calls.queues import Fallback, QueueNotFound, QueueTitleTaken
from domain.kernel.identifiers import ActorId
from tests.contract.crowds import race
from tests.contract.people_at_work import PATIENCE, PeopleAtWork
from tests.contract.storages import Storage
from tests.samples import DESK, NOW, OTHER_DESK
from tests.unit.escalations import MINUTE, SECONDS, agent, asked, free, queue, queue_terms

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("crowded")]

State = EscalationState


async def test_agents_come_back_as_they_were_saved(storage: Storage) -> None:
    new = free(1, skills=("german", "first aid"), level=3)
    saved = await storage.work(DESK, lambda work: work.agents.save(new))
    found = await storage.work(DESK, lambda work: work.agents.get(new.id))
    mine = ActorId(new.details.acts_as or new.id)
    by_actor = await storage.work(DESK, lambda work: work.agents.acting_as(mine))

    assert attrs.evolve(new, version=1, events=()) == saved == found == by_actor
    with pytest.raises(AgentNotFound):
        await storage.work(OTHER_DESK, lambda work: work.agents.get(new.id))
    with pytest.raises(NoAgentOfYours):
        await storage.work(OTHER_DESK, lambda work: work.agents.acting_as(mine))
    with pytest.raises(Stale):
        await storage.work(DESK, lambda work: work.agents.save(attrs.evolve(new, version=7)))


async def test_deleted_agents_are_gone_and_make_room(storage: Storage) -> None:
    first = await storage.work(DESK, lambda work: work.agents.save(free()))
    twin = attrs.evolve(free(2), details=first.details)
    with pytest.raises(AgentTaken):
        await storage.work(DESK, lambda work: work.agents.save(twin))

    await storage.work(DESK, lambda work: work.agents.save(first.delete(now=NOW)))
    await storage.work(DESK, lambda work: work.agents.save(twin))
    with pytest.raises(AgentNotFound):
        await storage.work(DESK, lambda work: work.agents.get(first.id))


async def test_queues_come_back_as_they_were_saved(storage: Storage) -> None:
    terms = queue_terms(fallback=Fallback.BACK_TO_REQUESTER)
    new = attrs.evolve(queue(), terms=terms)
    saved = await storage.work(DESK, lambda work: work.queues.save(new))
    found = await storage.work(DESK, lambda work: work.queues.get(new.id))
    closed = saved.change(terms, active=False, now=NOW)

    assert attrs.evolve(new, version=1, events=()) == saved == found
    with pytest.raises(QueueTitleTaken):
        await storage.work(
            DESK, lambda work: work.queues.save(attrs.evolve(queue(2), terms=terms))
        )
    with pytest.raises(QueueNotFound):
        await storage.work(OTHER_DESK, lambda work: work.queues.get(new.id))
    assert await storage.work(DESK, lambda work: work.queues.first_open()) == saved
    await storage.work(DESK, lambda work: work.queues.save(closed))
    assert await storage.work(DESK, lambda work: work.queues.first_open()) is None


async def test_escalations_come_back_as_they_were_saved(storage: Storage) -> None:
    people = await PeopleAtWork.at(storage)
    offered = await people.escalate(1, asked(1, needs=Needs(level=1), urgency=5))
    again = await people.now(offered)

    assert again == offered
    assert (again.asked.note, again.agent_id) == ("Wants to speak to Ana", free().id)
    with pytest.raises(EscalationNotFound):
        await storage.work(OTHER_DESK, lambda work: work.escalations.get(offered.id))


async def test_a_call_has_one_open_escalation(storage: Storage) -> None:
    people = await PeopleAtWork.at(storage, free(1), free(2))
    first = await people.escalate(1)

    with pytest.raises(AlreadyEscalated):
        await people.escalate(1)
    assert (await people.agent(free(2).id)).presence is AgentPresence.AVAILABLE
    await people.complete(await people.accept(first))
    assert (await people.escalate(1)).state is State.OFFERED


async def test_two_escalations_never_take_one_agent(storage: Storage) -> None:
    people = await PeopleAtWork.at(storage, free(1), free(2), free(3))

    outcomes = await race([people.escalate(number) for number in range(12)])

    escalations = [outcome for outcome in outcomes if isinstance(outcome, Escalation)]
    assert len(escalations) == 12
    states = Counter(escalation.state for escalation in escalations)
    # Who came at the very moment may have found the others' agents and nobody else.
    assert states[State.OFFERED] <= 3
    await people.keep_time()
    now = [await people.now(escalation) for escalation in escalations]
    taken = Counter(escalation.agent_id for escalation in now if escalation.agent_id)
    assert taken == {free(number).id: 1 for number in (1, 2, 3)}
    for number in (1, 2, 3):
        held = await people.agent(free(number).id)
        assert held.escalation_id in {it.id for it in now if it.agent_id == held.id}


async def test_freed_agents_are_given_to_one_each(storage: Storage) -> None:
    """Several come free at once, and several wait."""
    people = await PeopleAtWork.at(storage, free(1), free(2), free(3))
    first = [await people.accept(await people.escalate(number)) for number in range(3)]
    waiting = [await people.escalate(number) for number in range(3, 8)]
    assert {escalation.state for escalation in waiting} == {State.QUEUED}

    outcomes = await race([people.complete(escalation) for escalation in first])

    assert all(isinstance(outcome, Escalation) for outcome in outcomes), outcomes
    await people.keep_time()
    now = [await people.now(escalation) for escalation in waiting]
    states = Counter(escalation.state for escalation in now)
    assert states == {State.OFFERED: 3, State.QUEUED: 2}
    assert len({escalation.agent_id for escalation in now} - {None}) == 3


async def test_who_is_urgent_is_served_first_and_nobody_is_passed_for_ever(
    storage: Storage,
) -> None:
    people = await PeopleAtWork.at(storage)
    taken = await people.accept(await people.escalate(1))
    patient = await people.escalate(2, asked(2, urgency=1))
    people.clock.passes(MINUTE)
    urgent = await people.escalate(3, asked(3, urgency=5))
    people.clock.passes(4 * MINUTE)
    late = await people.escalate(4, asked(4, urgency=5))

    assert await people.line() == [urgent.id, patient.id, late.id]
    await people.complete(taken)
    assert (await people.now(urgent)).state is State.OFFERED


async def test_agents_are_chosen_by_skill_level_load_and_rest(storage: Storage) -> None:
    german = free(1, skills=("german",), level=2)
    rested = free(2, skills=("german", "billing"), level=2)
    people = await PeopleAtWork.at(storage, german, rested, free(3))

    both = asked(1, needs=Needs(skills=("german", "billing")))
    assert (await people.escalate(1, both)).agent_id == rested.id
    any_german = asked(2, needs=Needs(skills=("german",), level=2))
    assert (await people.escalate(2, any_german)).agent_id == german.id
    waits = await people.escalate(3, asked(3, needs=Needs(skills=("german",))))
    assert waits.state is State.QUEUED
    assert (await people.escalate(4)).agent_id == free(3).id


async def test_whoever_comes_is_offered_the_first_that_he_can_help(storage: Storage) -> None:
    people = await PeopleAtWork.at(storage, agent(1, skills=("german",)))
    hard = await people.escalate(1, asked(1, needs=Needs(skills=("welsh",))))
    easy = await people.escalate(2, asked(2, needs=Needs(skills=("german",))))
    came = await people.show(agent(1).id, Wish.AVAILABLE)

    assert (came.presence, came.escalation_id) == (AgentPresence.RESERVED, easy.id)
    assert (await people.now(hard)).state is State.QUEUED


async def test_what_is_declined_goes_to_the_next_and_not_back(storage: Storage) -> None:
    people = await PeopleAtWork.at(storage, free(1), free(2))
    first = await people.escalate(1)
    second = await people.decline(first)
    third = await people.decline(second)

    assert {first.agent_id, second.agent_id} == {free(1).id, free(2).id}
    assert third.state is State.QUEUED
    await people.keep_time()
    assert (await people.now(first)).state is State.QUEUED
    assert (await people.agent(free(1).id)).presence is AgentPresence.AVAILABLE


async def test_offers_that_nobody_answers_run_out(storage: Storage) -> None:
    people = await PeopleAtWork.at(storage, free(1), free(2))
    offered = await people.escalate(1)
    people.clock.passes(SECONDS - timedelta.resolution)
    assert await people.keep_time() == 0
    people.clock.passes(timedelta.resolution)
    assert await people.keep_time() == 1

    first, now = await people.agent(free(1).id), await people.now(offered)
    assert (first.presence, first.pause) == (AgentPresence.PAUSED, Pause.UNANSWERED)
    assert (now.state, now.agent_id, now.offers) == (State.OFFERED, free(2).id, 2)


async def test_an_agent_who_is_lost_is_freed_and_the_caller_is_not(storage: Storage) -> None:
    people = await PeopleAtWork.at(storage)
    accepted = await people.accept(await people.escalate(1))
    people.clock.passes(PATIENCE.lease)
    await people.keep_time()
    now = await people.now(accepted)
    owner = owner_of(now)

    assert (await people.agent(free().id)).escalation_id is None
    assert (now.state, owner and owner.kind) == (State.QUEUED, OwnerKind.QUEUE)


async def test_without_a_line_the_caller_stays_with_whoever_has_escalated(
    storage: Storage,
) -> None:
    people = await PeopleAtWork.at(storage)
    declined = await people.decline(await people.escalate(1, desk=None))

    assert declined.state is State.FAILED
    assert (await people.agent(free().id)).presence is AgentPresence.AVAILABLE
    await people.escalate(2)
    with pytest.raises(NobodyFree):
        await people.escalate(3, desk=None)


@pytest.mark.parametrize("accepted", [False, True])
async def test_when_the_caller_hangs_up_the_agent_is_free(
    storage: Storage, *, accepted: bool
) -> None:
    people = await PeopleAtWork.at(storage)
    escalation = await people.escalate(1)
    if accepted:
        await people.accept(escalation)
    closed = await people.hang_up(escalation.asked.call_id)

    assert closed is not None
    assert closed.state is (State.COMPLETED if accepted else State.CANCELLED)
    freed = await people.agent(free().id)
    assert (freed.presence, freed.calls_handled) == (AgentPresence.AVAILABLE, int(accepted))
    assert await people.hang_up(escalation.asked.call_id) is None


async def test_something_is_written_up_before_the_next(storage: Storage) -> None:
    people = await PeopleAtWork.at(storage, patience=attrs.evolve(PATIENCE, wrap_up=MINUTE))
    accepted = await people.accept(await people.escalate(1))
    waiting = await people.escalate(2)
    await people.complete(accepted, rating=4)
    wrapping = await people.agent(free().id)

    assert (wrapping.presence, wrapping.rating) == (AgentPresence.WRAPPING, 4.0)
    people.clock.passes(MINUTE)
    await people.keep_time()
    assert (await people.now(waiting)).state is State.OFFERED


async def test_who_has_waited_long_enough_is_called_back(storage: Storage) -> None:
    people = await PeopleAtWork.at(storage, agent())
    waiting = await people.escalate(1)
    for minutes, name in [(4, "escalation_due_soon"), (1, "escalation_overdue")]:
        people.clock.passes(minutes * MINUTE)
        await people.keep_time()
        assert (await storage.events())[-1] == name
        assert await people.keep_time() == 0
    people.clock.passes(15 * MINUTE)
    await people.keep_time()
    now = await people.now(waiting)

    assert (now.state, now.callback_at) == (
        State.CALLBACK_SCHEDULED,
        people.clock() + 5 * MINUTE,
    )
