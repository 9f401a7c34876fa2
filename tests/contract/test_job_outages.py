"""What jobs do while something they need is away: they wait, in every engine."""

import asyncio

import pytest

from application.kernel.jobs import JobContext, QueuedJob
from application.kernel.refusals import Unavailable
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
        await asyncio.wait_for(done.wait(), 30)

        assert not await engine.dead(limit=9)
