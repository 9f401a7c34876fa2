"""The file of a simulated provider: shared by all processes, on the disk when it says so."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

import attrs
from anyio import CapacityLimiter, to_thread

Result = TypeVar("Result")

PATIENCE = 10  # seconds to wait for another process

SCHEMA = """
CREATE TABLE IF NOT EXISTS objects (
    account TEXT, id TEXT, document BLOB NOT NULL, PRIMARY KEY (account, id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pages (
    token TEXT PRIMARY KEY, account TEXT NOT NULL, intent TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS answers (
    account TEXT, key TEXT, fingerprint BLOB NOT NULL, answer BLOB, refused TEXT,
    PRIMARY KEY (account, key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS happenings (
    number INTEGER PRIMARY KEY, account TEXT NOT NULL, at REAL NOT NULL, what TEXT NOT NULL,
    object TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS ix_happenings ON happenings (at);
CREATE TABLE IF NOT EXISTS events (
    number INTEGER PRIMARY KEY AUTOINCREMENT, account TEXT NOT NULL, id TEXT NOT NULL,
    type TEXT NOT NULL, subject TEXT NOT NULL, reference TEXT NOT NULL, created_at REAL NOT NULL,
    deliver_at REAL, deliveries INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS ix_events ON events (account, number);
CREATE INDEX IF NOT EXISTS ix_events_to_deliver ON events (deliver_at)
    WHERE deliver_at IS NOT NULL;
CREATE TABLE IF NOT EXISTS movements (
    number INTEGER PRIMARY KEY AUTOINCREMENT, account TEXT NOT NULL, subject TEXT NOT NULL,
    source TEXT NOT NULL, amount INTEGER NOT NULL, fee INTEGER NOT NULL, currency TEXT NOT NULL,
    created_at REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS ix_movements ON movements (account, created_at);
CREATE INDEX IF NOT EXISTS ix_movements_of ON movements (account, source);
"""


@attrs.frozen(eq=False)
class SimulatorFile:
    """Each transaction has a connection to itself: processes end at any moment."""

    path: Path
    schema: str = SCHEMA
    _one: CapacityLimiter = attrs.field(init=False, repr=False)

    @_one.default
    def _one_at_a_time(self) -> CapacityLimiter:
        return CapacityLimiter(1)

    async def transact(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        return await to_thread.run_sync(self.transact_now, work, limiter=self._one)

    def transact_now(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        """In one transaction, alone; nothing of it stays if it raises."""
        with closing(self._connected()) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                result = work(connection)
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")
            return result

    def _connected(self) -> sqlite3.Connection:
        is_new = not self.path.exists()
        if is_new:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.touch(mode=0o600)
        connection = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)
        connection.execute("PRAGMA synchronous = FULL")
        if not connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
            self._set_up(connection)
        return connection

    def _set_up(self, connection: sqlite3.Connection) -> None:
        """By whoever comes first; the others wait and find it done."""
        connection.execute("BEGIN IMMEDIATE")
        for statement in self.schema.split(";"):
            connection.execute(statement)
        connection.execute("COMMIT")
