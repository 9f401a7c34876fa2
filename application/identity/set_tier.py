"""Move an organization to another tier. For those who operate the program."""

import attrs

from application.identity.ports import IdentityWork
from application.kernel.ports import Clock, UnitOfWork
from domain.identity.organizations import Organization
from domain.identity.tiers import Tier
from domain.kernel.actors import Actor


@attrs.frozen(kw_only=True)
class SetTier:
    actor: Actor
    tier: Tier


@attrs.frozen(kw_only=True)
class SetTierHandler:
    unit_of_work: UnitOfWork[IdentityWork]
    clock: Clock

    async def __call__(self, command: SetTier, /) -> Organization:
        """Doing it twice changes nothing."""

        def set_tier(work: IdentityWork) -> Organization:
            organization = work.organizations.own()
            if organization.tier is command.tier:
                return organization
            work.access.changed()
            return work.organizations.save(organization.move_to(command.tier, now=self.clock()))

        return await self.unit_of_work(command.actor, set_tier)
