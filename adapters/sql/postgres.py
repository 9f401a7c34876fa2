"""PostgreSQL over asyncpg; SQLAlchemy lets plain functions run on it without blocking the loop."""

from asyncio import Semaphore
from collections.abc import Callable
from typing import TypeVar

import attrs
import msgspec
from sqlalchemy import Connection, Engine, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.util import greenlet_spawn

from adapters.sealing.vault import Vault
from adapters.sql.database import NOBODY, Begin, Database
from adapters.sql.failures import explained
from adapters.sql.late_transaction import LateTransaction
from adapters.sql.pooling import Pooling
from adapters.sql.sessions import sessions_are_shared
from adapters.sql.vaults import NO_VAULT, OPTION
from adapters.sql.wall import privilege_of_role, showing
from application.kernel.refusals import UnsafeDatabase
from domain.kernel.identifiers import OrganizationId

Result = TypeVar("Result")

DURABLE = ("fsync", "synchronous_commit", "full_page_writes")


@attrs.frozen(kw_only=True)
class Postgres(Database):
    pool: AsyncEngine
    turns: Semaphore
    must_be_safe: bool

    @classmethod
    def open(
        cls, url: str, pooling: Pooling, *, must_be_safe: bool, vault: Vault = NO_VAULT
    ) -> "Postgres":
        pool = create_async_engine(
            url,
            pool_size=pooling.size,
            max_overflow=pooling.overflow,
            pool_recycle=pooling.recycle_seconds,
            pool_timeout=pooling.wait_seconds,
            pool_use_lifo=True,
            isolation_level="AUTOCOMMIT",  # we begin transactions ourselves, where there are any
            json_serializer=lambda value: msgspec.json.encode(value).decode(),
            json_deserializer=msgspec.json.decode,
            execution_options={OPTION: vault},
            connect_args={
                "timeout": pooling.wait_seconds,
                "command_timeout": pooling.answer_seconds,
                "server_settings": {
                    "application_name": "frontdesk",
                    "timezone": "UTC",
                    "jit": "off",
                    # A client that vanished must not keep others waiting for its locks.
                    "statement_timeout": f"{pooling.statement_seconds}s",
                    "lock_timeout": f"{pooling.lock_seconds}s",
                    "idle_in_transaction_session_timeout": f"{pooling.idle_seconds}s",
                },
            },
        )
        return cls(
            pool=pool,
            turns=Semaphore(pooling.writers),
            must_be_safe=must_be_safe,
        )

    @property
    def engine(self) -> Engine:
        return self.pool.sync_engine

    async def write(
        self, work: Callable[[Connection], Result], /, *, of: OrganizationId
    ) -> Result:
        # One greenlet for the whole transaction: AsyncConnection would start one for each of
        # checking out, beginning, committing and giving back, which costs a third more.
        with explained():
            async with self.turns:
                return await greenlet_spawn(self._write, work, of)

    async def decide(
        self, work: Callable[[Connection, Begin], Result], /, *, of: OrganizationId
    ) -> Result:
        with explained():
            async with self.turns:
                return await greenlet_spawn(self._decide, work, of)

    async def read(
        self, question: Callable[[Connection], Result], /, *, of: OrganizationId
    ) -> Result:
        with explained():
            return await greenlet_spawn(self._read, question, of)

    async def check(self) -> None:
        settings = await self.read(_durability, of=NOBODY)
        off = tuple(name for name, value in settings.items() if value == "off")
        privilege = await self.read(privilege_of_role, of=NOBODY)
        with explained():
            shared = await greenlet_spawn(sessions_are_shared, self.engine)
        if (off or privilege or shared) and self.must_be_safe:
            raise UnsafeDatabase(settings_off=off, privilege=privilege, shared_sessions=shared)

    async def close(self) -> None:
        await self.pool.dispose()

    def _write(self, work: Callable[[Connection], Result], of: OrganizationId) -> Result:
        def begun(connection: Connection, begin: Begin) -> Result:
            begin()
            return work(connection)

        return self._decide(begun, of)

    def _decide(self, work: Callable[[Connection, Begin], Result], of: OrganizationId) -> Result:
        with (
            showing(self.engine, of) as connection,
            LateTransaction(connection) as transaction,
        ):
            return work(connection, transaction.begin)

    def _read(self, question: Callable[[Connection], Result], of: OrganizationId) -> Result:
        # Each question is one statement; a transaction around it would be two round trips more.
        with showing(self.engine, of) as connection:
            return question(connection)


def _durability(connection: Connection) -> dict[str, str]:
    return {
        name: str(
            connection.execute(text("SELECT current_setting(:name)"), {"name": name}).scalar()
        )
        for name in DURABLE
    }
