"""Rows of a table in somebody's SQL database, which is only ever read."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import attrs
from sqlalchemy import URL, Engine, NullPool, create_engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from adapters.connectors.keyset_rows import clock_and_version, rows_after
from adapters.connectors.options import options_of
from adapters.connectors.verdicts import given_up_after
from application.kernel.ports import Clock
from application.pipelines.connecting import (
    Connector,
    Cursor,
    Origin,
    SourcePage,
    SourceRefused,
    SourceUnavailable,
    Verdict,
)
from application.pipelines.credentials import Credentials
from domain.pipelines.source_options import SqlOptions
from domain.pipelines.sources import Connection

PORT = 5432
CONNECTING = 10
SSL_MODES = {"disable", "prefer", "require", "verify-ca", "verify-full"}
SQLITE_STEPS = 10_000
# Of PostgreSQL: later it may go better. Connections, resources, interventions, a cancelled query.
TRANSIENT = ("08", "53", "57", "40")

Resolve = Callable[[str], Awaitable[Sequence[str]]]


@attrs.frozen(kw_only=True)
class SqlConnector(Connector):
    """Hosts are checked like those of web addresses, and the checked address is dialled.

    Files of SQLite are those in the folder that the operator has put there for the organization.
    """

    credentials: Credentials
    clock: Clock
    seconds: Callable[[], float]
    resolve: Resolve
    is_outside: Callable[[str], bool]
    internal: frozenset[str] = frozenset()
    folder: Path | None = None

    async def validate(self, source: Origin, /, *, within: timedelta) -> Verdict:
        async def look() -> Verdict:
            engine = await self._engine(source)
            theirs, version = await asyncio.to_thread(_reading, engine, clock_and_version)
            difference = round((theirs - self.clock()) / timedelta(milliseconds=1))
            return Verdict(reachable=True, version=version[:100], clock_difference_ms=difference)

        return await given_up_after(within, look)

    async def page(self, source: Origin, after: Cursor | None, /, *, limit: int) -> SourcePage:
        engine = await self._engine(source)
        ask = rows_after(options_of(source, SqlOptions), after, limit)
        return await asyncio.to_thread(_reading, engine, ask)

    async def _engine(self, source: Origin) -> Engine:
        """Raises SourceTrouble."""
        address = urlsplit(source.connection.address or "")
        if address.scheme == "sqlite":
            return self._sqlite(self._file(source, address.path), source.connection)
        host, port = address.hostname or "", address.port or PORT
        dialled = await self._checked(host, port)
        mode = parse_qs(address.query).get("sslmode", ["prefer"])[0]
        user, password = (self.credentials.of(source, each) for each in ("user", "password"))
        url = URL.create(
            "postgresql+psycopg",
            username=None if user is None else user.value,
            password=None if password is None else password.value,
            host=host,
            port=port,
            database=unquote(address.path.lstrip("/")) or None,
            query={
                "hostaddr": dialled,
                "sslmode": mode if mode in SSL_MODES else "prefer",
                "connect_timeout": str(CONNECTING),
                "passfile": "/dev/null",
                "application_name": "frontdesk",
                "options": _limits(source.connection.timeout_seconds),
            },
        )
        return create_engine(url, poolclass=NullPool)

    async def _checked(self, host: str, port: int) -> str:
        """An address of the host, all of which are outside unless the operator has named it."""
        try:
            addresses = await self.resolve(host)
        except OSError:
            raise SourceUnavailable("unresolved") from None
        if f"{host}:{port}" not in self.internal and not all(map(self.is_outside, addresses)):
            raise SourceRefused("address_refused")
        if not addresses:
            raise SourceUnavailable("unresolved")
        return addresses[0]

    def _file(self, source: Origin, name: str) -> Path:
        if self.folder is None or not name or Path(name).name != name or name.startswith("."):
            raise SourceRefused("address_refused")
        path = self.folder / source.organization_id.hex / name
        if not path.is_file() or path.is_symlink():
            raise SourceRefused("not_found")
        return path

    def _sqlite(self, path: Path, how: Connection) -> Engine:
        def connect() -> sqlite3.Connection:
            connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False
            )
            deadline = self.seconds() + how.timeout_seconds
            connection.set_progress_handler(lambda: self.seconds() > deadline, SQLITE_STEPS)
            return connection

        return create_engine("sqlite://", creator=connect, poolclass=NullPool)


def _limits(seconds: int) -> str:
    milliseconds = seconds * 1000
    return (
        "-c default_transaction_read_only=on "
        f"-c statement_timeout={milliseconds} -c lock_timeout={milliseconds} "
        f"-c idle_in_transaction_session_timeout={milliseconds}"
    )


def _reading(engine: Engine, ask: Callable[[Any], Any]) -> Any:
    """Raises SourceTrouble: what a driver says may name what is secret."""
    try:
        with engine.connect() as connection:
            return ask(connection)
    except DBAPIError as error:
        raise _trouble_of(error) from None
    except SQLAlchemyError:
        raise SourceRefused("bad_question") from None
    finally:
        engine.dispose()


def _trouble_of(error: DBAPIError) -> SourceRefused | SourceUnavailable:
    state = getattr(error.orig, "sqlstate", None)
    if state is None:
        interrupted = "interrupted" in str(error.orig) or "locked" in str(error.orig)
        away = type(error.orig).__module__.startswith("psycopg")
        if away or interrupted:
            return SourceUnavailable("timed_out" if interrupted else "unreachable")
        return SourceRefused("bad_question")
    if state.startswith(TRANSIENT):
        return SourceUnavailable("timed_out" if state == "57014" else "unreachable")
    return SourceRefused("not_authorized" if state.startswith("28") else "bad_question")
