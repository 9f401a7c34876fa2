"""Routes of archives: histories that were forgotten, as files."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation
from msgspec import Meta

from application.identity.archive_views import ArchiveFilter, ArchiveViews
from application.identity.take_archive import ArchiveFile, TakeArchive
from application.kernel.pages import BadCursor
from application.kernel.ports import UseCase
from domain.identity.archives import Archive, ArchiveNotFound
from domain.kernel.actors import Permission
from domain.kernel.histories import History
from domain.kernel.identifiers import ArchiveId
from entrypoints.http.answers import answer, respond
from entrypoints.http.operations import Operation
from entrypoints.http.paging import LARGEST_PAGE, Cursors, Next, PageQuery
from entrypoints.http.reading import Query
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import FarOff, Identifier, Moment, Output, sensible

AnyRequest = Request[Any, Any, Any]
Views = NamedDependency[SkipValidation[ArchiveViews]]

GZIP = "application/gzip"
MOST_BYTES = 2**31 - 1

File = Annotated[str, Meta(max_length=MOST_BYTES, extra_json_schema={"format": "binary"})]
Digest = Annotated[
    str,
    Meta(
        min_length=64,
        max_length=64,
        pattern=r"^[0-9a-f]{64}$(?!\n)",
        description="SHA-256 of the file, in hexadecimal digits.",
        examples=["0" * 64],
    ),
]


class ArchiveQuery(PageQuery, frozen=True):
    """`since` and `until` are about when an archive was made."""

    history: History | None = None
    since: Moment | None = None
    until: Moment | None = None

    def wanted(self) -> ArchiveFilter:
        """Raises FarOff."""
        return ArchiveFilter(
            history=self.history, since=sensible(self.since), until=sensible(self.until)
        )


class ArchiveBody(Output, frozen=True):
    """All that is in the file is from before the moment `before`; `size` is in bytes."""

    id: Identifier
    history: History
    before: Moment
    archived_at: Moment
    rows: Annotated[int, Meta(ge=1, le=MOST_BYTES, examples=[1000])]
    size: Annotated[int, Meta(ge=1, le=MOST_BYTES, examples=[24_381])]
    digest: Digest

    @classmethod
    def of(cls, archive: Archive) -> "ArchiveBody":
        return cls(
            id=archive.id,
            history=archive.history,
            before=archive.before,
            archived_at=archive.archived_at,
            rows=archive.rows,
            size=archive.size,
            digest=archive.digest,
        )


class ArchivePage(Output, frozen=True):
    items: Annotated[Sequence[ArchiveBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None


PAGE = Query(ArchiveQuery)


@get(
    "/v1/archives",
    opt=Operation(
        tag="audit",
        needs=Permission.READ_AUDIT,
        query=PAGE,
        shows=ArchivePage,
        refuses=(BadCursor, FarOff),
    ).opt,
)
async def list_archives(request: AnyRequest, archive_views: Views) -> Response[bytes]:
    """What was forgotten and archived, oldest first."""
    query, cursors = PAGE.of(request), Cursors.of(request)
    page = await archive_views.archives(
        actor_of(request), query.wanted(), slice=cursors.slice(query)
    )
    items = [ArchiveBody.of(archive) for archive in page.items]
    return cursors.respond(ArchivePage(items=items, next=cursors.write(page.next)))


@get(
    "/v1/archives/{archive_id:uuid}",
    opt=Operation(
        tag="audit", needs=Permission.READ_AUDIT, shows=ArchiveBody, refuses=(ArchiveNotFound,)
    ).opt,
)
async def read_archive(
    request: AnyRequest, archive_id: FromPath[UUID], archive_views: Views
) -> Response[bytes]:
    """What is in an archive, and how it is known that it is whole."""
    archive = await archive_views.archive(actor_of(request), ArchiveId(archive_id))
    return respond(answer(ArchiveBody.of(archive)))


@get(
    "/v1/archives/{archive_id:uuid}/file",
    opt=Operation(
        tag="audit",
        needs=Permission.READ_AUDIT,
        shows=File,
        media_type=GZIP,
        refuses=(ArchiveNotFound,),
    ).opt,
)
async def take_archive(
    request: AnyRequest,
    archive_id: FromPath[UUID],
    take_archive: NamedDependency[SkipValidation[UseCase[TakeArchive, ArchiveFile]]],
) -> Response[bytes]:
    """The rows, a line of JSON each, compressed by gzip. That it was taken is on the trail."""
    command = TakeArchive(actor=actor_of(request), archive_id=ArchiveId(archive_id))
    file = await take_archive(command)
    name = f'attachment; filename="{file.archive.filename}"'
    return Response(file.content, media_type=GZIP, headers={"Content-Disposition": name})


router = Router("/", route_handlers=[list_archives, read_archive, take_archive])
