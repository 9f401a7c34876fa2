"""Find passages of documentation in a call: few, and none that hardly fits."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import attrs

from application.documentation.views import Found, PassageSearch, PassageViews
from application.kernel.settings import BusinessSettings
from domain.kernel.actors import Actor
from domain.kernel.knowledge_settings import LEAST_FIT, MOST_FOUND

OF_A_PERCENT = 10  # thousandths


@attrs.frozen(kw_only=True)
class PassagesInCalls(PassageViews):
    """As the organization has set it; for whoever acts in no call, all there is."""

    views: PassageViews
    must_be_up: Callable[[Actor], Awaitable[None]]
    settings: BusinessSettings

    async def edition(self, actor: Actor) -> int:
        return await self.views.edition(actor)

    async def search(self, actor: Actor, wanted: PassageSearch) -> Found:
        """Raises CallNotFound, CallOver or NotPermitted where the actor acts in a call."""
        if actor.call_id is None:
            return await self.views.search(actor, wanted)
        await self.must_be_up(actor)
        return await self._few(actor, wanted, await self.settings.of(actor))

    async def _few(self, actor: Actor, wanted: PassageSearch, values: Mapping[str, Any]) -> Found:
        """Of the best ones; what does not fit any more is the end of it."""
        left = max(0, values[MOST_FOUND.key] - wanted.skip)
        least = values[LEAST_FIT.key] * OF_A_PERCENT
        limit = max(1, min(wanted.limit, left))
        found = await self.views.search(actor, attrs.evolve(wanted, limit=limit))
        fitting = [one for one in found.passages[:left] if one.fit >= least]
        more = found.more and limit < left and len(fitting) == limit
        return attrs.evolve(found, passages=fitting, more=more)
