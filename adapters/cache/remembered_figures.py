"""Figures that were asked for: remembered for minutes, but only until others are counted."""

import math
from collections.abc import Awaitable, Callable, Hashable
from datetime import timedelta
from typing import Any, TypeVar

import attrs
from aiocache import SimpleMemoryCache  # type: ignore[import-untyped]

from adapters.cache.shared_questions import SharedQuestions
from application.kernel.figures import UNTOLD, Figures
from application.kernel.told_figures import LOOKUPS
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId

MOST = 200
LARGEST = 400
"""Parts of an answer: a year by day."""

Answer = TypeVar("Answer")
Asking = Callable[[], Awaitable[Any]]


@attrs.frozen(kw_only=True)
class Wanted:
    """Whoever wants the same of the same edition may share the answer."""

    organization_id: OrganizationId
    what: str
    question: Hashable
    edition: int
    ask: Asking = attrs.field(eq=False)

    @property
    def key(self) -> Hashable:
        return self.organization_id, self.what, self.question


@attrs.frozen
class Kept:
    answer: Any
    edition: int


def _memory() -> SimpleMemoryCache:
    return SimpleMemoryCache(timeout=None)  # else every look is a task with a timer


@attrs.frozen(kw_only=True, eq=False)
class RememberedFigures:
    """Several who want the same at once ask it once.

    With `most` answers kept, others are given without being kept, as are those that are too large.
    """

    keep_for: timedelta = timedelta(minutes=5)
    most: int = MOST
    figures: Figures = UNTOLD
    _kept: SimpleMemoryCache = attrs.field(factory=_memory, init=False)
    _questions: SharedQuestions[Wanted, Any] = attrs.field(init=False)

    @_questions.default
    def _shared(self) -> SharedQuestions[Wanted, Any]:
        # An answer of one edition is never about its past, however long it takes.
        return SharedQuestions(ask=self._look, seconds=lambda: 0.0, young=math.inf)

    async def __call__(
        self,
        actor: Actor,
        edition: int,
        what: str,
        question: Hashable,
        ask: Callable[[], Awaitable[Answer]],
    ) -> Answer:
        """`edition` was asked for before: what is found may be newer, and is then asked again."""
        wanted = Wanted(
            organization_id=actor.organization_id,
            what=what,
            question=question,
            edition=edition,
            ask=ask,
        )
        kept: Kept | None = await self._kept.get(wanted.key)
        if kept is not None and kept.edition == edition:
            self.figures.add(LOOKUPS, "figures", "hit")
            return kept.answer  # type: ignore[no-any-return]
        self.figures.add(LOOKUPS, "figures", "miss")
        return await self._questions(wanted)  # type: ignore[no-any-return]

    async def _look(self, wanted: Wanted) -> Any:
        found = await wanted.ask()
        small = not hasattr(found, "__len__") or len(found) <= LARGEST
        kept: Kept | None = await self._kept.get(wanted.key)
        room = kept is not None or await self._kept.raw("__len__") < self.most
        if small and room and (kept is None or kept.edition < wanted.edition):
            new = Kept(found, wanted.edition)
            await self._kept.set(wanted.key, new, ttl=self.keep_for.total_seconds())
        return found
