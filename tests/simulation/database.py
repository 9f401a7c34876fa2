"""The port of the database as PostgreSQL's adapter keeps it, over SQLite in virtual time.

Questions stand for themselves and transactions begin late, so others commit between the two: what
is only safe because somebody has the file to himself is not safe here.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import attrs
import msgspec
from sqlalchemy import Connection, Engine, NullPool
from sqlalchemy.dialects.sqlite.aiosqlite import AsyncAdapt_aiosqlite_dbapi
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.util import greenlet_spawn

from adapters.sql.database import Begin, Database
from adapters.sql.failures import explained
from adapters.sql.late_transaction import LateTransaction
from adapters.sql.vaults import NO_VAULT, OPTION
from domain.kernel.identifiers import OrganizationId
from tests.simulation.sqlite import driver

Result = TypeVar("Result")


def open_engine(creator: Callable[..., Any]) -> Engine:
    """One for all runs of a process, so that statements are compiled once; it keeps no
    connections, `creator` does.
    """
    import sqlite3  # noqa: PLC0415

    engine = create_async_engine(
        "sqlite+aiosqlite:///simulation.db",
        module=AsyncAdapt_aiosqlite_dbapi(driver(), sqlite3),
        async_creator=creator,
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
        json_serializer=lambda value: msgspec.json.encode(value).decode(),
        json_deserializer=msgspec.json.decode,
        execution_options={OPTION: NO_VAULT},
    )
    # It would shield closing from cancellation, on a loop that is perhaps no more.
    setattr(engine.dialect, "do_terminate", engine.dialect.do_close)  # noqa: B010
    return engine.sync_engine


@attrs.frozen(kw_only=True)
class SimulatedDatabase(Database):
    engine: Engine

    async def write(
        self, work: Callable[[Connection], Result], /, *, of: OrganizationId
    ) -> Result:
        def begun(connection: Connection, begin: Begin) -> Result:
            begin()
            return work(connection)

        return await self.decide(begun, of=of)

    async def decide(
        self, work: Callable[[Connection, Begin], Result], /, *, of: OrganizationId
    ) -> Result:
        with explained():
            return await greenlet_spawn(self._decide, work)

    async def read(
        self, question: Callable[[Connection], Result], /, *, of: OrganizationId
    ) -> Result:
        def ask() -> Result:
            with self.engine.connect() as connection:
                return question(connection)

        with explained():
            return await greenlet_spawn(ask)

    async def check(self) -> None: ...

    async def close(self) -> None: ...

    def _decide(self, work: Callable[[Connection, Begin], Result]) -> Result:
        with self.engine.connect() as connection, LateTransaction(connection) as transaction:
            return work(connection, transaction.begin)
