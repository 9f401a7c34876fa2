"""Word that something has been committed, so that nobody has to look for it all the time.

It may come for nothing, and it may fail to come: whoever waits for it looks now and then anyway.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TypeVar

import attrs
from sqlalchemy import Connection, Engine

from adapters.sql.database import Begin, Database
from domain.kernel.identifiers import OrganizationId

Result = TypeVar("Result")
Wait = Callable[[float], Awaitable[bool]]


@attrs.define(eq=False)
class Signal:
    """Wakes all who wait for it; what comes while they are busy is kept for their next wait."""

    _waiting: list[asyncio.Event] = attrs.field(factory=list, init=False)

    def __call__(self) -> None:
        for event in self._waiting:
            event.set()

    def waiter(self) -> Wait:
        """Waits for the signal, at most so many seconds; whether it came."""
        heard = asyncio.Event()
        self._waiting.append(heard)

        async def wait(at_most: float) -> bool:
            # Not `wait_for`: before Python 3.12 it keeps to itself that it was cancelled, if what
            # it waits for comes at the same moment.
            with suppress(TimeoutError):
                async with asyncio.timeout(at_most):
                    await heard.wait()
            came = heard.is_set()
            heard.clear()
            return came

        return wait

    @property
    def is_awaited(self) -> bool:
        return bool(self._waiting)


@attrs.define(eq=False)
class News:
    """`committed` is for whoever numbers events, `numbered` for whoever tells them.

    `here` is what other processes have to be told: what they tell us is not told back.
    """

    committed: Signal = attrs.field(factory=Signal)
    numbered: Signal = attrs.field(factory=Signal)
    here: Signal = attrs.field(factory=Signal)

    def committed_here(self) -> None:
        self.committed()
        self.here()


@attrs.frozen(kw_only=True)
class WatchedDatabase(Database):
    """Says so when something may have been committed."""

    database: Database
    committed: Callable[[], None]

    @property
    def engine(self) -> Engine:
        return self.database.engine

    async def write(
        self, work: Callable[[Connection], Result], /, *, of: OrganizationId
    ) -> Result:
        result = await self.database.write(work, of=of)
        self.committed()
        return result

    async def decide(
        self, work: Callable[[Connection, Begin], Result], /, *, of: OrganizationId
    ) -> Result:
        result = await self.database.decide(work, of=of)
        self.committed()
        return result

    async def read(
        self, question: Callable[[Connection], Result], /, *, of: OrganizationId
    ) -> Result:
        return await self.database.read(question, of=of)

    async def check(self) -> None:
        await self.database.check()

    async def close(self) -> None:
        await self.database.close()
