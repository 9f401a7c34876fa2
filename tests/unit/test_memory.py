"""The fake storage where its promises are its own, beyond those every storage must keep."""

from uuid import uuid4

import attrs
import pytest

from application.kernel.jobs import Job
from application.kernel.once import Answer, Once
from application.kernel.ports import Stale
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BookingId
from tests.fakes.rows import Dangling, Rows
from tests.fakes.storage import Memory, MemoryWork
from tests.samples import (
    COLLEAGUE,
    DESK,
    DOUBLE_ROOMS,
    NOW,
    OTHER_DESK,
    claims,
    held,
    nights,
    quote,
    reference,
    room_terms,
)

pytestmark = pytest.mark.anyio

HOLD = held().hold_id


async def stocked() -> Memory:
    def stock(work: MemoryWork) -> None:
        work.resources.save(DOUBLE_ROOMS)
        work.inventory.open(nights(capacity=2))

    memory = Memory()
    await memory(DESK, stock)
    return memory


async def test_a_failed_decision_leaves_no_trace() -> None:
    memory = await stocked()
    before = memory.rows(DESK)

    def do_everything_and_fail(work: MemoryWork) -> None:
        work.sales_terms.save(room_terms())
        work.quotes.add(quote())
        work.inventory.take(HOLD, claims(1))
        work.bookings.save(held())
        work.facts.publish(held().events)
        work.jobs.enqueue(Job(name="job", payload={}))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await memory(DESK, do_everything_and_fail)

    assert memory.rows(DESK) == before


async def test_an_answer_that_cannot_be_given_undoes_the_decision() -> None:
    memory = await stocked()
    before = memory.rows(DESK)

    def answer(_: object) -> Answer:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await memory(
            DESK,
            lambda work: work.bookings.save(held()),
            once=Once(key="key", fingerprint=b"", answer=answer),
        )

    assert memory.rows(DESK) == before


async def test_what_a_test_looks_at_is_not_what_is_stored() -> None:
    memory = await stocked()
    memory.rows(DESK).pools.clear()

    assert len(memory.rows(DESK).pools) == 10
    assert memory.rows(OTHER_DESK) == Rows()


async def test_jobs_are_queued_for_the_organization() -> None:
    memory = Memory()
    payload = {"number": 1}
    job = Job(name="job", payload=payload)
    for actor in (DESK, COLLEAGUE, OTHER_DESK):
        await memory(actor, lambda work: work.jobs.enqueue(job))
    payload["number"] = 2

    jobs = [*memory.rows(DESK).jobs, *memory.rows(OTHER_DESK).jobs]
    assert [(queued.name, queued.payload) for queued in jobs] == [("job", {"number": 1})] * 3
    assert [queued.organization_id for queued in jobs] == [
        DESK.organization_id,
        DESK.organization_id,
        OTHER_DESK.organization_id,
    ]
    assert len({queued.id for queued in jobs}) == 3


async def test_what_refers_to_nothing_is_not_stored() -> None:
    with pytest.raises(Dangling):
        await Memory()(DESK, lambda work: work.inventory.open(nights()))
    with pytest.raises(Dangling):
        await Memory()(DESK, lambda work: work.sales_terms.save(room_terms()))


@pytest.mark.parametrize("actor", [DESK, OTHER_DESK])
async def test_references_are_unique_in_an_organization(actor: Actor) -> None:
    memory = Memory()
    await memory(DESK, lambda work: work.bookings.save(held()))
    twin = attrs.evolve(held(id=2), reference=reference(1))
    if actor == OTHER_DESK:
        await memory(actor, lambda work: work.bookings.save(twin))
        return
    with pytest.raises(Stale):
        await memory(actor, lambda work: work.bookings.save(twin))


async def test_nothing_is_added_twice() -> None:
    memory = await stocked()

    def add_all(work: MemoryWork) -> None:
        work.quotes.add(quote())
        work.bookings.save(held())
        work.sales_terms.save(room_terms())
        work.inventory.take(HOLD, claims(1))

    await memory(DESK, add_all)
    with pytest.raises(Stale):
        await memory(DESK, lambda work: work.quotes.add(quote()))
    with pytest.raises(Stale):
        await memory(DESK, lambda work: work.bookings.save(held()))
    with pytest.raises(Stale):
        await memory(DESK, lambda work: work.sales_terms.save(room_terms()))
    with pytest.raises(Stale):
        await memory(DESK, lambda work: work.resources.save(DOUBLE_ROOMS))
    with pytest.raises(Stale):
        await memory(DESK, lambda work: work.inventory.take(HOLD, claims(1)))


async def test_one_claim_a_pool() -> None:
    memory = await stocked()
    for wrong in ((), (*claims(1), *claims(1))):
        with pytest.raises(ValueError, match="one claim a pool"):
            await memory(DESK, lambda work: work.inventory.take(HOLD, wrong))  # noqa: B023


async def test_states_are_saved_only_of_what_has_not_changed() -> None:
    memory = Memory()
    saved = await memory(DESK, lambda work: work.bookings.save(held()))
    await memory(DESK, lambda work: work.bookings.save_states([]))

    for wrong in (
        attrs.evolve(saved, version=2),
        attrs.evolve(saved, version=0),
        attrs.evolve(saved, id=BookingId(uuid4())),
    ):
        with pytest.raises(Stale):
            await memory(DESK, lambda work: work.bookings.save_states([wrong]))  # noqa: B023
    with pytest.raises(Stale):
        await memory(DESK, lambda work: work.bookings.save_states([saved, saved]))
    with pytest.raises(ValueError, match="same state"):
        await memory(DESK, lambda work: work.bookings.save_states([saved, saved.confirm(now=NOW)]))

    assert memory.rows(DESK).bookings == {saved.id: saved}
