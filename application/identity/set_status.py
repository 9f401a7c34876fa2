"""Suspend an organization, deactivate it, or let it go on. For those who operate the program."""

import attrs

from application.identity.ports import IdentityWork
from application.kernel.ports import Clock, UnitOfWork
from domain.identity.organizations import Organization, OrganizationStatus
from domain.kernel.actors import Actor


@attrs.frozen(kw_only=True)
class SetOrganizationStatus:
    """With bookings to come, it is deactivated only `even_if_booked`."""

    actor: Actor
    status: OrganizationStatus
    even_if_booked: bool = False


@attrs.frozen(kw_only=True)
class SetOrganizationStatusHandler:
    unit_of_work: UnitOfWork[IdentityWork]
    clock: Clock

    async def __call__(self, command: SetOrganizationStatus, /) -> Organization:
        """Doing it twice changes nothing. Raises OrganizationInUse."""

        def set_status(work: IdentityWork) -> Organization:
            organization = work.organizations.own()
            if organization.status is command.status:
                return organization
            now = self.clock()
            if command.status is OrganizationStatus.DEACTIVATED and not command.even_if_booked:
                work.usages.counted(now=now).must_be_over()
            work.access.changed()
            return work.organizations.save(organization.become(command.status, now=now))

        return await self.unit_of_work(command.actor, set_status)
