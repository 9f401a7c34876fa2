"""A connection to SQLite with the surface of aiosqlite: each call is a place to be interrupted.

Transactions that write wait for each other in virtual time. What went wrong at a call is for
`Line` to say, which stands between the program and its database.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol, Self

PATIENCE = 5.0
"""Seconds to wait for whoever writes; PostgreSQL waits as long for a lock."""
AGAIN = 0.02
CODE = 0xFF


class Line(Protocol):
    """What is between a host and the database."""

    async def before(self, statement: str) -> None:
        """Takes its time, and raises if the statement does not arrive."""
        ...

    def after(self, statement: str) -> None:
        """Raises if the answer does not arrive."""
        ...

    def open(self) -> sqlite3.Connection: ...

    def close(self, raw: sqlite3.Connection) -> None: ...


def lost() -> sqlite3.OperationalError:
    """By these words SQLAlchemy knows that there is no connection any more."""
    return sqlite3.OperationalError("connection closed")


def failed() -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode, error.sqlite_errorname = sqlite3.SQLITE_IOERR, "SQLITE_IOERR"
    return error


class Cursor:
    arraysize = 1

    def __init__(self, connection: "Connection") -> None:
        self._connection = connection
        self._cursor = connection.raw.cursor()

    async def __aenter__(self) -> Self:
        return self

    @property
    def description(self) -> Any:
        return self._cursor.description

    @property
    def rowcount(self) -> int:
        return self._cursor.rowcount

    @property
    def lastrowid(self) -> int | None:
        return self._cursor.lastrowid

    async def execute(self, statement: str, parameters: Sequence[Any] = ()) -> None:
        await self._connection.run(statement, lambda: self._execute(statement, parameters))

    async def executemany(self, statement: str, parameters: Sequence[Sequence[Any]]) -> None:
        await self._connection.run(
            statement, lambda: self._cursor.executemany(statement, parameters)
        )

    async def fetchall(self) -> Sequence[Any]:
        return self._cursor.fetchall()

    async def fetchone(self) -> Any:
        return self._cursor.fetchone()

    async def fetchmany(self, size: int | None = None) -> Sequence[Any]:
        return self._cursor.fetchmany(size or self.arraysize)

    async def close(self) -> None:
        self._cursor.close()

    def _execute(self, statement: str, parameters: Sequence[Any]) -> Any:
        if statement == "BEGIN":  # who asks for it is about to write
            statement = "BEGIN IMMEDIATE"
        return self._cursor.execute(statement, parameters)


class AtOnce:
    """aiosqlite's queue to its thread, without a thread."""

    def put_nowait(self, ordered: tuple[asyncio.Future[Any], Callable[[], Any]]) -> None:
        future, function = ordered
        future.set_result(function())


class Connection:
    isolation_level: str | None = None

    def __init__(self, line: Line) -> None:
        self.raw = line.open()
        self._line = line
        self._tx = AtOnce()
        self._conn = self
        self._connection: Connection | None = self

    def cursor(self) -> Cursor:
        if self._connection is None:
            raise lost()
        return Cursor(self)

    async def run(self, statement: str, work: Callable[[], object]) -> None:
        if self._connection is None:
            raise lost()
        try:
            await self._line.before(statement)
            await self._patiently(work)
            self._line.after(statement)
        except sqlite3.OperationalError as error:
            if str(error) == "connection closed":
                self.give_back()
            raise

    async def _patiently(self, work: Callable[[], object]) -> None:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + PATIENCE
        while True:
            if self._connection is None:
                raise lost()
            try:
                work()
            except sqlite3.OperationalError as error:
                busy = getattr(error, "sqlite_errorcode", 0) & CODE == sqlite3.SQLITE_BUSY
                if not busy or loop.time() > deadline:
                    raise
                await asyncio.sleep(AGAIN)
            else:
                return

    async def commit(self) -> None:
        if self._connection is not None and self.raw.in_transaction:
            self.raw.commit()

    async def rollback(self) -> None:
        if self._connection is not None and self.raw.in_transaction:
            self.raw.rollback()

    async def create_function(self, *described: Any, **more: Any) -> None:
        """Nothing here asks for regular expressions."""

    async def close(self) -> None:
        self.give_back()

    def give_back(self) -> None:
        """What was not committed is undone."""
        if self._connection is not None:
            self._connection = None
            self._line.close(self.raw)


def driver() -> ModuleType:
    """What SQLAlchemy looks for in the module aiosqlite."""
    module = ModuleType("aiosqlite")
    names = (
        "DatabaseError",
        "Error",
        "IntegrityError",
        "NotSupportedError",
        "OperationalError",
        "ProgrammingError",
        "sqlite_version",
        "sqlite_version_info",
    )
    for name in names:
        setattr(module, name, getattr(sqlite3, name))
    setattr(module, "Connection", Connection)  # noqa: B010
    return module


class Files:
    """Connections to the file of a run, which are used again: to open one takes long."""

    def __init__(self, path: Path, *, second_wall: bool = True) -> None:
        self._path = path
        self._second_wall = second_wall
        self._free: list[sqlite3.Connection] = []
        self._all: list[sqlite3.Connection] = []

    def open(self) -> sqlite3.Connection:
        if self._free:
            return self._free.pop()
        raw = sqlite3.connect(self._path, isolation_level=None, timeout=0)
        raw.execute("PRAGMA synchronous=OFF")
        raw.execute("PRAGMA foreign_keys=ON")
        if not self._second_wall:
            raw.execute("PRAGMA ignore_check_constraints=ON")
        self._all.append(raw)
        return raw

    def close(self, raw: sqlite3.Connection) -> None:
        if raw.in_transaction:
            raw.rollback()
        self._free.append(raw)

    def end(self) -> None:
        for raw in self._all:
            raw.close()
