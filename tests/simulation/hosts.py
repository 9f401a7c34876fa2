"""Machines on which the program runs: each has a clock of its own, and may crash."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from contextvars import copy_context
from datetime import datetime, timedelta, timezone
from typing import Any, TypeVar

import attrs

from tests.simulation.faults import Faults
from tests.simulation.loop import PLACE, Loop
from tests.simulation.sqlite import Files, failed, lost

Result = TypeVar("Result")

BEGINNING = datetime(2030, 1, 7, 8, tzinfo=timezone.utc)


@attrs.define(eq=False)
class Clock:
    """How far it is off, in seconds, and how much it gains in a second."""

    loop: Loop
    off: float = 0.0
    gains: float = 0.0

    def __call__(self) -> datetime:
        now = self.loop.time()
        return BEGINNING + timedelta(seconds=round(now + self.off + now * self.gains, 6))


@attrs.define(eq=False)
class Host:
    """One life of a machine, from its start to its crash."""

    name: str
    loop: Loop
    faults: Faults
    clock: Clock
    files: Files
    committed: Callable[["Host"], None]
    found: Callable[[str, str], None] = attrs.field(default=lambda _, __: None, init=False)
    is_dead: bool = attrs.field(default=False, init=False)
    _connections: list[sqlite3.Connection] = attrs.field(factory=list, init=False)

    def run(self, work: Callable[[], Awaitable[Result]]) -> asyncio.Task[Result]:
        """All that comes of it belongs to this host."""
        context = copy_context()
        context.run(PLACE.set, self)
        task: asyncio.Task[Any] = self.loop.create_task(_awaited(work), context=context)
        return task

    def crash(self) -> None:
        """What it had not committed is undone, what it was at is never heard of again."""
        self.is_dead = True
        self.loop.drop_the_dead()
        for raw in self._connections:
            self.files.close(raw)
        self._connections.clear()

    def open(self) -> sqlite3.Connection:
        raw = self.files.open()
        self._connections.append(raw)
        return raw

    def close(self, raw: sqlite3.Connection) -> None:
        if not self.is_dead:
            self._connections.remove(raw)
            self.files.close(raw)

    async def before(self, statement: str) -> None:
        chance, strikes = self.faults.chance("statements take their time"), self.faults.strikes
        late = chance.random()
        if late < 0.3:
            await asyncio.sleep(0)
        elif late < 0.4:
            await asyncio.sleep(late / 100)
        if strikes("statement is slow"):
            await asyncio.sleep(chance.uniform(0.05, 3))
        self._perhaps_fails(statement)

    def _perhaps_fails(self, statement: str) -> None:
        strikes = self.faults.strikes
        if statement == "COMMIT":
            if strikes("commit fails"):
                raise failed()
        elif statement != "ROLLBACK":
            if strikes("statement fails"):
                raise failed()
            if strikes("connection is lost"):
                raise lost()

    def after(self, statement: str) -> None:
        if statement == "COMMIT":
            self.committed(self)
            if self.faults.strikes("commit is not answered"):
                raise lost()


async def _awaited(work: Callable[[], Awaitable[Result]]) -> Result:
    return await work()
