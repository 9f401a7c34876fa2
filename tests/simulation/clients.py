"""Whoever asks the program for something, over a line on which answers get lost."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import attrs

from application.kernel.once import Answer, Once, Replayed
from application.kernel.refusals import TEMPORARY
from domain.kernel.refusals import Refusal

Ask = Callable[[Any], Awaitable[Any]]
"""Given a container, asks a use case of it."""

PATIENCE = 15.0
TRIES = 40


class NoAnswer(Exception):
    """Whether it was done, nobody knows."""


@attrs.define
class History:
    """What clients were told: by key all answers, by booking the last state acknowledged, by call
    the agents who were told that it is theirs.
    """

    answers: dict[str, set[bytes]] = attrs.field(factory=dict)
    states: dict[str, str] = attrs.field(factory=dict)
    had_by: dict[str, set[str]] = attrs.field(factory=dict)
    unheard: int = 0
    refused: set[str] = attrs.field(factory=set)
    asked: int = 0

    def told(self, key: str, body: bytes) -> None:
        self.answers.setdefault(key, set()).add(body)


def once(key: str, words: Callable[[Any], str]) -> Once[Any]:
    """An answer that is remembered under the key."""
    return Once(
        key=key,
        fingerprint=key.encode(),
        answer=lambda decision: Answer(status=200, body=words(decision).encode()),
    )


@attrs.frozen(kw_only=True)
class Client:
    """`anywhere` runs something at any host that is up, or raises NoAnswer."""

    anywhere: Callable[[Ask], asyncio.Task[Any]]
    history: History

    async def ask(self, ask: Ask) -> Any:
        """Once, and not again."""
        self.history.asked += 1
        task = self.anywhere(ask)
        await asyncio.wait({task}, timeout=PATIENCE)
        if not task.done():
            raise NoAnswer
        return task.result()

    async def insist(self, key: str, ask: Ask, words: Callable[[Any], str]) -> str:
        """Under one key, until there is an answer. Raises a refusal, or NoAnswer in the end."""
        for attempt in range(TRIES):
            try:
                decision = await self.ask(ask)
            except Replayed as replayed:
                self.history.told(key, replayed.answer.body)
                return replayed.answer.body.decode()
            except (*TEMPORARY, NoAnswer):
                self.history.unheard += 1
                await asyncio.sleep(min(2**attempt, 20) / 2)
            except Refusal:
                self.history.refused.add(key)
                raise
            else:
                said = words(decision)
                self.history.told(key, said.encode())
                return said
        raise NoAnswer
