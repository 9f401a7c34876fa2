"""A database in which all that is done is undone in the end."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import attrs
from sqlalchemy import Connection, Engine

from adapters.sql.database import Begin, Database, already_begun
from adapters.sql.postgres import Postgres
from domain.kernel.identifiers import OrganizationId

Result = TypeVar("Result")
Run = Callable[[Callable[[Connection], Any]], Awaitable[Any]]


@attrs.frozen(kw_only=True)
class Undone(Database):
    """Everything runs in one transaction of one connection."""

    engine: Engine
    run: Run

    async def write(
        self, work: Callable[[Connection], Result], /, *, of: OrganizationId
    ) -> Result:
        result: Result = await self.run(work)
        return result

    async def decide(
        self, work: Callable[[Connection, Begin], Result], /, *, of: OrganizationId
    ) -> Result:
        return await self.write(lambda connection: work(connection, already_begun), of=of)

    async def read(
        self, question: Callable[[Connection], Result], /, *, of: OrganizationId
    ) -> Result:
        return await self.write(question, of=of)

    async def check(self) -> None:
        """It answers."""

    async def close(self) -> None:
        """Whoever opened it closes it."""


@asynccontextmanager
async def undone(database: Database) -> AsyncIterator[Undone]:
    """As its owner sees it, and without anybody asking for foreign keys on SQLite.

    What the engine has learnt of statements stays for the next one.
    """
    inside = _on_postgres(database) if isinstance(database, Postgres) else _on_sqlite(database)
    async with inside as run:
        yield Undone(engine=database.engine, run=run)


@asynccontextmanager
async def _on_postgres(database: Postgres) -> AsyncIterator[Run]:
    async with database.pool.connect() as connection:
        _ = await connection.execution_options(isolation_level="READ COMMITTED")
        transaction = await connection.begin()
        yield connection.run_sync
        await transaction.rollback()
    await database.pool.dispose()


@asynccontextmanager
async def _on_sqlite(database: Database) -> AsyncIterator[Run]:
    with database.engine.connect() as connection:
        connection.connection.cursor().execute("PRAGMA foreign_keys = OFF")

        async def run(work: Callable[[Connection], Any]) -> Any:
            return work(connection)

        transaction = connection.begin()
        yield run
        transaction.rollback()
        connection.invalidate()
