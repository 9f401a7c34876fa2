"""SQLite: one thread writes, a few threads read, and the event loop waits for none of them."""

import sqlite3
from collections.abc import Callable
from typing import Any, TypeVar

import attrs
import msgspec
from anyio import CapacityLimiter, to_thread
from sqlalchemy import Connection, Engine, create_engine, event, text

from adapters.sealing.vault import Vault
from adapters.sql.database import NOBODY, Begin, Database, already_begun
from adapters.sql.failures import explained
from adapters.sql.group_commit import GroupCommit
from adapters.sql.vaults import NO_VAULT, OPTION
from domain.kernel.identifiers import OrganizationId

Result = TypeVar("Result")
Pause = Callable[[int], None]

READERS = 4
PRIMARY_CODE = 0xFF  # the rest of a result code says which kind of it
CACHE = 16_384  # KiB a connection; with the usual 2,000 large units of work are written twice
CHECKPOINT = 4_000  # pages of the log, each of which is copied once however often it was written
PATIENCE = 5000  # tries to begin writing while other processes are at it: some 10 s


@attrs.frozen(kw_only=True)
class Sqlite(Database):
    engine: Engine
    writer: GroupCommit
    readers: CapacityLimiter

    @classmethod
    def open(cls, url: str, pause: Pause, vault: Vault = NO_VAULT) -> "Sqlite":
        """`pause` sleeps a short, random while; its argument says how often it did before."""
        engine = create_engine(
            url,
            pool_size=READERS + 1,
            max_overflow=0,
            json_serializer=lambda value: msgspec.json.encode(value).decode(),
            json_deserializer=msgspec.json.decode,
            execution_options={OPTION: vault},
        )
        event.listen(engine, "connect", _preparing(pause))
        event.listen(engine, "begin", _beginning(pause))
        return cls(engine=engine, writer=GroupCommit(engine), readers=CapacityLimiter(READERS))

    async def write(
        self, work: Callable[[Connection], Result], /, *, of: OrganizationId
    ) -> Result:
        with explained():
            return await self.writer.run(work)

    async def decide(
        self, work: Callable[[Connection, Begin], Result], /, *, of: OrganizationId
    ) -> Result:
        return await self.write(lambda connection: work(connection, already_begun), of=of)

    async def read(
        self, question: Callable[[Connection], Result], /, *, of: OrganizationId
    ) -> Result:
        def ask() -> Result:
            with self.engine.connect() as connection:
                return question(connection.execution_options(reads=True))

        with explained():
            return await to_thread.run_sync(ask, limiter=self.readers)

    async def check(self) -> None:
        await self.read(lambda connection: connection.execute(text("SELECT 1")), of=NOBODY)

    async def close(self) -> None:
        await to_thread.run_sync(self.writer.close)
        self.engine.dispose()


def _preparing(pause: Pause) -> Callable[[Any, Any], None]:
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver must leave BEGIN to _beginning
        if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
            _insist(connection, "PRAGMA journal_mode=WAL", pause)
        connection.execute("PRAGMA synchronous=FULL")  # what is committed survives a power cut
        connection.execute(f"PRAGMA cache_size=-{CACHE}")
        connection.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT}")
        connection.execute("PRAGMA foreign_keys=ON")

    return prepare


def _beginning(pause: Pause) -> Callable[[Connection], None]:
    def begin(connection: Connection) -> None:
        driver: Any = connection.connection.driver_connection
        if connection.get_execution_options().get("reads", False):
            driver.execute("PRAGMA busy_timeout=5000")
            driver.execute("BEGIN")
            return
        # SQLite's own way of waiting starves whoever is unlucky. A reader that turns writer
        # midway fails at once in WAL mode, so writers queue before they begin.
        driver.execute("PRAGMA busy_timeout=0")
        _insist(driver, "BEGIN IMMEDIATE", pause)

    return begin


def _insist(connection: sqlite3.Connection, statement: str, pause: Pause) -> None:
    for attempt in range(PATIENCE):
        try:
            connection.execute(statement)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & PRIMARY_CODE != sqlite3.SQLITE_BUSY:
                raise
            pause(attempt)
        else:
            return
    connection.execute(statement)
