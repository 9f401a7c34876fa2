"""Routes of exports: reports made into files in the background."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, Router, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation
from msgspec import Meta

from application.analytics.asking import Asking
from application.analytics.export_ports import (
    DownloadExpired,
    DownloadLinks,
    ExportViews,
    NoSuchDownload,
)
from application.analytics.reports import BadFilter, ReportNotFound, UnknownFilter
from application.analytics.request_export import FormatNotAvailable, RequestExport
from application.analytics.steer_export import CancelExport, DeleteExport, sees_all, visible
from application.analytics.tables import MEDIA_TYPES
from application.analytics.take_export import ExportFile, FollowLink, TakeExport
from application.kernel.pages import BadCursor
from application.kernel.ports import Clock, UseCase
from domain.analytics.exports import Export, ExportNotFound, ExportNotReady, ExportOver
from domain.analytics.intervals import TooManyIntervals
from domain.identity.organizations import OrganizationDeactivated, OrganizationNotFound
from domain.identity.request_limits import Counted
from domain.identity.tiers import NotInTier
from domain.kernel.actors import Permission
from domain.kernel.identifiers import ExportId
from domain.kernel.periods import BadDates, BadPeriod, UnknownZone
from entrypoints.http.answers import answer, respond, worded
from entrypoints.http.export_shapes import (
    ExportBody,
    ExportInput,
    ExportPage,
    download_body,
)
from entrypoints.http.figure_shapes import span_of
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Operation
from entrypoints.http.paging import Cursors, PageQuery
from entrypoints.http.reading import Body, Query, no_body
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import FarOff
from entrypoints.http.streaming import Streamed
from entrypoints.wiring.settings import Settings

AnyRequest = Request[Any, Any, Any]
Now = NamedDependency[SkipValidation[Clock]]
Views = NamedDependency[SkipValidation[ExportViews]]

FILE = "application/octet-stream"
File = Annotated[str, Meta(max_length=2**40, extra_json_schema={"format": "binary"})]

EXPORT: Body[ExportInput] = Body(
    ExportInput,
    examples={
        "calls of March": {
            "report": "calls",
            "format": "csv",
            "from": "2027-03-01T00:00:00Z",
            "until": "2027-04-01T00:00:00Z",
            "zone": "Europe/Lisbon",
            "filters": {"status": "completed"},
        },
        "bookings of the week": {"report": "bookings", "format": "jsonl"},
    },
)
PAGE = Query(PageQuery)

_requested = worded(
    ExportBody.of,
    status=202,
    version=lambda export: export.version,
    location=lambda export: f"/v1/exports/{export.id}",
)
_changed = worded(ExportBody.of, version=lambda export: export.version)


@post(
    "/v1/exports",
    status_code=202,
    opt=Operation(
        tag="reports",
        needs=Permission.EXPORT,
        status=202,
        sends=(IDEMPOTENCY_KEY,),
        body=EXPORT,
        shows=ExportBody,
        counts_as=Counted.EXPORT,
        refuses=(
            ReportNotFound,
            FormatNotAvailable,
            UnknownFilter,
            BadFilter,
            TooManyIntervals,
            BadPeriod,
            BadDates,
            FarOff,
            UnknownZone,
            NotInTier,
        ),
    ).opt,
)
async def request_export(
    request: AnyRequest,
    asking: NamedDependency[SkipValidation[Asking]],
    request_export: NamedDependency[SkipValidation[UseCase[RequestExport, Export]]],
) -> Response[bytes]:
    """Have a report made into a file, in the background; `state` says when it is there."""
    data, actor = await EXPORT.of(request), actor_of(request)
    key = await IdempotencyKey.of(request)
    command = RequestExport(
        actor=actor,
        report=data.report,
        format=data.format,
        question=data.question(await span_of(data, actor, asking)),
        once=key.once(_requested),
    )
    return respond(_requested(await request_export(command)))


@get(
    "/v1/exports",
    opt=Operation(
        tag="reports",
        needs=Permission.EXPORT,
        query=PAGE,
        shows=ExportPage,
        refuses=(BadCursor,),
    ).opt,
)
async def list_exports(request: AnyRequest, export_views: Views) -> Response[bytes]:
    """Your exports, oldest first; with `audit:read`, everybody's."""
    actor, cursors = actor_of(request), Cursors.of(request)
    page = await export_views.exports(
        actor, everybodys=sees_all(actor), slice=cursors.slice(PAGE.of(request))
    )
    items = [ExportBody.of(export) for export in page.items]
    return cursors.respond(ExportPage(items=items, next=cursors.write(page.next)))


@get(
    "/v1/exports/{export_id:uuid}",
    opt=Operation(
        tag="reports", needs=Permission.EXPORT, shows=ExportBody, refuses=(ExportNotFound,)
    ).opt,
)
async def read_export(
    request: AnyRequest,
    export_id: FromPath[UUID],
    export_views: Views,
    download_links: NamedDependency[SkipValidation[DownloadLinks]],
    settings: NamedDependency[SkipValidation[Settings]],
    clock: Now,
) -> Response[bytes]:
    """How far an export is, and a link to its file once there is one."""
    actor = actor_of(request)
    export = visible(actor, await export_views.export(actor, ExportId(export_id)))
    download = download_body(
        download_links,
        actor.organization_id,
        export,
        now=clock(),
        good_for=settings.download_links_last,
    )
    return respond(answer(ExportBody.of(export, download), version=export.version))


@post(
    "/v1/exports/{export_id:uuid}/cancel",
    status_code=200,
    opt=Operation(
        tag="reports",
        needs=Permission.EXPORT,
        sends=(IDEMPOTENCY_KEY,),
        shows=ExportBody,
        refuses=(ExportNotFound, ExportOver),
    ).opt,
)
async def cancel_export(
    request: AnyRequest,
    export_id: FromPath[UUID],
    cancel_export: NamedDependency[SkipValidation[UseCase[CancelExport, Export]]],
) -> Response[bytes]:
    """Give an export up. What there is of its file is dropped."""
    await no_body(request)
    key = await IdempotencyKey.of(request)
    command = CancelExport(
        actor=actor_of(request),
        export_id=ExportId(export_id),
        once=key.once(_changed),
    )
    return respond(_changed(await cancel_export(command)))


@delete(
    "/v1/exports/{export_id:uuid}",
    status_code=200,
    opt=Operation(
        tag="reports",
        needs=Permission.EXPORT,
        shows=ExportBody,
        refuses=(ExportNotFound,),
    ).opt,
)
async def delete_export(
    request: AnyRequest,
    export_id: FromPath[UUID],
    delete_export: NamedDependency[SkipValidation[UseCase[DeleteExport, Export]]],
) -> Response[bytes]:
    """Delete an export and its file; links to it lead nowhere from then on."""
    await no_body(request)
    command = DeleteExport(actor=actor_of(request), export_id=ExportId(export_id))
    return respond(_changed(await delete_export(command)))


@get(
    "/v1/exports/{export_id:uuid}/file",
    opt=Operation(
        tag="reports",
        needs=Permission.EXPORT,
        shows=File,
        media_type=FILE,
        refuses=(ExportNotFound, ExportNotReady),
    ).opt,
)
async def take_export(
    request: AnyRequest,
    export_id: FromPath[UUID],
    take_export: NamedDependency[SkipValidation[UseCase[TakeExport, ExportFile]]],
) -> Streamed:
    """The file of an export."""
    command = TakeExport(actor=actor_of(request), export_id=ExportId(export_id))
    return _sent(await take_export(command))


@get(
    "/v1/downloads/{token:str}",
    opt=Operation(
        tag="reports",
        needs=None,
        shows=File,
        media_type=FILE,
        refuses=(
            NoSuchDownload,
            DownloadExpired,
            ExportNotFound,
            ExportNotReady,
            OrganizationNotFound,
            OrganizationDeactivated,
        ),
    ).opt,
)
async def follow_download_link(
    token: FromPath[str],
    follow_download_link: NamedDependency[SkipValidation[UseCase[FollowLink, ExportFile]]],
) -> Streamed:
    """The file that a link leads to: whoever has the link may have it until it expires."""
    return _sent(await follow_download_link(FollowLink(token=token)))


def _sent(file: ExportFile) -> Streamed:
    name = f'attachment; filename="{file.export.filename}"'
    media_type = MEDIA_TYPES[file.export.ordered.format]
    return Streamed(file.parts, media_type=media_type, headers={"Content-Disposition": name})


router = Router(
    "/",
    route_handlers=[
        request_export,
        list_exports,
        read_export,
        cancel_export,
        delete_export,
        take_export,
        follow_download_link,
    ],
)
