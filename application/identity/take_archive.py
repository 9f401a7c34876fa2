"""Fetch an archive: it is noted, so that it is known who had it."""

import attrs

from application.identity.archive_views import ArchiveViews
from application.identity.ports import IdentityWork
from application.kernel.ports import Clock, UnitOfWork
from domain.identity.archives import Archive
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ArchiveId


@attrs.frozen(kw_only=True)
class TakeArchive:
    actor: Actor
    archive_id: ArchiveId


@attrs.frozen
class ArchiveFile:
    archive: Archive
    content: bytes


@attrs.frozen(kw_only=True)
class TakeArchiveHandler:
    views: ArchiveViews
    unit_of_work: UnitOfWork[IdentityWork]
    clock: Clock

    async def __call__(self, command: TakeArchive, /) -> ArchiveFile:
        """Raises ArchiveNotFound."""
        archive = await self.views.archive(command.actor, command.archive_id)
        content = await self.views.content(command.actor, command.archive_id)

        def note(work: IdentityWork) -> None:
            work.facts.publish([archive.taken(now=self.clock())])

        await self.unit_of_work(command.actor, note)
        return ArchiveFile(archive, content)
