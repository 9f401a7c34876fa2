"""Things that come while others like them are being written are written together.

Whoever comes first goes at once, and by itself. What comes meanwhile waits, and goes in one
transaction when that is done: the busier it is, the more of them share a commit. Nobody is
answered before the commit that holds what they brought.
"""

import logging
from asyncio import Future, Task, gather, get_running_loop
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextvars import Context
from typing import Generic, TypeVar

import attrs

from application.kernel.ports import Stale
from application.kernel.refusals import Unavailable

Key = TypeVar("Key")
Item = TypeVar("Item")
Outcome = TypeVar("Outcome")

logger = logging.getLogger(__name__)

Group = Sequence[tuple[Item, Future[Outcome]]]

LARGEST_GROUP = 64


@attrs.define(eq=False, kw_only=True)
class Together(Generic[Key, Item, Outcome]):
    """`many` says for each what came of it, None for one that has to go alone; if it raises,
    nothing has happened, and all of them go alone: one that cannot be written sinks no other.
    """

    alone: Callable[[Key, Item], Awaitable[Outcome]]
    many: Callable[[Key, Sequence[Item]], Awaitable[Sequence[Outcome | None]]]
    _waiting: dict[Key, deque[tuple[Item, Future[Outcome]]]] = attrs.field(
        factory=dict, init=False
    )
    _tasks: set[Task[None]] = attrs.field(factory=set, init=False)

    async def __call__(self, key: Key, item: Item, /) -> Outcome:
        waiting = self._waiting.get(key)
        if waiting is not None:
            outcome: Future[Outcome] = get_running_loop().create_future()
            waiting.append((item, outcome))
            return await outcome
        self._waiting[key] = deque()
        try:
            return await self.alone(key, item)
        finally:
            self._go_on(key)

    def _go_on(self, key: Key) -> None:
        if not self._waiting[key]:
            del self._waiting[key]
            return
        # In a context of its own: what is known of the first request is not true of the others.
        task = get_running_loop().create_task(self._work_off(key), context=Context())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _work_off(self, key: Key) -> None:
        waiting = self._waiting[key]
        try:
            while waiting:
                await self._write_some(key, waiting)
        finally:
            for _, outcome in self._waiting.pop(key):
                outcome.cancel()

    async def _write_some(self, key: Key, waiting: deque[tuple[Item, Future[Outcome]]]) -> None:
        group = [waiting.popleft() for _ in range(min(len(waiting), LARGEST_GROUP))]
        try:
            await self._write(key, [pair for pair in group if not pair[1].done()])
        finally:
            for _, outcome in group:
                outcome.cancel()  # which does nothing to what has been answered

    async def _write(self, key: Key, group: Group[Item, Outcome]) -> None:
        try:
            known = await self._together(key, group)
        except Unavailable as error:
            for _, outcome in group:
                _fail(outcome, error)
            return
        left = []
        for (item, outcome), one in zip(group, known, strict=True):
            if one is None:
                left.append(self._alone(key, item, outcome))
            else:
                _answer(outcome, one)
        await gather(*left)

    async def _together(self, key: Key, group: Group[Item, Outcome]) -> Sequence[Outcome | None]:
        """None for each that has to go alone."""
        if len(group) > 1:
            try:
                return await self.many(key, [item for item, _ in group])
            except Unavailable:
                raise
            except Stale:
                pass  # somebody else was faster with one of them
            except Exception:
                logger.exception("%d could not be written together, and go one by one", len(group))
        return [None] * len(group)

    async def _alone(self, key: Key, item: Item, outcome: Future[Outcome]) -> None:
        try:
            known = await self.alone(key, item)
        except Exception as error:  # noqa: BLE001  (it is the answer)
            _fail(outcome, error)
        else:
            _answer(outcome, known)


def _answer(outcome: Future[Outcome], known: Outcome) -> None:
    if not outcome.done():
        outcome.set_result(known)


def _fail(outcome: Future[Outcome], error: Exception) -> None:
    if not outcome.done():
        outcome.set_exception(error)
