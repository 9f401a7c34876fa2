"""Calls are kept as they are, and what is heard of them is kept once."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import attrs
import pytest
from sqlalchemy.exc import IntegrityError

from application.calls.hearing import take_in
from application.calls.ports import Mentioned
from application.kernel.ports import Stale
from domain.calls.call import Call
from domain.calls.ending import EndReason
from domain.calls.facts import Heard
from domain.calls.legs import Kind
from domain.calls.notes import CallNote, CallNoteNotFound, Wording
from domain.calls.refusals import CallNotFound
from domain.calls.status import CallStatus
from domain.calls.steps import accept, delete, hold, request_end, resume, transfer, wrap_up
from domain.kernel.identifiers import AgentId, CallNoteId, DispositionId
from tests.contract.storages import Storage, Work
from tests.fakes.rows import Dangling
from tests.samples import COLLEAGUE, DESK, MINUTE, NOW, OTHER_DESK
from tests.samples_of_calls import LINE, ME, call, call_id, heard, talking

pytestmark = pytest.mark.anyio


async def save(storage: Storage, *calls: Call) -> list[Call]:
    return await storage.work(DESK, lambda work: [work.calls.save(one) for one in calls])


def full() -> Call:
    """With everything that a call may have."""
    held = resume(hold(accepted(), now=NOW + MINUTE), now=NOW + 2 * MINUTE)
    joined = held.hear(heard(CallStatus.IN_PROGRESS, NOW + MINUTE, leg="agent"))
    ending = request_end(
        joined, EndReason.SILENCE, owner=UUID(int=5), note="nobody there", now=NOW + 3 * MINUTE
    )
    ended = ending.hear(heard(CallStatus.BUSY, NOW + 4 * MINUTE))
    known = attrs.evolve(
        wrap_up(ended, now=NOW + 5 * MINUTE),
        template="sales",
        metadata={"campaign": "spring"},
        root_call_id=call_id(1),
        conflict=CallStatus.BUSY,
        disposition_id=DispositionId(UUID(int=3)),
        qa_milli=0,
        sentiment_milli=0,
        escalated=True,
    )
    return delete(known, now=NOW + 6 * MINUTE)


def accepted() -> Call:
    handler = attrs.evolve(ME, agent_id=AgentId(UUID(int=8)))
    return accept(talking(), handler, wraps_up=True, now=NOW)


@pytest.mark.parametrize("kind", ["begun", "on hold", "handed on", "full"])
async def test_calls_come_back_as_they_were_saved(storage: Storage, kind: str) -> None:
    kinds = {
        "begun": call(provider=None, provider_call=None),
        "on hold": hold(talking(), now=NOW),
        "handed on": transfer(accepted(), Kind.WARM, now=NOW),
        "full": full(),
    }
    (saved,) = await save(storage, kinds[kind])

    found = await storage.work(COLLEAGUE, lambda work: work.calls.get(call_id()))
    locked = await storage.work(COLLEAGUE, lambda work: work.calls.locked(call_id()))

    assert saved == found == locked == attrs.evolve(kinds[kind], version=1)
    assert await storage.events() == [event.name for event in kinds[kind].events]


async def test_calls_of_others_are_unknown(storage: Storage) -> None:
    await save(storage, call())

    for question in (
        lambda work: work.calls.get(call_id()),
        lambda work: work.calls.locked(call_id()),
    ):
        with pytest.raises(CallNotFound):
            await storage.work(OTHER_DESK, question)
    assert await storage.work(OTHER_DESK, lambda work: work.calls.named(LINE, "CA1001")) is None


async def test_calls_are_found_by_their_name_at_the_provider(storage: Storage) -> None:
    await save(storage, call(), call(1002))

    def look(work: Work) -> list[Any]:
        named = work.calls.named(LINE, "CA1002")
        assert named is not None
        return [named.id, work.calls.named("another", "CA1002"), work.calls.named(LINE, "CA1003")]

    assert await storage.work(DESK, look) == [call_id(1002), None, None]


async def test_what_is_heard_tells_its_call_and_whether_it_came_before(storage: Storage) -> None:
    (saved,) = await save(storage, call())
    fact, other = heard(None, sequence=3), heard(None, sequence=4)
    await storage.work(DESK, lambda work: work.calls.keep(saved, fact, now=NOW))

    def look(work: Work) -> list[Any]:
        strange = attrs.evolve(fact, provider_call="CA1009")
        return [work.calls.mentioned(one) for one in (fact, other, strange)]

    assert await storage.work(DESK, look) == [
        Mentioned(saved, before=True),
        Mentioned(saved, before=False),
        Mentioned(None, before=False),
    ]
    assert await storage.work(OTHER_DESK, look) == [Mentioned(None, before=False)] * 3


async def test_one_name_at_the_provider_is_one_call(storage: Storage) -> None:
    await save(storage, call())

    with pytest.raises(Stale):
        await save(storage, call(1002, provider_call="CA1001"))
    await save(storage, call(1003, provider_call=None), call(1004, provider_call=None))


async def test_whoever_saves_second_decides_again(storage: Storage) -> None:
    (seen,) = await save(storage, talking())
    await save(storage, hold(seen, now=NOW))

    with pytest.raises(Stale):
        await save(storage, hold(seen, now=NOW))


async def test_what_is_delivered_twice_is_kept_once_and_applied_once(storage: Storage) -> None:
    await save(storage, call())
    fact = heard(CallStatus.IN_PROGRESS, sequence=2, details={"From": "+442079460958"})

    async def deliver(fact: Heard) -> Call:
        def decide(work: Work) -> Call:
            return take_in(work, work.calls.locked(call_id()), fact, now=NOW)

        return await storage.work(DESK, decide)

    first, second = await deliver(fact), await deliver(attrs.evolve(fact, at=NOW + MINUTE))
    unknown = await deliver(heard(None, sequence=3))

    assert first == second == unknown
    assert (first.status, first.version) == (CallStatus.IN_PROGRESS, 2)
    assert await storage.events() == ["call_initiated", "call_answered"]
    assert await storage.work(DESK, lambda work: work.calls.has_heard(heard(None, sequence=3)))
    assert not await storage.work(
        OTHER_DESK, lambda work: work.calls.has_heard(heard(None, sequence=3))
    )


async def test_the_same_fact_is_not_kept_again(storage: Storage) -> None:
    (saved,) = await save(storage, call())
    fact = heard(CallStatus.RINGING, NOW + timedelta(microseconds=1))
    await storage.work(DESK, lambda work: work.calls.keep(saved, fact, now=NOW))

    with pytest.raises(Stale):
        await storage.work(DESK, lambda work: work.calls.keep(saved, fact, now=NOW))


async def test_facts_are_about_calls_that_there_are(storage: Storage) -> None:
    with pytest.raises((IntegrityError, Dangling)):
        await storage.work(
            DESK, lambda work: work.calls.keep(call(), heard(CallStatus.RINGING), now=NOW)
        )


def note() -> CallNote:
    said = Wording(text="Asks for two.", category="sales", tags=("thursday",), at=NOW)
    return CallNote.write(CallNoteId(UUID(int=9)), call_id(), DESK.id, said)


async def test_notes_come_back_with_all_they_ever_said(storage: Storage) -> None:
    await save(storage, call())
    corrected = Wording(text="Asks for three.", at=NOW + MINUTE)

    def write(work: Work) -> CallNote:
        work.calls.locked(call_id())
        return work.notes.save(note())

    def change(work: Work) -> CallNote:
        work.calls.locked(call_id())
        known = work.notes.locked(call_id(), note().id).change(DESK.id, corrected)
        return work.notes.save(known.remove(DESK.id, now=NOW + 2 * MINUTE))

    assert await storage.work(DESK, write) == attrs.evolve(note(), version=1)
    changed = await storage.work(DESK, change)
    kept = await storage.work(DESK, lambda work: work.notes.locked(call_id(), note().id))

    assert kept == changed
    assert (kept.says, kept.removed_at) == (corrected, NOW + 2 * MINUTE)
    assert kept.wordings[0] == note().says
    assert (await storage.events())[1:] == [
        "call_note_added",
        "call_note_changed",
        "call_note_removed",
    ]


async def test_a_note_is_of_its_call(storage: Storage) -> None:
    await save(storage, call(), call(1002))
    await storage.work(DESK, lambda work: work.notes.save(note()))

    for actor, of in ((DESK, call_id(1002)), (OTHER_DESK, call_id())):
        with pytest.raises(CallNoteNotFound):
            await storage.work(actor, lambda work: work.notes.locked(of, note().id))  # noqa: B023
    dangling = attrs.evolve(note(), id=CallNoteId(UUID(int=10)), call_id=call_id(1003))
    with pytest.raises((IntegrityError, Dangling)):
        await storage.work(DESK, lambda work: work.notes.save(dangling))
