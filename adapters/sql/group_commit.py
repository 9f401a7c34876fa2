"""One thread that writes, and one COMMIT for all who wait for it.

Reaching the disk costs more than many small changes, so the writer takes every unit of work that
has queued up, runs each in a savepoint of its own, and commits them together. A unit that fails
takes back its own changes only. Nobody is told of success before the COMMIT; if that fails, all
of the group are told so.
"""

from asyncio import wrap_future
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextvars import Context, copy_context
from threading import Condition, Thread
from typing import Any, TypeVar, cast

import attrs
from sqlalchemy import Connection, Engine

Result = TypeVar("Result")
Outcome = tuple[Any, BaseException | None]

LARGEST_GROUP = 64


class Closed(Exception):
    """The writer takes no more work."""


@attrs.frozen
class Unit:
    work: Callable[[Connection], Any]
    context: Context = attrs.field(factory=copy_context)
    outcome: "Future[Outcome]" = attrs.field(factory=Future)

    def attempt(self, connection: Connection) -> Outcome:
        # Past SQLAlchemy: for statements as small as these its own share would be most of it.
        driver: Any = connection.connection.driver_connection
        driver.execute("SAVEPOINT unit")
        try:
            result = self.context.run(self.work, connection)
        except BaseException as error:
            if not driver.in_transaction:
                raise  # SQLite has taken everything back (a full disk), so the whole group fails
            driver.execute("ROLLBACK TO unit")
            driver.execute("RELEASE unit")
            return None, error
        driver.execute("RELEASE unit")
        return result, None


class GroupCommit:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._waiting: deque[Unit] = deque()
        self._closed = False
        self._changed = Condition()
        self._thread = Thread(target=self._write, name="sqlite-writer", daemon=True)
        self._thread.start()

    async def run(self, work: Callable[[Connection], Result]) -> Result:
        """A caller who is cancelled in the queue is skipped; later its unit runs to its end."""
        unit = Unit(work)
        with self._changed:
            if self._closed:
                raise Closed
            self._waiting.append(unit)
            self._changed.notify()
        result, error = await wrap_future(unit.outcome)
        if error is not None:
            raise error
        return cast(Result, result)

    def close(self) -> None:
        """Returns when all that was waiting is done."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join()

    def _write(self) -> None:
        while waiting := self._next_group():
            group = [unit for unit in waiting if unit.outcome.set_running_or_notify_cancel()]
            for unit, outcome in zip(group, self._commit(group), strict=True):
                unit.outcome.set_result(outcome)

    def _next_group(self) -> Sequence[Unit]:
        """Empty only when the writer is closed and nothing waits any more."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closed)
            size = min(len(self._waiting), LARGEST_GROUP)
            return [self._waiting.popleft() for _ in range(size)]

    def _commit(self, group: Sequence[Unit]) -> Sequence[Outcome]:
        try:
            with self._engine.begin() as connection:
                outcomes = [unit.attempt(connection) for unit in group]
        except BaseException as error:  # noqa: BLE001  (the thread outlives every failure)
            return [(None, error)] * len(group)
        return outcomes
