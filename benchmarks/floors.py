"""What the databases can do at best: the same rows, written by hand with the bare drivers.

`statement` is a conditional update of a counter and an insert of what was taken, and nothing but
that. `transaction` is what nobody who books can do without: begin, take, insert a booking, insert
an event, commit.
"""

import random
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg  # type: ignore[import-untyped]
import attrs

from benchmarks.measuring import Contest, Effort, contest, hammer
from benchmarks.stages import fresh_folder, fresh_postgres
from benchmarks.tables import heading, table
from tests.servers import postgres_server

POOLS = 1000
CONNECTIONS = 8

TABLES = (
    """CREATE TABLE floor_pools (
        organization_id uuid, id varchar(64), capacity integer NOT NULL, taken integer NOT NULL,
        PRIMARY KEY (organization_id, id), CHECK (taken BETWEEN 0 AND capacity)){storage}""",
    """CREATE TABLE floor_claims (
        organization_id uuid, hold_id uuid, pool_id varchar(64), units integer NOT NULL,
        PRIMARY KEY (organization_id, hold_id, pool_id),
        FOREIGN KEY (organization_id, pool_id) REFERENCES floor_pools (organization_id, id))""",
    """CREATE TABLE floor_bookings (
        organization_id uuid, id uuid, version integer NOT NULL, reference varchar(16) NOT NULL,
        state varchar(16) NOT NULL, email varchar(254) NOT NULL, starts_at timestamp NOT NULL,
        expires_at timestamp NOT NULL, total bigint NOT NULL, agreement {document} NOT NULL,
        PRIMARY KEY (organization_id, id))""",
    "CREATE INDEX floor_bookings_by_start ON floor_bookings (organization_id, starts_at)",
    """CREATE TABLE floor_events (
        organization_id uuid, id uuid, name varchar(64) NOT NULL, payload {document} NOT NULL,
        PRIMARY KEY (organization_id, id))""",
)
TAKE = """UPDATE floor_pools SET taken = taken + 1
    WHERE organization_id = $1 AND id = $2 AND taken + 1 <= capacity"""
CLAIM = "INSERT INTO floor_claims VALUES ($1, $3, $2, 1)"
TAKE_AND_CLAIM = """WITH taken AS (UPDATE floor_pools SET taken = taken + 1
    WHERE organization_id = $1 AND id = $2 AND taken + 1 <= capacity RETURNING id)
    INSERT INTO floor_claims SELECT $1, $3, id, 1 FROM taken"""
BOOK = """INSERT INTO floor_bookings VALUES
    ($1, $2, 1, 'FD00000000', 'held', 'ann@example.com', TIMESTAMP '2030-01-01',
    TIMESTAMP '2030-01-01', 9900, $3)"""
TELL = "INSERT INTO floor_events VALUES ($1, $2, 'booking_held', $3)"
OPEN = "INSERT INTO floor_pools VALUES ($1, $2, 2000000000, 0)"
IN_SQLITE = {
    text: text.replace("$", "?").replace("TIMESTAMP ", "")
    for text in (TAKE, CLAIM, BOOK, TELL, OPEN)
}

AGREEMENT = (
    '{"title": "Double room", "zone": {"name": "Europe/Lisbon"}, "request": {"kind": "hotel", '
    '"contact": {"name": "Ann Bo", "email": "ann@example.com"}, "rooms": 1, "guests": 2}, '
    '"price": {"total": {"minor": 9900, "currency": "EUR"}, "lines": [{"units": 1}]}}'
)
FACT = '{"reference": "FD00000000", "kind": "hotel"}'


def pool(*, hot: bool) -> str:
    return "0" if hot else str(random.randrange(POOLS))


@attrs.frozen
class BarePostgres:
    organization_id: str
    connections: list[asyncpg.Connection]

    async def statement(self, number: int, *, hot: bool) -> None:
        connection = self.connections[number]
        await connection.execute(TAKE_AND_CLAIM, self.organization_id, pool(hot=hot), uuid4())

    async def transaction(self, number: int, *, hot: bool) -> None:
        connection = self.connections[number]
        async with connection.transaction():
            await connection.execute(TAKE, self.organization_id, pool(hot=hot))
            await connection.execute(BOOK, self.organization_id, uuid4(), AGREEMENT)
            await connection.execute(TELL, self.organization_id, uuid4(), FACT)


@asynccontextmanager
async def bare_postgres(url: str) -> AsyncIterator[BarePostgres]:
    """Eight connections, one for each task that uses them."""
    plain = url.replace("+asyncpg", "", 1)
    connections = [await asyncpg.connect(plain) for _ in range(CONNECTIONS)]
    organization_id = str(uuid4())
    try:
        for text in TABLES:
            await connections[0].execute(
                text.format(document="jsonb", storage=" WITH (fillfactor = 50)")
            )
        ids = [(organization_id, str(number)) for number in range(POOLS)]
        await connections[0].executemany(OPEN, ids)
        yield BarePostgres(organization_id, connections)
    finally:
        for connection in connections:
            await connection.close()


@attrs.frozen
class BareSqlite:
    organization_id: str
    connection: sqlite3.Connection

    async def statement(self, number: int, *, hot: bool) -> None:
        where, hold = pool(hot=hot), str(uuid4())
        with self._committed() as execute:
            execute(TAKE, (self.organization_id, where))
            execute(CLAIM, (self.organization_id, where, hold))

    async def transaction(self, number: int, *, hot: bool) -> None:
        with self._committed() as execute:
            execute(TAKE, (self.organization_id, pool(hot=hot)))
            execute(BOOK, (self.organization_id, str(uuid4()), AGREEMENT))
            execute(TELL, (self.organization_id, str(uuid4()), FACT))

    @contextmanager
    def _committed(self) -> Iterator[Callable[[str, tuple[str, ...]], object]]:
        def execute(text: str, values: tuple[str, ...]) -> object:
            return self.connection.execute(IN_SQLITE[text], values)

        self.connection.execute("BEGIN IMMEDIATE")
        yield execute
        self.connection.execute("COMMIT")


@contextmanager
def bare_sqlite(path: Path) -> Iterator[BareSqlite]:
    """One connection, one commit a transaction, each on disk before the next begins."""
    organization_id = str(uuid4())
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        for text in TABLES:
            connection.execute(text.format(document="json", storage=""))
        ids = [(organization_id, str(number)) for number in range(POOLS)]
        connection.executemany(IN_SQLITE[OPEN], ids)
        yield BareSqlite(organization_id, connection)


PLACES = ((True, "one hot pool"), (False, f"{POOLS} pools"))


def floors(bare: Any, effort: Effort, tasks: int) -> Contest:
    return {
        f"bare {name}, {where}": partial(
            hammer, partial(act, hot=hot), tasks=tasks, seconds=effort.seconds
        )
        for hot, where in PLACES
        for name, act in (("statement", bare.statement), ("transaction", bare.transaction))
    }


async def run(effort: Effort) -> None:
    async with AsyncExitStack() as stack:
        admin_url = stack.enter_context(postgres_server(durable=True))
        url = await stack.enter_async_context(fresh_postgres(admin_url))
        sqlite = stack.enter_context(fresh_folder()) / "floor.db"
        postgres_bare = await stack.enter_async_context(bare_postgres(url))
        sqlite_bare = stack.enter_context(bare_sqlite(sqlite))
        rivals = {
            **{
                f"PostgreSQL, {k}": v
                for k, v in floors(postgres_bare, effort, CONNECTIONS).items()
            },
            **{f"SQLite, {k}": v for k, v in floors(sqlite_bare, effort, 1).items()},
        }
        best = await contest(rivals, effort)
    heading("The floors: asyncpg with 8 connections, sqlite3 with one commit a transaction")
    table(
        ["", "per s", "p50 ms", "p95 ms", "cpu µs"],
        [[name, f.rate, f.p50, f.p95, f.cpu] for name, f in best.items()],
    )
