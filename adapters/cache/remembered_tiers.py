"""Tiers of organizations, remembered until something about an organization is changed."""

import attrs

from adapters.cache.access_leases import AccessLeases
from application.identity.count_requests import Tiers
from application.identity.ports import AsOf, OrganizationViews
from application.kernel.figures import UNTOLD, Figures
from application.kernel.told_figures import LOOKUPS
from domain.identity.tiers import Tier
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId

MOST = 100_000


@attrs.frozen(kw_only=True, eq=False)
class RememberedTiers(Tiers):
    """A change of tier is a change of access, so the version of access tells of it."""

    views: OrganizationViews
    leases: AccessLeases
    figures: Figures = UNTOLD
    _kept: dict[OrganizationId, AsOf[Tier]] = attrs.field(factory=dict, init=False)

    async def __call__(self, organization_id: OrganizationId, /) -> Tier:
        version = await self.leases.version(organization_id)
        kept = self._kept.get(organization_id)
        fresh = kept is not None and kept.version == version
        self.figures.add(LOOKUPS, "tiers", "hit" if fresh else "miss")
        if kept is None or kept.version != version:
            # The version is the older of the two: at worst it is asked once too often.
            organization = await self.views.organization(Actor.system(organization_id))
            kept = AsOf(organization.tier, version)
            if len(self._kept) >= MOST:
                self._kept.clear()
            self._kept[organization_id] = kept
        return kept.value
