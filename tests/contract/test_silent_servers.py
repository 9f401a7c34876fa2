"""A server that is there and says nothing is not waited for until somebody comes and looks."""

import os
import signal
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

import anyio
import pytest
from sqlalchemy import Connection, text

from adapters.sql.database import NOBODY, Database
from adapters.sql.databases import owned_database
from adapters.sql.pooling import Pooling
from adapters.sql.postgres import Postgres
from application.kernel.refusals import Unavailable

pytestmark = pytest.mark.anyio

LONGER = 20  # seconds beyond which it would be waiting for good
BRIEF = Pooling(size=1, overflow=0, statement_seconds=1, silence_seconds=1)


def nobody_else() -> Database:
    raise AssertionError


def slowly(connection: Connection) -> None:
    connection.execute(text("SET LOCAL statement_timeout = 0"))
    connection.execute(text("SELECT pg_sleep(2.5)"))


def backend(connection: Connection) -> int:
    pid: int = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
    return pid


@contextmanager
def stopped(pid: int) -> Iterator[None]:
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


@pytest.mark.parametrize("of_no_use", [Postgres.read, Postgres.write])
async def test_a_server_that_stopped_is_given_up_and_another_asked(
    postgres_url: str, of_no_use: Callable[..., Awaitable[int]]
) -> None:
    database = Postgres.open(postgres_url, BRIEF, must_be_safe=False)
    pid = await database.read(backend, of=NOBODY)
    with stopped(pid), anyio.fail_after(LONGER):
        with pytest.raises(Unavailable):
            await of_no_use(database, backend, of=NOBODY)

        assert await of_no_use(database, backend, of=NOBODY) != pid
    await database.close()


async def test_whoever_owns_the_tables_takes_as_long_as_it_takes(postgres_url: str) -> None:
    opened = owned_database(postgres_url, instead=nobody_else, pooling=BRIEF, pause=lambda _: None)
    async with opened() as database:
        assert BRIEF.answer_seconds == 2
        await database.write(slowly, of=NOBODY)
