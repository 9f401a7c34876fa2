"""What fails does not keep the rest from going on."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from uuid import UUID

import attrs
import pytest

from application.kernel.ports import Stale
from application.kernel.refusals import Unavailable
from domain.kernel.identifiers import OrganizationId
from entrypoints.worker.guard import FIRST_REST, LONGEST_REST, Guard
from entrypoints.worker.loops import Loops, Task
from tests.worker.offices import eventually

pytestmark = pytest.mark.anyio

HOTEL, CINEMA = OrganizationId(UUID(int=1)), OrganizationId(UUID(int=2))


@attrs.define
class Seconds:
    now: float = 0

    def __call__(self) -> float:
        return self.now


@attrs.define
class Work:
    """Fails as it is told, then does its work."""

    errors: list[Exception] = attrs.field(factory=list)
    calls: int = 0

    async def __call__(self) -> int:
        self.calls += 1
        if self.errors:
            raise self.errors.pop(0)
        return 7


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def guard(seconds: Seconds) -> Guard:
    return Guard(seconds)


async def test_a_failure_is_logged_with_its_stack_and_counted(
    guard: Guard, caplog: pytest.LogCaptureFixture
) -> None:
    assert await guard("sweep", Work([LookupError("broom")])) == 0

    assert guard.failures == {"sweep": 1}
    assert "LookupError: broom" in caplog.text
    assert "Traceback" in caplog.text


async def test_what_failed_rests_longer_each_time(guard: Guard, seconds: Seconds) -> None:
    work = Work([LookupError() for _ in range(20)])
    for failures in range(1, 21):
        await guard("sweep", work)
        await guard("sweep", work)
        assert work.calls == failures, "the second call came too early"
        seconds.now += min(FIRST_REST * 2 ** (failures - 1), LONGEST_REST)

    assert await guard("sweep", work) == 7
    assert await guard("sweep", work) == 7


async def test_others_do_not_rest(guard: Guard) -> None:
    await guard("sweep", Work([LookupError()]), organization_id=HOTEL)

    assert await guard("sweep", Work(), organization_id=CINEMA) == 7
    assert await guard("sweep", Work()) == 7
    assert await guard("mop", Work(), organization_id=HOTEL) == 7


async def test_being_overtaken_is_no_failure(guard: Guard) -> None:
    work = Work([Stale()])

    assert await guard("sweep", work) == 0
    assert await guard("sweep", work) == 7
    assert not guard.failures


async def until(is_so: Callable[[], bool], loops: Loops) -> None:
    """Runs the loops for so long."""

    async def ask() -> bool:
        return is_so()

    running = asyncio.create_task(loops.run())
    await eventually(ask)
    loops.stop()
    await running


def task(name: str, work: Callable[[], Awaitable[int]]) -> Task:
    return Task(name=name, every=0.01, work=work)


async def test_a_loop_that_fails_does_not_stop_others(guard: Guard) -> None:
    failing, living = Work([LookupError()]), Work()

    await until(lambda: living.calls > 3, Loops([task("a", failing), task("b", living)], guard))

    assert failing.calls == 1


async def test_an_outage_is_told_once_and_outlived(
    guard: Guard, caplog: pytest.LogCaptureFixture
) -> None:
    work = Work([Unavailable(), Unavailable()])
    caplog.set_level(logging.WARNING)

    await until(lambda: work.calls > 3, Loops([task("a", work)], guard))

    assert [record.message.split(";")[0] for record in caplog.records] == [
        "the database is away",
        "the database is back",
    ]
    assert not guard.failures


async def test_stopping_does_not_wait_for_the_next_time(guard: Guard) -> None:
    async def nothing() -> int:
        return 0

    loops = Loops([Task(name="daily", every=86_400, work=nothing)], guard)
    running = asyncio.create_task(loops.run())
    await asyncio.sleep(0)
    loops.stop()
    async with asyncio.timeout(1):
        await running
