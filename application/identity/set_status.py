"""Suspend an organization, deactivate it, or let it go on. For those who operate the program."""

import attrs

from application.identity.ports import IdentityWork
from application.kernel.ports import Clock, UnitOfWork
from domain.identity.organizations import Organization, OrganizationStatus
from domain.kernel.actors import Actor


@attrs.frozen(kw_only=True)
class SetOrganizationStatus:
    actor: Actor
    status: OrganizationStatus


@attrs.frozen(kw_only=True)
class SetOrganizationStatusHandler:
    unit_of_work: UnitOfWork[IdentityWork]
    clock: Clock

    async def __call__(self, command: SetOrganizationStatus, /) -> Organization:
        """Doing it twice changes nothing."""

        def set_status(work: IdentityWork) -> Organization:
            organization = work.organizations.own()
            if organization.status is command.status:
                return organization
            work.access.changed()
            return work.organizations.save(organization.become(command.status, now=self.clock()))

        return await self.unit_of_work(command.actor, set_status)
