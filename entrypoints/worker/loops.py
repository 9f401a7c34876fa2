"""Things done over and over, side by side, until they are stopped."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import attrs

from application.kernel.refusals import Unavailable
from entrypoints.worker.guard import Guard

logger = logging.getLogger(__name__)

FIRST_PAUSE = 0.2
LONGEST_PAUSE = 5.0


@attrs.frozen(kw_only=True)
class Task:
    """`work` says how much it found; as long as that is something, it is asked again at once.

    `sooner` waits for word that there may be something, at most so many seconds.
    """

    name: str
    every: float
    work: Callable[[], Awaitable[int]]
    sooner: Callable[[float], Awaitable[bool]] | None = None


@attrs.define
class Outage:
    """Told once when it begins and once when it ends, however many notice."""

    _is_on: bool = attrs.field(default=False, init=False)

    def noticed(self, error: Unavailable) -> None:
        if not self._is_on:
            logger.warning("the database is away; it is tried until it is back", exc_info=error)
        self._is_on = True

    def over(self) -> None:
        if self._is_on:
            logger.warning("the database is back")
        self._is_on = False


class Loops:
    """While the database is away, each loop asks for it less and less often."""

    def __init__(self, tasks: Sequence[Task], guard: Guard) -> None:
        self._tasks = tasks
        self._guard = guard
        self._outage = Outage()
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """What is under way is finished, nothing else is begun."""
        self._stopping.set()

    async def run(self) -> None:
        async with asyncio.TaskGroup() as running:
            for task in self._tasks:
                running.create_task(self._repeat(task), name=task.name)

    async def _repeat(self, task: Task) -> None:
        pause = FIRST_PAUSE
        while not self._stopping.is_set():
            try:
                found = await self._guard(task.name, task.work)
            except Unavailable as error:
                self._outage.noticed(error)
                await self._rest(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
            else:
                self._outage.over()
                await self._rest(0 if found else task.every, task.sooner)
                pause = FIRST_PAUSE

    async def _rest(
        self, seconds: float, sooner: Callable[[float], Awaitable[bool]] | None = None
    ) -> None:
        ends: set[asyncio.Future[Any]] = {asyncio.ensure_future(self._stopping.wait())}
        if seconds and sooner is not None:
            ends.add(asyncio.ensure_future(sooner(seconds)))
        await asyncio.wait(ends, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        for end in ends:
            end.cancel()
