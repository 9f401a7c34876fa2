"""The databases there are, and what comes with them, by their URL."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import attrs
from sqlalchemy import make_url

from adapters.sealing.vault import Vault
from adapters.sql.database import Database
from adapters.sql.line import Line, NoLine
from adapters.sql.news import News
from adapters.sql.pooling import Pooling
from adapters.sql.sqlite import Sqlite
from adapters.sql.vaults import NO_VAULT
from application.kernel.shared_time import SharedTime

Owned = Callable[[], AbstractAsyncContextManager[Database]]
Pause = Callable[[int], None]


def open_database(
    url: str,
    *,
    pooling: Pooling,
    pause: Pause,
    allow_unsafe: bool,
    vault: Vault = NO_VAULT,
) -> Database:
    """Pooling is for PostgreSQL; SQLite has one writer and a few readers, whatever it says."""
    if make_url(url).get_backend_name() == "sqlite":
        return Sqlite.open(url, pause, vault)
    # Its driver is of no use beside SQLite, and a start would wait for it.
    from adapters.sql.postgres import Postgres  # noqa: PLC0415

    return Postgres.open(url, pooling, must_be_safe=not allow_unsafe, vault=vault)


def owned_database(
    url: str | None, *, instead: Callable[[], Database], pooling: Pooling, pause: Pause
) -> Owned:
    """Opens the database as its owner, who may take as long as it takes.

    Without a URL of the owner's `instead` is used.
    """

    @asynccontextmanager
    async def opened() -> AsyncIterator[Database]:
        if url is None:
            yield instead()
            return
        unhurried = attrs.evolve(pooling, silence_seconds=None)
        database = open_database(url, pooling=unhurried, pause=pause, allow_unsafe=True)
        try:
            yield database
        finally:
            await database.close()

    return opened


def line_for(url: str, news: News, time: SharedTime) -> Line:
    if url.startswith("sqlite"):
        return NoLine()
    # As above.
    from adapters.sql.postgres_line import PostgresLine  # noqa: PLC0415

    return PostgresLine(url=url.replace("+asyncpg", "", 1), news=news, time=time)


def role_of(url: str) -> str | None:
    """Who the database is opened as, if its URL says so."""
    return make_url(url).username
