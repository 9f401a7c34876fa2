"""Call the organization something else; its slug stays."""

import attrs

from application.identity.ports import IdentityWork
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.identity.organizations import Organization
from domain.kernel.actors import Actor


@attrs.frozen(kw_only=True)
class RenameOrganization:
    """`version` is the one the caller has seen, or None for whichever there is."""

    actor: Actor
    name: str
    version: int | None


@attrs.frozen(kw_only=True)
class RenameOrganizationHandler:
    unit_of_work: UnitOfWork[IdentityWork]
    clock: Clock

    async def __call__(self, command: RenameOrganization, /) -> Organization:
        def rename(work: IdentityWork) -> Organization:
            organization = work.organizations.own()
            require_version(organization.version, command.version)
            return work.organizations.save(organization.renamed(command.name, now=self.clock()))

        return await self.unit_of_work(command.actor, rename)
