"""Note about the organization whatever it likes to find here again."""

from collections.abc import Mapping

import attrs

from application.identity.ports import IdentityWork
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.identity.organizations import Organization
from domain.kernel.actors import Actor


@attrs.frozen(kw_only=True)
class NoteMetadata:
    """In the place of all that was noted before. `version` as in RenameOrganization."""

    actor: Actor
    metadata: Mapping[str, str]
    version: int | None


@attrs.frozen(kw_only=True)
class NoteMetadataHandler:
    unit_of_work: UnitOfWork[IdentityWork]
    clock: Clock

    async def __call__(self, command: NoteMetadata, /) -> Organization:
        """Raises BadMetadata. Noting the same again changes nothing."""

        def note(work: IdentityWork) -> Organization:
            organization = work.organizations.own()
            require_version(organization.version, command.version)
            if organization.metadata == command.metadata:
                return organization
            return work.organizations.save(organization.noting(command.metadata, now=self.clock()))

        return await self.unit_of_work(command.actor, note)
