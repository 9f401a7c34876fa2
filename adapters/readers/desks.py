"""Desks as their organizations describe them."""

import attrs

from application.identity.ports import OrganizationViews
from application.kernel.settings import BusinessSettings
from application.notifications.ports import Desks
from domain.kernel.actors import Actor
from domain.notifications.desks import DeskCard


@attrs.frozen
class DescribedDesks(Desks):
    organizations: OrganizationViews
    settings: BusinessSettings

    async def of(self, actor: Actor) -> DeskCard:
        organization = await self.organizations.organization(actor)
        values = await self.settings.of(actor)
        return DeskCard(
            name=organization.name,
            address=values["desk.address"],
            phone=values["desk.phone"],
            email=values["desk.email"],
        )
