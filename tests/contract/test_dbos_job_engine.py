"""What the job engine on DBOS promises beyond the others: it survives its processes."""

import asyncio
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from subprocess import Popen

import pytest

from adapters.jobs.addresses import engine_url
from adapters.jobs.file_presence import FilePresence
from adapters.jobs.postgres_presence import PostgresPresence
from adapters.jobs.presence import Presence
from application.kernel.jobs import JobContext, JobHandler, QueuedJob
from tests.contract.job_engines import (
    a_job,
    dbos_engine,
    eventually,
    running,
    the_dead,
)
from tests.servers import administrator

pytestmark = pytest.mark.anyio


@pytest.fixture(params=["files", "postgres"])
def presence_of(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], Presence]:
    if request.param == "files":
        return lambda executor_id: FilePresence(tmp_path / "executors", executor_id)
    url = engine_url(request.getfixturevalue("postgres_url"))
    return lambda executor_id: PostgresPresence(url, executor_id)


async def is_buried_once(executor_id: str, undertaker: Presence, another: Presence) -> bool:
    with undertaker.bury(executor_id) as dead:
        if dead:
            with another.bury(executor_id) as dead_again:
                assert not dead_again
        return dead


async def test_an_executor_is_dead_when_nobody_holds_its_lock(
    presence_of: Callable[[str], Presence],
) -> None:
    one, other, third = (presence_of(name) for name in ("one", "other", "third"))
    for presence in (one, other, third):
        presence.announce()
    with other.bury("one") as dead:
        assert not dead

    one.withdraw()
    await eventually(lambda: is_buried_once("one", other, third))

    assert other.renew()
    other.withdraw()
    third.withdraw()


async def test_an_executor_whose_connection_broke_locks_again(postgres_url: str) -> None:
    one, other = (PostgresPresence(engine_url(postgres_url), name) for name in ("one", "other"))
    one.announce()
    async with administrator(postgres_url) as connection:
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'frontdesk jobs'"
        )
    other.announce()

    assert not one.renew()
    assert one.renew()
    with other.bury("one") as dead:
        assert not dead
    one.withdraw()
    other.withdraw()


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("sqlite+aiosqlite:////data/jobs.db", "sqlite:////data/jobs.db"),
        ("postgresql+asyncpg://me:p%40ss@db/desk", "postgresql://me:p%40ss@db/desk"),
        (
            "postgresql+asyncpg://db/desk?ssl=require&prepared_statement_cache_size=0",
            "postgresql://db/desk?sslmode=require",
        ),
    ],
)
def test_the_engine_is_given_urls_it_understands(given: str, wanted: str) -> None:
    assert engine_url(given) == wanted


async def test_there_is_one_engine_in_a_process(sqlite_url: str) -> None:
    async with running(dbos_engine(sqlite_url)):
        with pytest.raises(RuntimeError, match="only one"):
            await dbos_engine(sqlite_url).start({})


async def test_a_step_cannot_begin_within_another(sqlite_url: str) -> None:
    async def nothing() -> None:
        return None

    async def work(_job: QueuedJob, context: JobContext) -> None:
        async def nested() -> None:
            await context.step("inner", nothing)

        await context.step("outer", nested)

    async with running(dbos_engine(sqlite_url), work=work) as engine:
        await engine.submit([a_job()])
        (dead,) = await the_dead(engine)

    assert "RuntimeError" in dead.error


def noting(notes: Path, *, stuck: bool) -> Mapping[str, JobHandler]:
    """A handler of two steps; in the process that is to be killed the second one never ends."""

    def note(word: str, job: QueuedJob) -> None:
        with notes.open("a") as file:
            file.write(f"{word} {job.id}\n")

    async def work(job: QueuedJob, context: JobContext) -> None:
        async def first() -> None:
            note("first", job)

        async def second() -> None:
            if stuck:
                note("stuck", job)
                await asyncio.Event().wait()
            note("second", job)

        await context.step("first", first)
        await context.step("second", second)

    return {"work": work}


async def work_until_killed(database_url: str, notes: str, jobs: int) -> None:
    engine = dbos_engine(database_url)
    await engine.start(noting(Path(notes), stuck=True))
    await engine.submit([a_job() for _ in range(jobs)])
    await asyncio.Event().wait()


@contextmanager
def another_process(database_url: str, notes: Path, *, jobs: int) -> Iterator[Popen[bytes]]:
    code = (
        "import asyncio; from tests.contract.test_dbos_job_engine import work_until_killed;"
        f"asyncio.run(work_until_killed({database_url!r}, {str(notes)!r}, {jobs}))"
    )
    notes.touch()
    with Popen([sys.executable, "-c", code]) as process:  # noqa: S603
        try:
            yield process
        finally:
            process.kill()


def noted(notes: Path, word: str) -> list[str]:
    lines = [line.split() for line in notes.read_text().splitlines()]
    return sorted(id for found, id in lines if found == word)


async def test_the_jobs_of_a_killed_process_are_taken_over(
    database_url: str, tmp_path: Path
) -> None:
    notes = tmp_path / "notes"
    takeovers: list[str] = []

    async def are_stuck() -> bool:
        return len(noted(notes, "stuck")) == 10

    async def queued_are_done() -> bool:
        return len(noted(notes, "second")) >= 5

    async def are_done() -> bool:
        return len(noted(notes, "second")) >= 15

    with another_process(database_url, notes, jobs=15) as process:
        await eventually(are_stuck, within=20)
        engine = dbos_engine(database_url, taken_over=lambda: takeovers.append("taken over"))
        async with running(engine, **noting(notes, stuck=False)):
            await eventually(queued_are_done)
            await asyncio.sleep(0.5)
            assert len(noted(notes, "second")) == 5, "the living keep what they run"
            assert takeovers == []
            process.kill()
            await eventually(are_done)

    assert takeovers, "and somebody is told of it"
    assert len(set(noted(notes, "second"))) == 15, "nothing is lost"
    assert len(noted(notes, "second")) == 15, "nothing is done twice"
    assert noted(notes, "first") == noted(notes, "second"), "finished steps are not repeated"


async def test_a_job_that_kills_its_process_is_put_aside(
    database_url: str, tmp_path: Path
) -> None:
    notes = tmp_path / "notes"

    async def is_stuck() -> bool:
        return len(noted(notes, "stuck")) == 1

    async def is_done() -> bool:
        return len(noted(notes, "second")) == 1

    with another_process(database_url, notes, jobs=1) as process:
        await eventually(is_stuck, within=20)
        process.kill()
    engine = dbos_engine(database_url, takeovers=0)
    async with running(engine, **noting(notes, stuck=False)):
        (dead,) = await the_dead(engine)
        assert "process" in dead.error
        await engine.retry(dead.id)
        await eventually(is_done)
        assert not await engine.dead(limit=10)
