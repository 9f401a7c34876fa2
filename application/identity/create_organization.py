"""Begin an organization."""

import attrs

from application.identity.ports import IdentityWork
from application.kernel.ports import Clock, NewId, UnitOfWork
from domain.identity.organizations import Organization
from domain.identity.tiers import Tier
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId


@attrs.frozen(kw_only=True)
class CreateOrganization:
    """Whoever operates the program limits nobody unless they say so."""

    slug: str
    name: str
    tier: Tier = Tier.ENTERPRISE


@attrs.frozen(kw_only=True)
class CreateOrganizationHandler:
    unit_of_work: UnitOfWork[IdentityWork]
    clock: Clock
    new_id: NewId

    async def __call__(self, command: CreateOrganization, /) -> Organization:
        """Raises BadSlug or SlugTaken."""
        organization = Organization(
            id=OrganizationId(self.new_id()),
            slug=command.slug,
            name=command.name,
            created_at=self.clock(),
            tier=command.tier,
        )
        actor = Actor.system(organization.id)
        await self.unit_of_work(actor, lambda work: work.organizations.add(organization))
        return organization
