"""Living executors on one database: an advisory lock each, on a connection of its own.

The connection must reach the server itself or a pool of sessions: a pool of transactions would
take the lock away between two statements.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import LiteralString

import psycopg

from adapters.jobs.presence import Presence

# A server that is not told would keep the lock of an unplugged machine for two hours.
_KEEPALIVES = (
    "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3"
    " -c idle_session_timeout=0"
)
_LOCK: LiteralString = "SELECT pg_advisory_lock(%s)"
_TRY_LOCK: LiteralString = "SELECT pg_try_advisory_lock(%s)"
_UNLOCK: LiteralString = "SELECT pg_advisory_unlock(%s)"


class PostgresPresence(Presence):
    def __init__(self, url: str, executor_id: str) -> None:
        self._url = url
        self._executor_id = executor_id
        self._connection: psycopg.Connection | None = None

    def announce(self) -> None:
        self._connection = psycopg.connect(
            self._url,
            autocommit=True,
            application_name="frontdesk jobs",
            connect_timeout=5,
            keepalives=1,
            keepalives_idle=5,
            keepalives_interval=2,
            keepalives_count=3,
            options=_KEEPALIVES,
        )
        self._connection.execute(_LOCK, (_key(self._executor_id),))

    def renew(self) -> bool:
        try:
            self._connected.execute("SELECT 1")
        except psycopg.OperationalError:
            self.withdraw()
            self.announce()
            return False
        return True

    @contextmanager
    def bury(self, executor_id: str, /) -> Iterator[bool]:
        key = (_key(executor_id),)
        row = self._connected.execute(_TRY_LOCK, key).fetchone()
        if row is None or not row[0]:
            yield False
            return
        try:
            yield True
        finally:
            self._connected.execute(_UNLOCK, key)

    def withdraw(self) -> None:
        if self._connection is not None:
            self._connection.close()

    @property
    def _connected(self) -> psycopg.Connection:
        if self._connection is None:
            raise RuntimeError("announce() comes first")
        return self._connection


def _key(executor_id: str) -> int:
    digest = sha256(f"frontdesk.jobs.executor:{executor_id}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)
