"""SQLite's writer commits in groups, and yet each unit of work stands alone."""

from collections.abc import AsyncIterator, Callable, Coroutine
from threading import Event
from typing import Any
from uuid import UUID

import anyio
import pytest
from sqlalchemy import Connection, event, insert, select
from sqlalchemy.exc import IntegrityError

from adapters.schema.inventory import claims, pools
from adapters.sql.database import Database
from adapters.sql.failures import Duplicate
from adapters.sql.group_commit import LARGEST_GROUP, Closed
from tests.contract.crowds import race
from tests.contract.databases import opened
from tests.contract.storages import put_on_sale, sql_storage
from tests.samples import DESK, DOUBLE_ROOMS, day

pytestmark = pytest.mark.anyio


@pytest.fixture
async def sqlite(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    sqlite_storage_url: str,
) -> AsyncIterator[Database]:
    async with opened(sqlite_storage_url) as database:
        await put_on_sale(sql_storage(database), days=0)
        yield database


async def in_one_group(
    sqlite: Database, *units: Callable[[Connection], object]
) -> tuple[list[object], int]:
    """What came of each unit, and how often the writer committed meanwhile."""
    all_are_waiting, commits = Event(), list[object]()

    async def let_the_writer_go() -> None:
        all_are_waiting.set()

    def written(unit: Callable[[Connection], object]) -> Coroutine[Any, Any, object]:
        return sqlite.write(unit, of=DESK.organization_id)

    hold_up = sqlite.write(lambda _: all_are_waiting.wait(timeout=5), of=DESK.organization_id)
    event.listen(sqlite.engine, "commit", commits.append)
    _, *outcomes, _ = await race([hold_up, *map(written, units), let_the_writer_go()])
    return outcomes, len(commits)


def add(name: str) -> Callable[[Connection], str]:
    row = {
        "organization_id": DESK.organization_id,
        "id": name,
        "resource_id": DOUBLE_ROOMS.id,
        "day": day(1),
        "capacity": 1,
        "allowance": 0,
        "taken": 0,
        "closed": False,
    }

    def insert_pool(connection: Connection) -> str:
        connection.execute(insert(pools), [row])
        return name

    return insert_pool


def add_and_fail(connection: Connection) -> None:
    add("lost")(connection)
    raise ZeroDivisionError


def break_the_commit(connection: Connection) -> None:
    """A claim on nothing; SQLite looks at deferred constraints only when it commits."""
    connection.connection.cursor().execute("PRAGMA defer_foreign_keys=ON")
    ids = {"organization_id": DESK.organization_id, "hold_id": UUID(int=1)}
    connection.execute(insert(claims), [{**ids, "pool_id": "nothing", "units": 1}])


async def stored(sqlite: Database) -> list[str]:
    question = select(pools.c.id).where(pools.c.organization_id == DESK.organization_id)
    return await sqlite.read(
        lambda connection: sorted(connection.execute(question).scalars()), of=DESK.organization_id
    )


async def test_a_unit_that_fails_leaves_its_neighbours_alone(sqlite: Database) -> None:
    outcomes, commits = await in_one_group(sqlite, add("a"), add_and_fail, add("a"), add("b"))

    assert [type(outcome) for outcome in outcomes] == [str, ZeroDivisionError, Duplicate, str]
    assert await stored(sqlite) == ["a", "b"]
    assert commits <= 2  # perhaps one more for the unit that held the writer up


async def test_nobody_is_told_of_success_before_the_commit(sqlite: Database) -> None:
    outcomes, _ = await in_one_group(sqlite, add("a"), break_the_commit, add_and_fail, add("b"))

    assert [type(outcome) for outcome in outcomes] == [IntegrityError] * 4
    assert await stored(sqlite) == []
    assert await sqlite.write(add("c"), of=DESK.organization_id) == "c"
    assert await stored(sqlite) == ["c"]


async def test_whoever_gives_up_waiting_disturbs_nobody(sqlite: Database) -> None:
    async def give_up() -> None:
        with anyio.move_on_after(0):
            await sqlite.write(add("a"), of=DESK.organization_id)

    outcomes = await race(
        [
            give_up(),
            sqlite.write(add("b"), of=DESK.organization_id),
            give_up(),
            sqlite.write(add("c"), of=DESK.organization_id),
        ]
    )

    assert outcomes == [None, "b", None, "c"]
    assert {"b", "c"} <= set(await stored(sqlite))


async def test_closing_finishes_what_waits_and_takes_no_more(sqlite: Database) -> None:
    names, closed = [f"{number:03}" for number in range(2 * LARGEST_GROUP)], Event()

    async def notice_that_it_closed() -> None:
        with pytest.raises(Closed):
            while True:
                with anyio.move_on_after(0):
                    await sqlite.write(lambda _: None, of=DESK.organization_id)
        closed.set()

    def written(unit: Callable[[Connection], object]) -> Coroutine[Any, Any, object]:
        return sqlite.write(unit, of=DESK.organization_id)

    hold_up = sqlite.write(lambda _: closed.wait(timeout=5), of=DESK.organization_id)
    waiting = [sqlite.write(add(name), of=DESK.organization_id) for name in names]
    outcomes = await race([hold_up, *waiting, sqlite.close(), notice_that_it_closed()])

    assert outcomes == [True, *names, None, None]
    assert await stored(sqlite) == names
