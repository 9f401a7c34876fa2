"""Fetch the file of an export, as whoever had it made or with a link."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import attrs

from application.analytics.export_ports import (
    Admission,
    Download,
    DownloadLinks,
    ExportViews,
    ExportWork,
)
from application.analytics.reports import Reports, must_be_allowed
from application.analytics.steer_export import visible
from application.kernel.ports import Clock, UnitOfWork
from domain.analytics.exports import Export, ExportState
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ExportId, OrganizationId


@attrs.frozen(kw_only=True)
class ExportFile:
    export: Export
    parts: AsyncIterator[bytes]


@attrs.frozen(kw_only=True)
class TakeExport:
    actor: Actor
    export_id: ExportId


@attrs.frozen(kw_only=True)
class TakeExportHandler:
    """It is noted, so that it is known who had it."""

    reports: Reports
    views: ExportViews
    unit_of_work: UnitOfWork[ExportWork]
    clock: Clock

    async def __call__(self, command: TakeExport, /) -> ExportFile:
        """Raises ExportNotFound, NotPermitted or ExportNotReady."""
        actor = command.actor
        export = visible(actor, await self.views.export(actor, command.export_id))
        must_be_allowed(actor, self.reports.called(export.ordered.report))
        return await noted(self.views, self.unit_of_work, self.clock, actor, export)


@attrs.frozen(kw_only=True)
class FollowLink:
    token: str


@attrs.frozen(kw_only=True)
class FollowLinkHandler:
    """Whoever has the link may have the file: it was given to them by somebody who might."""

    links: DownloadLinks
    admitted: Admission
    views: ExportViews
    unit_of_work: UnitOfWork[ExportWork]
    clock: Clock

    async def __call__(self, command: FollowLink, /) -> ExportFile:
        """Raises NoSuchDownload, DownloadExpired, ExportNotFound, ExportNotReady, or
        OrganizationDeactivated.
        """
        download = self.links.read(command.token)
        download.must_be_good(now=self.clock())
        actor = await self.admitted(Actor.system(download.organization_id))
        export = await self.views.export(actor, download.export_id)
        return await noted(self.views, self.unit_of_work, self.clock, actor, export)


async def noted(
    views: ExportViews,
    unit_of_work: UnitOfWork[ExportWork],
    clock: Clock,
    actor: Actor,
    export: Export,
) -> ExportFile:
    taken = export.taken(now=clock())

    def note(work: ExportWork) -> None:
        work.facts.publish(taken.events)

    await unit_of_work(actor, note)
    return ExportFile(export=export, parts=views.file(actor, export))


def download_of(
    organization_id: OrganizationId, export: Export, *, now: datetime, good_for: timedelta
) -> Download | None:
    """As long as there is a file to lead to."""
    if export.state is not ExportState.COMPLETED:
        return None
    return Download(
        organization_id=organization_id,
        export_id=export.id,
        expires_at=min(now + good_for, export.expires_at),
    )
