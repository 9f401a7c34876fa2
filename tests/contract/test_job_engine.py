"""What every job engine promises."""

import asyncio
from contextlib import suppress
from datetime import timedelta
from time import monotonic
from typing import ClassVar
from uuid import uuid4

import attrs
import pytest

from application.kernel.jobs import JobContext, QueuedJob
from domain.kernel.actors import Actor
from domain.kernel.identifiers import JobId
from domain.kernel.refusals import Refusal
from tests.contract.job_engines import (
    CINEMA,
    HOTEL,
    PATIENCE,
    Engines,
    a_job,
    actor_of,
    comes,
    now,
    running,
    settle,
    the_dead,
)

pytestmark = pytest.mark.anyio


@attrs.frozen
class SoldOut(Refusal):
    code: ClassVar[str] = "sold_out"

    def __str__(self) -> str:
        return "nothing is left"


class Desk:
    """A handler that notes what it is given."""

    def __init__(self) -> None:
        self.jobs: list[QueuedJob] = []
        self.actors: list[Actor] = []
        self.began = asyncio.Event()

    async def __call__(self, job: QueuedJob, context: JobContext) -> None:
        self.jobs.append(job)
        self.actors.append(context.actor)
        await context.progress(1, 1)
        self.began.set()


async def test_a_job_is_handled_once_and_for_its_organization(engines: Engines) -> None:
    desk = Desk()
    job = a_job(payload={"booking": "b-1", "seats": 2, "paid": True, "note": None})

    async with running(engines(), work=desk) as engine:
        await engine.submit([job])
        await settle(engine, a_job("nobody does this"))

    assert desk.jobs == [job]
    assert desk.actors == [actor_of(HOTEL)]


async def test_a_job_submitted_twice_runs_once_even_when_done(engines: Engines) -> None:
    desk = Desk()
    job = a_job()

    async with running(engines(), work=desk) as engine:
        await engine.submit([job, job])
        await settle(engine, a_job("nobody does this"))
    async with running(engines(), work=desk) as engine:
        await engine.submit([job])
        await settle(engine, a_job("nobody does this either"))

    assert desk.jobs == [job]


async def test_a_step_that_fails_is_tried_again(engines: Engines) -> None:
    attempts = []
    finished = asyncio.Event()

    async def flaky() -> str:
        attempts.append(1)
        if len(attempts) < 4:
            raise ConnectionError
        return "sent"

    async def work(_job: QueuedJob, context: JobContext) -> None:
        assert await context.step("send", flaky) == "sent"
        finished.set()

    async with running(engines(), work=work) as engine:
        await engine.submit([a_job()])
        await comes(finished)
        assert not await engine.dead(limit=10)

    assert len(attempts) == 4


async def test_a_job_out_of_attempts_is_dead_until_a_person_retries_it(engines: Engines) -> None:
    attempts = []
    is_up = False
    finished = asyncio.Event()

    async def send() -> None:
        attempts.append(1)
        if not is_up:
            raise ConnectionError("to jane@example.com")

    async def work(_job: QueuedJob, context: JobContext) -> None:
        await context.step("send", send)
        finished.set()

    job = a_job()
    async with running(engines(), work=work) as engine:
        await engine.submit([job])
        (dead,) = await the_dead(engine)
        assert (dead.id, dead.organization_id, dead.name) == (job.id, HOTEL, "work")
        assert "ConnectionError" in dead.error
        assert "jane" not in dead.error
        assert abs(now() - dead.failed_at) < timedelta(seconds=10)
        assert len(attempts) == 4

        is_up = True
        await engine.retry(job.id)
        await comes(finished)
        assert not await engine.dead(limit=10)
        assert len(attempts) == 5


async def test_a_refusal_is_not_tried_again(engines: Engines) -> None:
    attempts = []

    async def reserve() -> None:
        attempts.append(1)
        raise SoldOut

    async def work(_job: QueuedJob, context: JobContext) -> None:
        with suppress(SoldOut):  # in vain: after a restart it could not be told from others
            await context.step("reserve", reserve)

    async with running(engines(), work=work) as engine:
        await engine.submit([a_job()])
        (dead,) = await the_dead(engine)

    assert "nothing is left" in dead.error
    assert len(attempts) == 1


async def test_a_job_that_fails_outside_its_steps_is_dead(engines: Engines) -> None:
    async def work(job: QueuedJob, _context: JobContext) -> None:
        raise LookupError(job.name)

    async with running(engines(), work=work) as engine:
        await engine.submit([a_job()])
        (dead,) = await the_dead(engine)

    assert "LookupError" in dead.error


async def test_a_job_that_nobody_handles_is_dead(engines: Engines) -> None:
    async with running(engines()) as engine:
        await engine.submit([a_job("unheard_of")])
        (dead,) = await the_dead(engine)

    assert dead.name == "unheard_of"


async def test_the_latest_dead_come_first(engines: Engines) -> None:
    first, second, third = a_job(), a_job(), a_job()

    async with running(engines()) as engine:
        for count, job in enumerate((first, second, third), start=1):
            await engine.submit([job])
            await the_dead(engine, count)
        latest = await engine.dead(limit=2)

    assert [job.id for job in latest] == [third.id, second.id]


async def test_only_dead_jobs_can_be_retried(engines: Engines) -> None:
    desk = Desk()
    done = a_job()

    async with running(engines(), work=desk) as engine:
        await engine.submit([done])
        await settle(engine, a_job("nobody does this"))
        await engine.retry(done.id)
        await engine.retry(JobId(uuid4()))
        await settle(engine, a_job("nobody does this either"))

    assert desk.jobs == [done]


async def test_steps_give_what_a_restart_would_read(engines: Engines) -> None:
    results: list[object] = []

    async def pair() -> tuple[int, int]:
        return 1, 2

    async def nothing() -> None: ...

    async def work(_job: QueuedJob, context: JobContext) -> None:
        results.append(await context.step("pair", pair))
        results.append(await context.step("nothing", nothing))

    async with running(engines(), work=work) as engine:
        await engine.submit([a_job()])
        await settle(engine, a_job("nobody does this"))

    assert results == [[1, 2], None]


async def test_one_organization_does_not_hold_up_another(engines: Engines) -> None:
    door = asyncio.Event()
    served = Desk()

    async def wait(_job: QueuedJob, _context: JobContext) -> None:
        await door.wait()

    async with running(engines(), wait=wait, work=served) as engine:
        await engine.submit([a_job("wait") for _ in range(50)])
        await engine.submit([a_job(organization_id=CINEMA)])
        await comes(served.began)
        door.set()


async def test_stopping_waits_for_what_runs(engines: Engines) -> None:
    began = asyncio.Event()
    finished = []

    async def work(job: QueuedJob, _context: JobContext) -> None:
        began.set()
        await asyncio.sleep(0.3)
        finished.append(job)

    engine = engines()
    await engine.start({"work": work})
    await engine.submit([a_job()])
    await comes(began)
    await engine.stop(patience=PATIENCE)
    assert len(finished) == 1

    async with running(engines(), work=work) as engine:
        await settle(engine, a_job("nobody does this"))
    assert len(finished) == 1


async def test_what_stopping_cannot_wait_for_goes_on_behind_its_last_step(
    engines: Engines,
) -> None:
    steps: list[str] = []
    stuck, finished = asyncio.Event(), asyncio.Event()
    door = asyncio.Event()

    async def first() -> str:
        steps.append("first")
        return "kept"

    async def second() -> None:
        steps.append("second")
        stuck.set()
        await door.wait()

    async def work(_job: QueuedJob, context: JobContext) -> None:
        assert await context.step("first", first) == "kept"
        await context.step("second", second)
        finished.set()

    engine = engines()
    await engine.start({"work": work})
    await engine.submit([a_job()])
    await comes(stuck)
    began_at = monotonic()
    await engine.stop(patience=0.2)
    assert monotonic() - began_at < 3
    assert not finished.is_set()

    door.set()
    async with running(engines(), work=work) as engine:
        await comes(finished)
        assert not await engine.dead(limit=10)
    assert steps == ["first", "second", "second"]


async def test_finished_jobs_can_be_forgotten(engines: Engines) -> None:
    desk = Desk()

    async with running(engines(), work=desk) as engine:
        await engine.submit([a_job()])
        await settle(engine, a_job("nobody does this"))
    async with running(engines(), work=desk) as engine:
        assert await engine.forget_finished(now() - timedelta(minutes=1)) == 0
        assert await engine.forget_finished(now() + timedelta(minutes=1)) == 1
        assert len(await engine.dead(limit=10)) == 1
