"""What organizations have set: remembered for an hour, forgotten at once when it is changed."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import attrs

from adapters.cache.access_leases import AccessLeases
from application.kernel.figures import UNTOLD, Figures
from application.kernel.settings import BusinessSettings
from application.kernel.told_figures import LOOKUPS
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId

MOST = 1000


@attrs.frozen
class Kept:
    values: Mapping[str, Any]
    version: int
    until: float


@attrs.frozen(kw_only=True, eq=False)
class RememberedSettings(BusinessSettings):
    """Settings change the version of access, so the leases that tell of it tell of both.

    With `most` organizations kept, it begins anew.
    """

    settings: BusinessSettings
    leases: AccessLeases
    seconds: Callable[[], float]
    keep_for: timedelta = timedelta(hours=1)
    most: int = MOST
    figures: Figures = UNTOLD
    _kept: dict[OrganizationId, Kept] = attrs.field(factory=dict, init=False)

    async def of(self, actor: Actor) -> Mapping[str, Any]:
        version = await self.leases.version(actor.organization_id)
        kept = self._kept.get(actor.organization_id)
        if kept is not None and kept.version == version and self.seconds() < kept.until:
            self.figures.add(LOOKUPS, "settings", "hit")
            return kept.values
        self.figures.add(LOOKUPS, "settings", "miss")
        # Asked after the version was: they may be newer than it, and are then asked for again.
        values = await self.settings.of(actor)
        if len(self._kept) >= self.most:
            self._kept.clear()
        until = self.seconds() + self.keep_for.total_seconds()
        self._kept[actor.organization_id] = Kept(values, version, until)
        return values
