"""What may be asked about archives of histories."""

from typing import Protocol

from application.kernel.pages import Page, Slice
from domain.identity.archives import Archive
from domain.kernel.actors import Actor
from domain.kernel.histories import History
from domain.kernel.identifiers import ArchiveId


class ArchiveViews(Protocol):
    async def archives(
        self, actor: Actor, *, history: History | None, slice: Slice
    ) -> Page[Archive]:
        """Oldest first; None stands for those of every history."""
        ...

    async def archive(self, actor: Actor, archive_id: ArchiveId) -> Archive:
        """Raises ArchiveNotFound."""
        ...

    async def content(self, actor: Actor, archive_id: ArchiveId) -> bytes:
        """Lines of JSON, compressed by gzip (RFC 1952). Raises ArchiveNotFound."""
        ...
