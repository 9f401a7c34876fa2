"""Counting what is asked: the same promise, whoever counts and however many ask at once."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from uuid import uuid4

import attrs
import pytest
from sqlalchemy import select

from adapters.cache.batched_rates import BatchedRates
from adapters.cache.memory_rates import MemoryRates
from adapters.cache.redis_rates import RedisRates
from adapters.repositories.rate_limits import SqlRates
from adapters.schema.rate_limits import rate_limits
from adapters.sql.database import Database
from application.kernel.rate_limits import Bucket, RateLimiter
from domain.kernel.quotas import Quota, Verdict
from entrypoints.wiring.ambient import seconds
from tests.contract.databases import opened
from tests.samples import DESK, OTHER_DESK

pytestmark = pytest.mark.anyio

ROOT = Path(__file__).parents[2]
HOURLY = Quota(name="hourly", most=20, seconds=3600)
QUICK = Quota(name="quick", most=4, seconds=1)
PROCESSES, ASKS = 2, 60


def bucket(quota: Quota = HOURLY, subject: str | None = None) -> Bucket:
    """One that nobody has taken from, unless it is named."""
    return Bucket(
        quota=quota, subject=subject or uuid4().hex, organization_id=DESK.organization_id
    )


async def made(stack: AsyncExitStack, kind: str, url: str) -> RateLimiter:
    """A limiter with connections of its own."""
    if kind == "memory":
        return MemoryRates(seconds=seconds)
    if kind == "redis":
        redis = RedisRates.at(url, patience=5)
        stack.push_async_callback(redis.close)
        return redis
    rates = SqlRates(await stack.enter_async_context(opened(url)))
    return BatchedRates(rates=rates, seconds=seconds) if "batched" in kind else rates


URLS = {
    "redis": "redis_url",
    "sqlite": "sqlite_storage_url",
    "postgres": "postgres_storage_url",
    "batched sqlite": "sqlite_storage_url",
    "batched postgres": "postgres_storage_url",
}


@attrs.frozen(kw_only=True)
class Counter:
    kind: str
    url: str
    rates: RateLimiter
    stack: AsyncExitStack

    async def another(self) -> RateLimiter:
        """As another process has it."""
        return await made(self.stack, self.kind, self.url)


@pytest.fixture(params=["memory", *URLS])
def place(request: pytest.FixtureRequest) -> tuple[str, str]:
    kind = request.param
    return kind, request.getfixturevalue(URLS[kind]) if kind in URLS else ""


@pytest.fixture
async def counter(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    place: tuple[str, str],
) -> AsyncIterator[Counter]:
    kind, url = place
    async with AsyncExitStack() as stack:
        rates = await made(stack, kind, url)
        yield Counter(kind=kind, url=url, rates=rates, stack=stack)


async def granted(rates: RateLimiter, bucket: Bucket, times: int) -> int:
    verdicts = await asyncio.gather(*(rates.take(bucket) for _ in range(times)))
    return sum(verdict.granted for verdict in verdicts)


async def test_a_full_bucket_holds_exactly_what_it_should(counter: Counter) -> None:
    full = bucket()
    verdicts = [await counter.rates.take(full) for _ in range(22)]

    assert [verdict.granted for verdict in verdicts] == [1] * 20 + [0] * 2
    assert [verdict.remaining for verdict in verdicts] == [*range(19, -1, -1), 0, 0]
    assert 3400 <= verdicts[18].reset <= 3420  # until it is full
    assert all(160 <= verdict.reset <= 180 for verdict in verdicts[19:])  # until there is one


async def test_of_many_at_once_exactly_so_many_are_let_in(counter: Counter) -> None:
    crowded = bucket()

    assert await granted(counter.rates, crowded, 100) == 20


async def test_several_are_taken_as_far_as_there_are(counter: Counter) -> None:
    some = bucket()
    verdicts = [await counter.rates.take(some, units=8) for _ in range(4)]

    assert [verdict.granted for verdict in verdicts] == [8, 8, 4, 0]


async def test_all_are_taken_or_none(counter: Counter) -> None:
    some = bucket()
    verdicts = [await counter.rates.take(some, units=8, least=8) for _ in range(3)]

    assert [verdict.granted for verdict in verdicts] == [8, 8, 0]
    assert [verdict.remaining for verdict in verdicts] == [12, 4, 4]
    assert verdicts[2].reset >= 16 * 175, "until there are so many for sure"
    assert (await counter.rates.take(some, units=4, least=4)).granted == 4
    assert (await counter.rates.take(bucket(), units=21, least=21)).granted == 0


async def test_it_fills_evenly(counter: Counter) -> None:
    """Four a second, however long the taking itself may take."""
    quick, begun = bucket(QUICK), seconds()
    first = await granted(counter.rates, quick, 9)
    await asyncio.sleep(0.55)
    second = await granted(counter.rates, quick, 9)

    assert (first >= 4, second >= 2) == (True, True)
    assert first + second <= 4 + 4 * (seconds() - begun)


async def test_what_is_left_after_a_refusal_is_told_in_time(counter: Counter) -> None:
    slow = bucket(Quota(name="slow", most=1, seconds=1))
    assert await granted(counter.rates, slow, 1) == 1
    refused = await counter.rates.take(slow)
    await asyncio.sleep(refused.reset)

    assert (refused.granted, refused.reset) == (0, 1)
    assert await granted(counter.rates, slow, 2) == 1


async def test_nobody_takes_from_another(counter: Counter) -> None:
    ours = bucket(subject="one")
    theirs = attrs.evolve(ours, organization_id=OTHER_DESK.organization_id)
    named = attrs.evolve(ours, quota=attrs.evolve(HOURLY, name="other"))
    buckets = [ours, theirs, named, bucket(subject="two")]

    assert [await granted(counter.rates, one, 25) for one in buckets] == [20] * 4


async def test_of_several_the_first_that_is_empty_refuses(counter: Counter) -> None:
    full, small = bucket(), bucket(Quota(name="small", most=2, seconds=3600))
    asked = [await counter.rates.one_of_each([full, small, full]) for _ in range(3)]

    assert [[one.granted for one in verdicts] for verdicts in asked] == [[1] * 3, [1] * 3, [1, 0]]
    assert [one.remaining for verdicts in asked for one in verdicts] == [
        *(19, 1, 18),
        *(17, 0, 16),
        *(15, 0),
    ]


async def test_what_was_taken_under_a_larger_limit_gives_nothing_back(counter: Counter) -> None:
    hourly = bucket()
    by_minute = attrs.evolve(hourly, quota=attrs.evolve(HOURLY, seconds=60))
    await counter.rates.take(hourly, units=20)
    verdicts = [await counter.rates.take(by_minute, units=20) for _ in range(3)]

    assert [(one.granted, one.remaining) for one in verdicts] == [(0, 0)] * 3
    assert all(3530 < one.reset < 3560 for one in verdicts)


async def test_two_with_their_own_connections_share_one_bucket(counter: Counter) -> None:
    if counter.kind == "memory":
        return  # it counts for one process, and says so
    other, shared = await counter.another(), bucket()
    numbers = await asyncio.gather(granted(counter.rates, shared, 40), granted(other, shared, 40))

    assert sum(numbers) == 20


async def test_two_processes_share_one_bucket(counter: Counter) -> None:
    if counter.kind == "memory":
        return
    subject = uuid4().hex
    command = [sys.executable, "-m", "tests.contract.askers", counter.kind, counter.url, subject]
    processes = [
        await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=subprocess.PIPE)
        for _ in range(PROCESSES)
    ]
    answers = [(await process.communicate())[0] for process in processes]

    assert sum(map(int, answers)) == 20


@attrs.define
class Counted(RateLimiter):
    rates: RateLimiter
    asked: int = 0

    async def take(self, bucket: Bucket, *, units: int = 1, least: int = 1) -> Verdict:
        self.asked += 1
        return await self.rates.take(bucket, units=units, least=least)


async def test_few_asks_reach_the_counter_behind_a_batch() -> None:
    shared = Counted(MemoryRates(seconds=seconds))
    rates = BatchedRates(rates=shared, seconds=seconds)
    often = bucket(Quota(name="often", most=600, seconds=3600))

    assert await granted(rates, often, 600) == 600
    assert shared.asked == 20
    assert await granted(rates, often, 500) == 0
    assert shared.asked == 21  # that there is nothing need not be asked again and again


async def test_what_a_process_drew_and_did_not_use_is_lost_in_time() -> None:
    clock = Clock()
    rates = BatchedRates(rates=MemoryRates(seconds=clock), seconds=clock)
    brief = bucket(Quota(name="brief", most=100, seconds=10))
    await rates.take(brief)
    clock.now += 10

    assert await granted(rates, brief, 150) == 100


@attrs.define
class Clock:
    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


async def test_memory_forgets_whom_it_has_not_seen_for_long() -> None:
    rates = MemoryRates(seconds=Clock(), most=2)
    one, two, three = (bucket(subject=name) for name in ("one", "two", "three"))
    for each in (one, two, one, three):
        await rates.take(each)

    left = [(await rates.take(each)).remaining for each in (one, two)]
    assert left == [17, 19]


async def test_buckets_that_are_full_are_forgotten(database: Database) -> None:
    rates, lasting = SqlRates(database, sweep=5), bucket()
    for _ in range(3):
        await rates.take(bucket(Quota(name="blink", most=1000, seconds=1)))
    await rates.take(lasting)
    await asyncio.sleep(0.01)
    await rates.take(lasting)

    ours = rate_limits.c.organization_id == DESK.organization_id
    question = select(rate_limits.c.bucket).where(ours)
    kept = await database.read(
        lambda connection: connection.execute(question).scalars().all(), of=DESK.organization_id
    )
    assert list(kept) == [lasting.name]
    assert (await rates.take(lasting)).remaining == 17
