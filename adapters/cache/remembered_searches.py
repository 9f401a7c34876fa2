"""What was found: remembered for a while, and forgotten at once when something else may be."""

from datetime import timedelta

import attrs
from aiocache import SimpleMemoryCache  # type: ignore[import-untyped]

from application.documentation.views import Found, PassageSearch, PassageViews
from application.kernel.figures import UNTOLD, Figures
from application.kernel.told_figures import LOOKUPS
from domain.kernel.actors import Actor

MOST = 1000


def _memory() -> SimpleMemoryCache:
    return SimpleMemoryCache(timeout=None)  # else every look is a task with a timer


@attrs.frozen(kw_only=True, eq=False)
class RememberedSearches(PassageViews):
    """Whoever searches asks for the edition first, which costs next to nothing.

    With `most` answers kept, others are given without being kept.
    """

    views: PassageViews
    keep_for: timedelta = timedelta(minutes=15)
    most: int = MOST
    figures: Figures = UNTOLD
    _kept: SimpleMemoryCache = attrs.field(factory=_memory, init=False)

    async def edition(self, actor: Actor) -> int:
        return await self.views.edition(actor)

    async def search(self, actor: Actor, wanted: PassageSearch) -> Found:
        # Asked before the search: what is found may be newer, and is then looked for again.
        edition = await self.views.edition(actor)
        key = (actor.organization_id, edition, wanted)
        kept: Found | None = await self._kept.get(key)
        if kept is not None:
            self.figures.add(LOOKUPS, "searches", "hit")
            return kept
        self.figures.add(LOOKUPS, "searches", "miss")
        found = await self.views.search(actor, wanted)
        if await self._kept.raw("__len__") < self.most:
            await self._kept.set(key, found, ttl=self.keep_for.total_seconds())
        return found
