"""What becomes of a database's trouble: decide again, wait, or come back later."""

import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import anyio
import pytest
from sqlalchemy import insert, text, update
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import IntegrityError, ProgrammingError
from sqlalchemy.util import await_only

from adapters.schema.inventory import claims, pools
from adapters.sql.database import NOBODY, Database
from adapters.sql.databases import open_database
from adapters.sql.failures import explained
from adapters.sql.pooling import Pooling
from application.kernel.ports import Stale
from application.kernel.refusals import Busy, Unavailable, UnsafeDatabase
from tests.contract.crowds import race
from tests.contract.databases import execute, opened
from tests.contract.storages import put_on_sale, sql_storage, taken
from tests.samples import DESK, held, night, quote
from tests.servers import administrator, at_the_desk, named, postgres_server

pytestmark = pytest.mark.anyio

ONE_AT_A_TIME = Pooling(size=1, overflow=0, wait_seconds=1, lock_seconds=1, statement_seconds=1)
ALONE = Pooling(size=2, overflow=0, wait_seconds=1, lock_seconds=1, statement_seconds=2)
OURS = pools.c.organization_id == DESK.organization_id


def ask(connection: Connection) -> object:
    return connection.execute(text("SELECT 1")).scalar_one()


def lock_the_night(connection: Connection) -> None:
    connection.execute(update(pools).where(OURS, pools.c.id == night(1)).values(closed=False))


@asynccontextmanager
async def quietly(url: str, *, unsafe: bool = True) -> AsyncIterator[Database]:
    """Without waiting between the attempts to begin."""
    database = open_database(url, pooling=ONE_AT_A_TIME, pause=lambda _: None, allow_unsafe=unsafe)
    yield database
    await database.close()


async def test_what_is_there_already_is_worth_another_decision(database: Database) -> None:
    storage = sql_storage(database)
    await storage.work(DESK, lambda work: work.quotes.add(quote()))

    with pytest.raises(Stale):
        await storage.work(DESK, lambda work: work.quotes.add(quote()))


async def test_a_mistake_of_ours_is_not_explained_away(database: Database) -> None:
    row = {"organization_id": DESK.organization_id, "hold_id": uuid4(), "units": 1}

    def claim_nothing(connection: Connection) -> None:
        connection.execute(insert(claims), [{**row, "pool_id": "no such pool"}])

    with pytest.raises(IntegrityError):
        await database.write(claim_nothing, of=DESK.organization_id)


async def test_a_statement_that_makes_no_sense_is_not_explained_away(postgres: Database) -> None:
    with pytest.raises(ProgrammingError):
        await postgres.read(
            lambda connection: connection.execute(text("SELECT nonsense")), of=NOBODY
        )


@pytest.mark.parametrize(
    ("error", "meaning"),
    [
        (ConnectionRefusedError(), Unavailable),
        (TimeoutError(), Unavailable),
        (ZeroDivisionError(), ZeroDivisionError),
    ],
)
def test_a_server_out_of_reach_is_unavailable(error: Exception, meaning: type[Exception]) -> None:
    with pytest.raises(meaning), explained():
        raise error


async def test_whoever_waits_too_long_for_a_connection_is_told_to_wait(
    postgres_storage_url: str,
) -> None:
    async with opened(postgres_storage_url, ONE_AT_A_TIME) as database:
        taken_up = anyio.Event()

        async def take_all() -> None:
            def hold_on(_: Connection) -> None:
                taken_up.set()
                await_only(anyio.sleep(1.5))

            await database.write(hold_on, of=NOBODY)

        async def come_later(way: Callable[..., object]) -> object:
            await taken_up.wait()
            return await way(ask, of=NOBODY)  # type: ignore[misc]

        outcomes = await race([take_all(), come_later(database.write), come_later(database.read)])

        assert [type(outcome) for outcome in outcomes] == [type(None), Busy, Busy]
        assert await database.write(ask, of=NOBODY) == 1


async def test_whoever_waits_too_long_for_a_lock_is_told_to_wait(
    postgres_storage_url: str,
) -> None:
    async with opened(postgres_storage_url, ALONE) as database:
        storage = sql_storage(database)
        await put_on_sale(storage)
        locked, refused = anyio.Event(), anyio.Event()

        async def lock() -> None:
            def lock_and_wait(connection: Connection) -> None:
                lock_the_night(connection)
                locked.set()
                await_only(refused.wait())

            await database.write(lock_and_wait, of=DESK.organization_id)

        async def take() -> None:
            await locked.wait()
            try:
                claims = quote().agreement.claims
                hold_id = held().hold_id
                await storage.work(DESK, lambda work: work.inventory.take(hold_id, claims))
            finally:
                refused.set()

        outcomes = await race([lock(), take()])

        assert [type(outcome) for outcome in outcomes] == [type(None), Busy]
        assert await taken(storage) == {}


async def test_a_statement_that_takes_too_long_is_given_up(postgres_storage_url: str) -> None:
    async with opened(postgres_storage_url, ONE_AT_A_TIME) as database:
        with pytest.raises(Busy):
            await database.read(
                lambda connection: connection.execute(text("SELECT pg_sleep(9)")), of=NOBODY
            )
        assert await database.read(ask, of=NOBODY) == 1


async def test_whoever_gives_up_leaves_nothing_open(postgres_storage_url: str) -> None:
    """The connection of a cancelled unit is not handed to the next with a transaction in it."""
    async with opened(postgres_storage_url, ONE_AT_A_TIME) as database:
        storage = sql_storage(database)
        await put_on_sale(storage)
        for patience in (0.0, 0.05, 0.2):
            with anyio.move_on_after(patience):
                await storage.work(DESK, _take_and_wait)
        for patience in (0.0, 0.05):
            with anyio.move_on_after(patience):
                await database.write(_lock_and_wait, of=DESK.organization_id)

        assert await taken(storage) == {}
        hold_id = held().hold_id
        claims = quote().agreement.claims
        await storage.work(DESK, lambda work: work.inventory.take(hold_id, claims))
        async with opened(postgres_storage_url) as others:
            assert await taken(sql_storage(others)) == {night(1): 1, night(2): 1}


def _take_and_wait(work: object) -> None:
    work.inventory.take(held().hold_id, quote().agreement.claims)  # type: ignore[attr-defined]
    work.inventory.give_back([held(id=2).hold_id])  # type: ignore[attr-defined]
    await_only(anyio.sleep(9))


def _lock_and_wait(connection: Connection) -> None:
    lock_the_night(connection)
    connection.execute(text("SELECT pg_sleep(0.9)"))


async def test_a_server_that_has_no_room_is_unavailable(
    postgres_admin_url: str, postgres_storage_url: str
) -> None:
    await execute(
        postgres_admin_url,
        "DROP ROLE IF EXISTS crowded",
        "CREATE ROLE crowded LOGIN CONNECTION LIMIT 0",
    )
    url = make_url(postgres_storage_url).set(username="crowded").render_as_string()
    async with quietly(url) as database:
        with pytest.raises(Unavailable):
            await database.read(ask, of=NOBODY)
        with pytest.raises(Unavailable):
            await database.write(ask, of=NOBODY)
    await execute(postgres_admin_url, "DROP ROLE crowded")


async def test_a_connection_that_was_cut_is_replaced(own_postgres_url: str) -> None:
    name = own_postgres_url.rpartition("/")[2]
    cut = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"  # noqa: S608
    async with opened(own_postgres_url, ONE_AT_A_TIME) as database:
        assert await database.write(ask, of=NOBODY) == 1
        async with administrator(named(own_postgres_url, "postgres")) as connection:
            await connection.execute(cut)

        with pytest.raises(Unavailable):
            await database.write(ask, of=NOBODY)
        assert await database.write(ask, of=NOBODY) == 1


async def test_a_server_that_is_gone_is_unavailable() -> None:
    with postgres_server() as url:
        database = open_database(
            url, pooling=ONE_AT_A_TIME, pause=lambda _: None, allow_unsafe=True
        )
        await database.check()
        if await database.read(_runs_elsewhere, of=NOBODY):
            pytest.skip("the server was given and stays")
    with pytest.raises(Unavailable):
        await database.check()
    with pytest.raises(Unavailable):
        await database.write(ask, of=NOBODY)
    with pytest.raises(Unavailable):
        await database.read(ask, of=NOBODY)
    await database.close()


def _runs_elsewhere(connection: Connection) -> bool:
    folder = connection.execute(text("SELECT current_setting('data_directory')")).scalar_one()
    return "frontdesk-postgres-" not in folder


async def test_a_server_that_may_forget_is_refused_unless_allowed(
    own_postgres_url: str,
) -> None:
    name = own_postgres_url.rpartition("/")[2]
    forgetful = f'ALTER DATABASE "{name}" SET synchronous_commit = off'
    await execute(own_postgres_url, forgetful)

    async with quietly(at_the_desk(own_postgres_url), unsafe=False) as database:
        with pytest.raises(UnsafeDatabase, match="synchronous_commit"):
            await database.check()
    async with quietly(at_the_desk(own_postgres_url)) as database:
        await database.check()


async def test_a_file_that_is_not_there_is_unavailable(tmp_path: Path) -> None:
    async with quietly(f"sqlite:///{tmp_path}/no/such/folder.db") as database:
        with pytest.raises(Unavailable):
            await database.check()
        with pytest.raises(Unavailable):
            await database.write(ask, of=NOBODY)


async def test_a_writer_that_never_ends_makes_others_give_up(sqlite_storage_url: str) -> None:
    async with opened(sqlite_storage_url) as blocking, quietly(sqlite_storage_url) as database:
        begun, refused = threading.Event(), threading.Event()

        def block(_: Connection) -> None:
            begun.set()
            assert refused.wait(timeout=30)

        async def come_later() -> None:
            await anyio.to_thread.run_sync(begun.wait)
            try:
                await database.write(ask, of=NOBODY)
            finally:
                refused.set()

        outcomes = await race([blocking.write(block, of=NOBODY), come_later()])

        assert [type(outcome) for outcome in outcomes] == [type(None), Unavailable]
        assert await database.write(ask, of=NOBODY) == 1


async def test_sqlite_survives_a_power_cut(sqlite_storage_url: str) -> None:
    """Settings are per connection, so all of them are asked."""

    def settings(connection: Connection) -> list[object]:
        return [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]

    async with opened(sqlite_storage_url) as database:
        for way in (database.write, database.read):
            assert await way(settings, of=NOBODY) == ["wal", 2, 1]
