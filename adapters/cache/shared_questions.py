"""Questions that several ask at the same time, and one asks for all of them."""

from asyncio import Task, create_task, shield
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

import attrs

Key = TypeVar("Key")
Answer = TypeVar("Answer")


@attrs.define(eq=False)
class Question(Generic[Answer]):
    asked_at: float
    task: Task[Answer]


@attrs.frozen(kw_only=True, eq=False)
class SharedQuestions(Generic[Key, Answer]):
    """Whoever comes within `young` seconds of a question shares its answer.

    Later than that it might be about the past, and they ask one of their own.
    """

    ask: Callable[[Key], Awaitable[Answer]]
    seconds: Callable[[], float]
    young: float
    _asking: dict[Key, Question[Answer]] = attrs.field(factory=dict, init=False)

    async def __call__(self, key: Key) -> Answer:
        asking, now = self._asking.get(key), self.seconds()
        if asking is None or now >= asking.asked_at + self.young:
            # A task of its own: whoever asked first may go away without taking the answer along.
            asking = Question(now, create_task(self._answer(key)))
            self._asking[key] = asking
            asking.task.add_done_callback(lambda _: self._forget(key, asking))
        return await shield(asking.task)

    async def _answer(self, key: Key) -> Answer:
        return await self.ask(key)

    def _forget(self, key: Key, asked: Question[Answer]) -> None:
        if self._asking.get(key) is asked:
            del self._asking[key]
