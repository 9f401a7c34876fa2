"""What jobs do while something they need is away: they wait, in every engine."""

import asyncio

import pytest

from application.kernel.jobs import JobContext, QueuedJob
from application.kernel.refusals import Busy, Unavailable
from tests.contract.job_engines import (
    Engines,
    a_job,
    running,
)

pytestmark = pytest.mark.anyio


async def test_an_outage_costs_no_attempt(engines: Engines) -> None:
    away, failed = Unavailable(), ConnectionError()
    troubles: list[Exception] = [away, failed, failed, away, failed]
    done = asyncio.Event()

    async def reserve() -> None:
        if troubles:
            raise troubles.pop()
        done.set()

    async def work(_job: QueuedJob, context: JobContext) -> None:
        await context.step("reserve", reserve)

    async with running(engines(), work=work) as engine:
        await engine.submit([a_job()])
        async with asyncio.timeout(30):
            await done.wait()

        assert not await engine.dead(limit=9)


async def test_a_job_that_lacks_something_between_steps_begins_again_behind_them(
    engines: Engines,
) -> None:
    troubles: list[Exception] = [Unavailable(), Busy()]
    reserved: list[int] = []
    done = asyncio.Event()

    async def reserve() -> int:
        reserved.append(1)
        return len(reserved)

    async def work(_job: QueuedJob, context: JobContext) -> None:
        first = await context.step("reserve", reserve)
        if troubles:
            raise troubles.pop()
        assert (first, await context.step("reserve another", reserve)) == (1, 2)
        done.set()

    async with running(engines(), work=work) as engine:
        await engine.submit([a_job()])
        async with asyncio.timeout(30):
            await done.wait()

        assert not await engine.dead(limit=9)
    assert len(reserved) == 2
