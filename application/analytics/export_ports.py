"""What exports need from outside, and what may be asked about them."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import ClassVar, Protocol

import attrs

from application.kernel.facts import Facts
from application.kernel.jobs import JobQueue
from application.kernel.pages import Page, Slice
from domain.analytics.exports import Export
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ExportId, OrganizationId
from domain.kernel.refusals import Conflict, NotFound


@attrs.frozen
class NoSuchDownload(NotFound):
    """Not one of ours, or changed on its way. What it was is not repeated."""

    code: ClassVar[str] = "no_such_download"

    def __str__(self) -> str:
        return "there is no file behind this link"


@attrs.frozen
class DownloadExpired(Conflict):
    code: ClassVar[str] = "download_expired"
    expired_at: datetime

    def __str__(self) -> str:
        return f"the link was good until {self.expired_at.isoformat()}"


class Exports(Protocol):
    def get(self, export_id: ExportId) -> Export:
        """Raises ExportNotFound."""
        ...

    def save(self, export: Export) -> Export:
        """Stores it, publishes its events and returns it with its next version.

        Raises Stale if it changed meanwhile.
        """
        ...

    def write(self, export: Export, part: bytes) -> None:
        """The last part of the file so far."""
        ...

    def put_by(self, export: Export, part: bytes) -> None:
        """The last part of its rows so far."""
        ...

    def drop_file(self, export: Export) -> None: ...

    def drop_rows(self, export: Export) -> None: ...

    def delete(self, export: Export) -> None:
        """With all its parts; publishes its events."""
        ...


class ExportWork(Protocol):
    """All that one transaction about exports may touch."""

    @property
    def exports(self) -> Exports: ...

    @property
    def facts(self) -> Facts: ...

    @property
    def jobs(self) -> JobQueue: ...


class ExportViews(Protocol):
    """Of the actor's organization; whose an export is, is for the asker to look at."""

    async def export(self, actor: Actor, export_id: ExportId) -> Export:
        """Raises ExportNotFound."""
        ...

    async def exports(self, actor: Actor, *, everybodys: bool, slice: Slice) -> Page[Export]:
        """Oldest first."""
        ...

    def file(self, actor: Actor, export: Export) -> AsyncIterator[bytes]:
        """Part by part."""
        ...

    def rows(self, actor: Actor, export: Export) -> AsyncIterator[bytes]:
        """Those that wait to become a file, part by part."""
        ...


@attrs.frozen(kw_only=True)
class Download:
    """Which file a link leads to. Whoever has the link may have the file until it expires."""

    organization_id: OrganizationId
    export_id: ExportId
    expires_at: datetime

    def must_be_good(self, *, now: datetime) -> None:
        """Raises DownloadExpired."""
        if now >= self.expires_at:
            raise DownloadExpired(self.expires_at)


class DownloadLinks(Protocol):
    def url(self, download: Download) -> str | None:
        """Nobody else can make one; None where links are not set up."""
        ...

    def read(self, token: str) -> Download:
        """Raises NoSuchDownload."""
        ...


class Admission(Protocol):
    async def __call__(self, actor: Actor, /) -> Actor:
        """As far as the actor's organization lets it. Raises OrganizationDeactivated."""
        ...
