"""Whose a slug is: asked once, and kept for as long as the program runs."""

import attrs

from application.identity.people_ports import PeopleViews, Slugs
from domain.kernel.identifiers import OrganizationId

MOST = 100_000


@attrs.frozen(kw_only=True, eq=False)
class RememberedSlugs(Slugs):
    """Nothing has to be forgotten: a slug stays with its organization, and is never given again.

    Only those that are somebody's are kept: guessing fills no memory.
    """

    views: PeopleViews
    most: int = MOST
    _kept: dict[str, OrganizationId] = attrs.field(factory=dict, init=False)

    async def __call__(self, slug: str, /) -> OrganizationId | None:
        kept = self._kept.get(slug)
        if kept is not None:
            return kept
        found = await self.views.organization_called(slug)
        if found is not None:
            if len(self._kept) >= self.most:
                self._kept.clear()
            self._kept[slug] = found
        return found
