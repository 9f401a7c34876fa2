"""Jobs exist if and only if the transaction that made them necessary commits."""

from collections.abc import Callable, Mapping

import attrs
import pytest

from adapters.repositories.queued_jobs import SqlQueuedJobs
from adapters.sql.database import Database
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.kernel.jobs import Job, QueuedJob
from application.kernel.ports import UnitOfWork
from application.kernel.tracing import Trace, at_hand
from entrypoints.wiring.ambient import TimeOrderedIds
from tests.contract.storages import SqlWork, Storage, Work
from tests.samples import DESK, NOW, OTHER_DESK, held

pytestmark = pytest.mark.anyio

PAYLOAD: Mapping[str, str | int | bool | None] = {
    "text": 'Grüße, „毛“ \\ "',
    "number": 2**53,
    "true": True,
    "nothing": None,
}


TRACE = Trace(trace_id="4b" * 16, span_id="07" * 8, sampled=True, state="theirs=ada")


@pytest.fixture
def work(database: Database) -> UnitOfWork[Work]:
    """With identifiers in the order of time, by which the oldest job is known."""
    return SqlUnitOfWork(
        database=database, work_on=SqlWork.on, new_id=TimeOrderedIds(), clock=lambda: NOW
    )


def enqueue(*names: str) -> Callable[[Work], None]:
    def decide(work: Work) -> None:
        for name in names:
            work.jobs.enqueue(Job(name=name, payload=PAYLOAD))

    return decide


async def waiting(database: Database, limit: int = 100) -> list[QueuedJob]:
    return list(await SqlQueuedJobs(database).waiting(limit=limit))


async def test_jobs_are_there_once_their_transaction_is(storage: Storage) -> None:
    def save_and_enqueue(work: Work) -> None:
        work.bookings.save(held())
        enqueue("one", "two")(work)

    await storage.work(DESK, save_and_enqueue)

    assert await storage.jobs() == ["one", "two"]
    assert await storage.jobs(OTHER_DESK) == []


async def test_jobs_vanish_with_their_transaction(storage: Storage) -> None:
    def enqueue_and_fail(work: Work) -> None:
        enqueue("one")(work)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await storage.work(DESK, enqueue_and_fail)

    assert await storage.jobs() == []


async def test_what_waits_is_seen_across_organizations_oldest_first(
    database: Database, work: UnitOfWork[Work]
) -> None:
    await work(DESK, enqueue("first", "second"))
    await work(OTHER_DESK, enqueue("third"))

    jobs = await waiting(database)

    assert [(job.organization_id, job.name) for job in jobs] == [
        (DESK.organization_id, "first"),
        (DESK.organization_id, "second"),
        (OTHER_DESK.organization_id, "third"),
    ]
    assert jobs[0].payload == PAYLOAD
    assert [job.name for job in await waiting(database, limit=2)] == ["first", "second"]


async def test_what_was_handed_over_is_forgotten_and_nothing_else(
    database: Database, work: UnitOfWork[Work]
) -> None:
    await work(DESK, enqueue("first", "second"))
    jobs = await waiting(database)
    strangers = [attrs.evolve(jobs[1], organization_id=OTHER_DESK.organization_id)]
    await work(DESK, enqueue("meanwhile"))

    for forgotten in (jobs[:1], jobs[:1], strangers, []):
        await SqlQueuedJobs(database).forget(forgotten)

    assert [job.name for job in await waiting(database)] == ["second", "meanwhile"]


async def test_jobs_know_the_trace_they_are_queued_in(
    database: Database, work: UnitOfWork[Work]
) -> None:
    with at_hand(TRACE):
        await work(DESK, enqueue("of a trace"))
    await work(DESK, enqueue("of none"))

    traced, untraced = await waiting(database)

    assert traced.trace == attrs.evolve(TRACE, state=""), "what others note is not kept"
    assert untraced.trace is None
