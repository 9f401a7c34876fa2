"""What may be asked about archives of histories."""

from datetime import datetime
from typing import Protocol

import attrs

from application.kernel.pages import Page, Slice
from domain.identity.archives import Archive
from domain.kernel.actors import Actor
from domain.kernel.histories import History
from domain.kernel.identifiers import ArchiveId


@attrs.frozen(kw_only=True)
class ArchiveFilter:
    """None stands for any; the times are of when they were made."""

    history: History | None = None
    since: datetime | None = None
    until: datetime | None = None


class ArchiveViews(Protocol):
    async def archives(
        self, actor: Actor, wanted: ArchiveFilter, *, slice: Slice
    ) -> Page[Archive]:
        """Oldest first."""
        ...

    async def archive(self, actor: Actor, archive_id: ArchiveId) -> Archive:
        """Raises ArchiveNotFound."""
        ...

    async def content(self, actor: Actor, archive_id: ArchiveId) -> bytes:
        """Lines of JSON, compressed by gzip (RFC 1952). Raises ArchiveNotFound."""
        ...
