"""Jobs that failed of what passes are begun again; all that failed can be looked at."""

import asyncio
from datetime import datetime, timedelta, timezone
from functools import partial
from uuid import uuid4

import attrs
import pytest

from adapters.jobs import failed_workflows
from adapters.jobs.settings import JobSettings
from adapters.jobs.stored_jobs import StoredJobs
from application.kernel.jobs import AGAIN_AFTER, DeadJob, JobContext, PassingTrouble, QueuedJob
from domain.kernel.identifiers import JobId
from entrypoints.wiring.jobs import tables_of
from tests.contract.job_engines import (
    HOTEL,
    PATIENCE,
    Engine,
    Engines,
    a_job,
    dbos_engine,
    now,
    running,
    the_dead,
)
from tests.servers import create_database, drop_database

pytestmark = pytest.mark.anyio

MANY = 100
LONG = timedelta(days=1)


@attrs.define
class MailHost:
    """`sent` is set by whoever comes through to it."""

    is_up: bool = False
    trouble: Exception = attrs.field(factory=PassingTrouble)
    sent: asyncio.Event = attrs.field(factory=asyncio.Event)
    begun: int = 0

    async def __call__(self, _job: QueuedJob, context: JobContext) -> None:
        self.begun += 1
        await context.step("send", self._send)
        self.sent.set()

    async def _send(self) -> None:
        if not self.is_up:
            raise self.trouble


def stored_at(database_url: str) -> StoredJobs:
    return StoredJobs(partial(tables_of, JobSettings(database_url=database_url), now))


async def begun_again(engine: Engine, after: timedelta) -> int:
    return await engine.begin_again(now() + after, limit=MANY)


async def test_what_failed_of_passing_trouble_is_begun_again_when_its_pause_is_over(
    engines: Engines,
) -> None:
    host, job = MailHost(), a_job()
    async with running(engines(), work=host) as engine:
        await engine.submit([job])
        (dead,) = await the_dead(engine)
        assert dead.again_at == dead.failed_at + AGAIN_AFTER[0]
        assert await begun_again(engine, AGAIN_AFTER[0] / 2) == 0

        assert await begun_again(engine, AGAIN_AFTER[0]) == 1
        (dead,) = await the_dead(engine)
        assert (host.begun, dead.begun_again) == (2, 1)
        assert dead.again_at == dead.failed_at + AGAIN_AFTER[1]

        host.is_up = True
        assert await begun_again(engine, AGAIN_AFTER[1]) == 1
        async with asyncio.timeout(PATIENCE):
            await host.sent.wait()
        assert not await engine.dead(limit=MANY)


async def test_it_is_for_a_person_in_the_end_and_begins_anew_with_them(engines: Engines) -> None:
    host, job = MailHost(), a_job()
    async with running(engines(), work=host) as engine:
        await engine.submit([job])
        for _ in AGAIN_AFTER:
            await the_dead(engine)
            assert await begun_again(engine, LONG) == 1
        (dead,) = await the_dead(engine)
        assert dead.again_at is None
        assert await begun_again(engine, LONG) == 0

        await engine.retry(job.id)
        (dead,) = await the_dead(engine)
        assert (dead.begun_again, dead.again_at) == (0, dead.failed_at + AGAIN_AFTER[0])


async def test_other_trouble_waits_for_a_person_at_once(engines: Engines) -> None:
    host = MailHost(trouble=ConnectionError())
    async with running(engines(), work=host) as engine:
        await engine.submit([a_job()])
        (dead,) = await the_dead(engine)
        assert dead.again_at is None
        assert await begun_again(engine, LONG) == 0


async def test_trouble_outside_of_steps_passes_and_they_are_done_anew(engines: Engines) -> None:
    done = list[str]()

    async def work(_job: QueuedJob, context: JobContext) -> None:
        await context.step("note", note)
        raise PassingTrouble

    async def note() -> None:
        done.append("noted")

    async with running(engines(), work=work) as engine:
        await engine.submit([a_job()])
        (dead,) = await the_dead(engine)
        assert dead.again_at is not None

        await begun_again(engine, LONG)
        await the_dead(engine)

    assert done == ["noted", "noted"]


async def test_those_that_wait_longest_come_first_and_not_all_at_once(engines: Engines) -> None:
    host, jobs = MailHost(), [a_job(), a_job(), a_job()]
    async with running(engines(), work=host) as engine:
        for count, job in enumerate(jobs, start=1):
            await engine.submit([job])
            await the_dead(engine, count)
        assert await engine.begin_again(now() + LONG, limit=1) == 1

        await the_dead(engine, 3)
        again = {job.id for job in await engine.dead(limit=MANY) if job.begun_again}
        assert again == {jobs[0].id}


async def test_they_are_looked_through_page_by_page(
    engines: Engines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(failed_workflows, "PAGE", 2)
    async with running(engines(), work=MailHost()) as engine:
        await engine.submit([a_job() for _ in range(5)])
        dead = await the_dead(engine, 5)

        assert len({job.id for job in dead}) == 5
        assert await begun_again(engine, LONG) == 5


async def test_what_was_done_before_is_not_done_again_by_itself_but_for_a_person(
    engines: Engines,
) -> None:
    host, done, job = MailHost(), list[str](), a_job()

    async def work(job: QueuedJob, context: JobContext) -> None:
        await context.step("note", note)
        await context.progress(1, 2)
        await host(job, context)

    async def note() -> None:
        done.append("noted")

    async with running(engines(), work=work) as engine:
        await engine.submit([job])
        await the_dead(engine)
        await begun_again(engine, LONG)
        await the_dead(engine)
        assert (host.begun, done) == (2, ["noted"])

        host.is_up = True
        await engine.retry(job.id)
        async with asyncio.timeout(PATIENCE):
            await host.sent.wait()
        assert done == ["noted", "noted"]


async def test_who_is_restarted_goes_on_counting(database_url: str) -> None:
    host = MailHost()
    async with running(dbos_engine(database_url), work=host) as engine:
        await engine.submit([a_job()])
        await the_dead(engine)
        await begun_again(engine, LONG)
        await the_dead(engine)
    async with running(dbos_engine(database_url), work=host) as engine:
        (dead,) = await the_dead(engine)

    assert (dead.begun_again, dead.of_passing_trouble) == (1, True)


async def test_failed_jobs_are_there_without_an_engine(database_url: str) -> None:
    stored = stored_at(database_url)
    host, job = MailHost(trouble=LookupError()), a_job()
    async with running(dbos_engine(database_url), work=host) as engine:
        await engine.submit([job])
        told = await the_dead(engine)
    assert list(await stored.dead(limit=MANY)) == told

    host.is_up = True
    await stored.retry(job.id)
    await stored.retry(JobId(uuid4()))
    assert not await stored.dead(limit=MANY)
    async with running(dbos_engine(database_url), work=host):
        async with asyncio.timeout(PATIENCE):
            await host.sent.wait()


async def test_where_no_worker_ever_was_no_job_has_failed(
    postgres_admin_url: str, tmp_path: object
) -> None:
    empty = await create_database(postgres_admin_url)
    for url in (f"sqlite+aiosqlite:///{tmp_path}/jobs.db", empty):
        stored = stored_at(url)
        assert not await stored.dead(limit=MANY)
        await stored.retry(JobId(uuid4()))
    await drop_database(postgres_admin_url, empty)


async def test_mail_is_tried_for_three_days() -> None:
    """As long as its host is not there, once a pause is over."""
    begun_at = datetime(2026, 3, 1, tzinfo=timezone.utc)
    dead = DeadJob(
        id=JobId(uuid4()),
        organization_id=HOTEL,
        name="work",
        error="",
        failed_at=begun_at,
        of_passing_trouble=True,
    )
    for begun in range(1, len(AGAIN_AFTER) + 1):
        assert dead.again_at is not None
        dead = attrs.evolve(dead, failed_at=dead.again_at, begun_again=begun)
    assert timedelta(days=3) < dead.failed_at - begun_at < timedelta(days=4)
    assert dead.again_at is None
