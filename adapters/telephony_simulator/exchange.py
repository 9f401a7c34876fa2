"""The telephone exchange of the simulator: all lines, in one file that processes share."""

import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, timezone
from typing import Protocol, TypeVar

import attrs

from adapters.telephony_simulator.scripts import Beat, script_for
from application.calls.telephony import TelephonyRefused
from application.kernel.ports import Chance, Clock, NewId

Result = TypeVar("Result")

SCHEMA = """
CREATE TABLE IF NOT EXISTS calls (
    account TEXT, id TEXT, key TEXT, call TEXT, caller TEXT, called TEXT, inbound INTEGER NOT NULL,
    status TEXT NOT NULL, begun_at REAL NOT NULL, changed_at REAL NOT NULL,
    told INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (account, id), UNIQUE (account, key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS beats (
    number INTEGER PRIMARY KEY, account TEXT NOT NULL, id TEXT NOT NULL, at REAL NOT NULL,
    event TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS ix_beats ON beats (at);
CREATE INDEX IF NOT EXISTS ix_beats_of ON beats (account, id);
CREATE TABLE IF NOT EXISTS news (
    number INTEGER PRIMARY KEY, account TEXT NOT NULL, id TEXT NOT NULL, event TEXT NOT NULL,
    sequence INTEGER NOT NULL, at REAL NOT NULL, deliver_at REAL, tries INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS done (
    account TEXT, key TEXT, PRIMARY KEY (account, key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS legs (
    account TEXT, id TEXT, of TEXT NOT NULL, ends_it INTEGER NOT NULL, PRIMARY KEY (account, id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS ix_legs_of ON legs (account, of);
CREATE INDEX IF NOT EXISTS ix_news_to_deliver ON news (deliver_at) WHERE deliver_at IS NOT NULL;
"""

UP = "in-progress"
DOWN = frozenset({"completed", "busy", "no-answer", "rejected", "failed", "canceled"})
NO_SUCH_CALL, NOT_UP = "no_such_call", "not_in_progress"
RECORDS = tuple(f"recording-{word}" for word in ("start", "pause", "resume", "stop"))
AS_THEY_ARE = ("hold", "resume", "say", "transfer-cold", "transfer-warm", *RECORDS)


class Book(Protocol):
    async def transact(self, work: Callable[[sqlite3.Connection], Result], /) -> Result:
        """Alone; nothing of it stays if it raises."""
        ...


@attrs.frozen(kw_only=True)
class SimulatedCall:
    id: str
    call: str | None
    caller: str | None = attrs.field(repr=False)
    called: str | None = attrs.field(repr=False)
    inbound: bool
    status: str
    begun_at: datetime
    changed_at: datetime


@attrs.frozen(kw_only=True)
class Begun:
    """A call to be: `key` is what it is known by to whoever asks twice."""

    account: str
    key: str
    call: str | None
    caller: str | None = attrs.field(repr=False)
    called: str = attrs.field(repr=False)
    inbound: bool = False


@attrs.frozen(kw_only=True)
class Exchange:
    book: Book
    clock: Clock
    new_id: NewId
    chance: Chance = attrs.field(repr=False)

    async def begin(self, begun: Begun, script: Sequence[Beat] | None = None) -> SimulatedCall:
        """With the same key, it is the same call."""

        def begin(connection: sqlite3.Connection) -> SimulatedCall:
            self._begin(connection, begun, script)
            catch_up(connection, self.clock())
            return found(connection, begun.account, "key", begun.key)

        return await self.book.transact(begin)

    def _begin(
        self, connection: sqlite3.Connection, begun: Begun, script: Sequence[Beat] | None = None
    ) -> str | None:
        """None if there is one with that key already."""
        now = self.clock()
        id = f"SC{self.new_id().hex}"
        row = (begun.account, id, begun.key, begun.call, begun.caller, begun.called)
        written = connection.execute(
            "INSERT INTO calls VALUES (?, ?, ?, ?, ?, ?, ?, 'queued', ?, ?, 0)"
            " ON CONFLICT DO NOTHING",
            (*row, begun.inbound, now.timestamp(), now.timestamp()),
        ).rowcount
        if not written:
            return None
        other = begun.caller if begun.inbound else begun.called
        beats = script_for(other or "", self.chance) if script is None else script
        connection.executemany(
            "INSERT INTO beats (account, id, at, event) VALUES (?, ?, ?, ?)",
            [
                (begun.account, id, (now + timedelta(seconds=one.after)).timestamp(), one.event)
                for one in beats
            ],
        )
        return id

    async def look_up(self, account: str, id: str) -> SimulatedCall | None:
        """Raises nothing: who is not there is None."""
        try:
            return await self._asked(lambda connection: found(connection, account, "id", id))
        except TelephonyRefused:
            return None

    async def since(self, account: str, moment: datetime) -> Sequence[SimulatedCall]:
        """Without the legs that calls have made themselves."""

        def listed(connection: sqlite3.Connection) -> Sequence[SimulatedCall]:
            rows = connection.execute(SINCE, (account, moment.timestamp()))
            return [_call(row) for row in rows]

        return await self._asked(listed)

    async def hang_up(self, account: str, id: str) -> None:
        """A call that is down stays as it is. Raises TelephonyRefused."""

        def hang_up(connection: sqlite3.Connection) -> None:
            call = found(connection, account, "id", id)
            if call.status not in DOWN:
                happens(connection, account, id, _ended(call.status), self.clock())

        await self._asked(hang_up)

    async def do(self, account: str, id: str, what: str, *, key: str | None = None) -> None:
        """It changes nothing here but is told, and with the same key once.

        Raises TelephonyRefused.
        """

        def do(connection: sqlite3.Connection) -> None:
            if key is not None and not _is_new(connection, account, key):
                return
            if found(connection, account, "id", id).status != UP:
                raise TelephonyRefused(NOT_UP)
            happens(connection, account, id, what, self.clock())

        await self._asked(do)

    async def put_through(
        self, account: str, id: str, what: str, to: str, *, key: str, ends_it: bool
    ) -> None:
        """`to` is rung as a leg of the call, which goes with it; with `ends_it`, it with the leg.

        Raises TelephonyRefused.
        """

        def put_through(connection: sqlite3.Connection) -> None:
            if not _is_new(connection, account, key):
                return
            call = found(connection, account, "id", id)
            if call.status != UP:
                raise TelephonyRefused(NOT_UP)
            happens(connection, account, id, what, self.clock())
            begun = Begun(
                account=account, key=f"{key}-leg", call=call.call, caller=call.called, called=to
            )
            connection.execute(
                "INSERT INTO legs VALUES (?, ?, ?, ?)",
                (account, self._begin(connection, begun), id, ends_it),
            )
            catch_up(connection, self.clock())

        await self._asked(put_through)

    async def _asked(self, ask: Callable[[sqlite3.Connection], Result]) -> Result:
        def asked(connection: sqlite3.Connection) -> Result:
            catch_up(connection, self.clock())
            return ask(connection)

        return await self.book.transact(asked)


def _is_new(connection: sqlite3.Connection, account: str, key: str) -> bool:
    written = connection.execute(
        "INSERT INTO done VALUES (?, ?) ON CONFLICT DO NOTHING", (account, key)
    )
    return written.rowcount == 1


def catch_up(connection: sqlite3.Connection, now: datetime) -> None:
    """What should have happened by now does, in its order and at its time."""
    due = connection.execute(
        "SELECT account, id, event, at FROM beats WHERE at <= ? ORDER BY at, number",
        (now.timestamp(),),
    ).fetchall()
    for account, id, event, at in due:
        if found(connection, account, "id", id).status not in DOWN:
            happens(connection, account, id, event, _moment(at))
    connection.execute("DELETE FROM beats WHERE at <= ?", (now.timestamp(),))


def happens(
    connection: sqlite3.Connection, account: str, id: str, event: str, at: datetime
) -> None:
    status = None if event in AS_THEY_ARE else event
    (told,) = connection.execute(
        "UPDATE calls SET status = coalesce(?, status), changed_at = ?, told = told + 1"
        " WHERE account = ? AND id = ? RETURNING told",
        (status, at.timestamp(), account, id),
    ).fetchone()
    connection.execute(
        "INSERT INTO news (account, id, event, sequence, at, deliver_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (account, id, event, told - 1, at.timestamp(), at.timestamp()),
    )
    if event in DOWN:
        connection.execute("DELETE FROM beats WHERE account = ? AND id = ?", (account, id))
        for other in _that_go_with(connection, account, id):
            status = found(connection, account, "id", other).status
            if status not in DOWN:
                happens(connection, account, other, _ended(status), at)


def _ended(status: str) -> str:
    """How somebody ends a call that stands like this."""
    return "completed" if status == UP else "canceled"


def _that_go_with(connection: sqlite3.Connection, account: str, id: str) -> Sequence[str]:
    """The legs of a call; and the call itself, where it was handed on to this leg."""
    rows = connection.execute(
        "SELECT id FROM legs WHERE account = ? AND of = ?"
        " UNION SELECT of FROM legs WHERE account = ? AND id = ? AND ends_it",
        (account, id, account, id),
    )
    return [str(other) for (other,) in rows.fetchall()]


CALLS = "SELECT id, call, caller, called, inbound, status, begun_at, changed_at FROM calls"
SINCE = (
    "SELECT id, call, caller, called, inbound, status, begun_at, changed_at"
    " FROM calls LEFT JOIN legs USING (account, id)"
    " WHERE account = ? AND begun_at >= ? AND of IS NULL ORDER BY begun_at, id"
)
BY = {
    "id": f"{CALLS} WHERE account = ? AND id = ?",
    "key": f"{CALLS} WHERE account = ? AND key = ?",
}


def found(connection: sqlite3.Connection, account: str, by: str, name: str) -> SimulatedCall:
    """Raises TelephonyRefused."""
    row = connection.execute(BY[by], (account, name)).fetchone()
    if row is None:
        raise TelephonyRefused(NO_SUCH_CALL)
    return _call(row)


def _call(row: Sequence[object]) -> SimulatedCall:
    id, call, caller, called, inbound, status, begun_at, changed_at = row
    return SimulatedCall(
        id=str(id),
        call=None if call is None else str(call),
        caller=None if caller is None else str(caller),
        called=None if called is None else str(called),
        inbound=bool(inbound),
        status=str(status),
        begun_at=_moment(begun_at),
        changed_at=_moment(changed_at),
    )


def _moment(seconds: object) -> datetime:
    return datetime.fromtimestamp(float(str(seconds)), timezone.utc)
