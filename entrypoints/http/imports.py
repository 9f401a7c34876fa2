"""Routes of imports: much of the same, brought in from elsewhere."""

from collections.abc import Sequence
from io import StringIO
from typing import Annotated, Any
from uuid import UUID

from anyio import to_thread
from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation
from msgspec import Meta

from application.kernel.pages import BadCursor
from application.kernel.ports import UseCase
from application.kernel.rows import RowRefused
from application.pipelines.start_import import StartImport
from application.pipelines.views import ImportViews
from domain.identity.request_limits import Counted
from domain.identity.tiers import Feature, NotInTier
from domain.kernel.actors import Permission
from domain.kernel.identifiers import ImportId
from domain.pipelines.imports import Import, ImportNotFound, ImportState, ImportTarget
from entrypoints.http.answers import answer, respond, worded
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.importing.lines import BadHeader, Format
from entrypoints.http.importing.reading_rows import read_rows
from entrypoints.http.operations import Operation
from entrypoints.http.paging import LARGEST_PAGE, Cursors, Next, PageQuery
from entrypoints.http.reading import Body, Query
from entrypoints.http.refusals import TEXT
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import Identifier, Input, Output, Version

AnyRequest = Request[Any, Any, Any]

LONGEST_CONTENT = 10_000_000
LARGEST_BODY = 12_000_000  # bytes, however small others may have to be

Count = Annotated[int, Meta(ge=0, le=LONGEST_CONTENT, examples=[1000])]
Code = Annotated[str, Meta(max_length=64, pattern="^[a-z_]+$", examples=["malformed_row"])]
Content = Annotated[
    str,
    Meta(
        max_length=LONGEST_CONTENT,
        # Rows that are not to be stored are named one by one, not refused all together.
        extra_json_schema={"pattern": r"^[\s\S]*$"},
        description="A whole file, line by line. What is larger, `frontdesk import` takes.",
    ),
]


class ImportInput(Input, frozen=True):
    target: ImportTarget
    format: Format
    content: Content


class ImportBody(Output, frozen=True):
    """Of so many `rows`, `taken` have become something and `refused` have not."""

    id: Identifier
    version: Version
    target: ImportTarget
    state: ImportState
    rows: Count
    taken: Count
    refused: Count

    @classmethod
    def of(cls, import_: Import) -> "ImportBody":
        return cls(
            id=import_.id,
            version=import_.version,
            target=import_.target,
            state=import_.state,
            rows=import_.rows,
            taken=import_.taken,
            refused=import_.refused,
        )


class ImportPage(Output, frozen=True):
    items: Annotated[Sequence[ImportBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None


class RowRefusedBody(Output, frozen=True):
    """`line` is where the row stands in the file; `field` is to blame, if one is."""

    line: Annotated[int, Meta(ge=1, le=LONGEST_CONTENT, examples=[17])]
    code: Code
    field: Annotated[str, Meta(max_length=200, pattern=r"^[^\x00]*$", examples=["offering/beds"])]
    detail: Annotated[str, Meta(max_length=2000, pattern=TEXT, examples=["Expected `int` >= 1"])]

    @classmethod
    def of(cls, refused: RowRefused) -> "RowRefusedBody":
        return cls(
            line=refused.line, code=refused.code, field=refused.field, detail=refused.detail
        )


class RefusalQuery(PageQuery, frozen=True):
    """`code` is the reason, or the rule that a row breaks."""

    code: Code | None = None


class RowRefusedPage(Output, frozen=True):
    items: Annotated[Sequence[RowRefusedBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None


IMPORT: Body[ImportInput] = Body(
    ImportInput,
    examples={
        "rooms": {
            "target": "offerings",
            "format": "csv",
            "content": "key,name,zone,offering.kind,offering.beds\n"
            "double,Double room,Europe/Lisbon,hotel,2\n",
        },
        "nights": {
            "target": "pools",
            "format": "jsonl",
            "content": '{"resource_key": "double", "from": "2027-05-01", "until": "2027-06-01",'
            ' "capacity": 20}\n',
        },
        "calls": {
            "target": "past_calls",
            "format": "csv",
            "content": "key,direction,status,started_at,answered_at,ended_at,agent\n"
            "4711,inbound,completed,2027-01-01T09:00:00Z,2027-01-01T09:00:05Z,"
            "2027-01-01T09:01:00Z,Mira\n",
        },
    },
)
PAGE = Query(PageQuery)
REFUSALS = Query(RefusalQuery)

THIS = {"import_id": "$response.body#/id"}

_started = worded(
    ImportBody.of,
    status=202,
    location=lambda import_: f"/v1/imports/{import_.id}",
)


@post(
    "/v1/imports",
    status_code=202,
    request_max_body_size=LARGEST_BODY,
    opt=Operation(
        tag="imports",
        needs=Permission.WRITE_CATALOGUE,
        counts_as=Counted.IMPORT,
        feature=Feature.IMPORTS,
        sends=(IDEMPOTENCY_KEY,),
        body=IMPORT,
        shows=ImportBody,
        status=202,
        refuses=(BadHeader, NotInTier),
        then={"read_import": THIS, "list_refused_rows": THIS},
    ).opt,
)
async def start_import(
    request: AnyRequest,
    start_import: NamedDependency[SkipValidation[UseCase[StartImport, Import]]],
) -> Response[bytes]:
    """Bring in offerings, pools, bookings, calls of the past and more from CSV or JSON lines.

    Calls take the permission `calls:write` as well, `bookings` and `contacts` take
    `bookings:write`, and `documents` take `documentation:write`.
    The rows are stored and taken in the background. Bad rows are named by line and reason, and
    keep none of the others out. In CSV, a dot in a heading leads into a group: `offering.beds`.
    """
    data = await IMPORT.of(request)
    key = await IdempotencyKey.of(request)
    actor = actor_of(request)
    # Tens of thousands of rows take a while, and others are waiting.
    said = await to_thread.run_sync(
        read_rows, data.target, data.format, StringIO(data.content), actor.organization_id
    )
    import_ = await start_import(
        StartImport(
            actor=actor,
            target=data.target,
            rows=said.rows,
            refused=said.refused,
            once=key.once(_started),
        )
    )
    return respond(_started(import_))


@get(
    "/v1/imports",
    opt=Operation(
        tag="imports",
        needs=Permission.READ_CATALOGUE,
        query=PAGE,
        shows=ImportPage,
        refuses=(BadCursor,),
    ).opt,
)
async def list_imports(
    request: AnyRequest, import_views: NamedDependency[SkipValidation[ImportViews]]
) -> Response[bytes]:
    """All imports, oldest first."""
    query, cursors = PAGE.of(request), Cursors.of(request)
    page = await import_views.imports(actor_of(request), slice=cursors.slice(query))
    items = [ImportBody.of(import_) for import_ in page.items]
    return cursors.respond(ImportPage(items=items, next=cursors.write(page.next)))


@get(
    "/v1/imports/{import_id:uuid}",
    opt=Operation(
        tag="imports",
        needs=Permission.READ_CATALOGUE,
        shows=ImportBody,
        refuses=(ImportNotFound,),
    ).opt,
)
async def read_import(
    request: AnyRequest,
    import_id: FromPath[UUID],
    import_views: NamedDependency[SkipValidation[ImportViews]],
) -> Response[bytes]:
    """How far an import is."""
    import_ = await import_views.import_(actor_of(request), ImportId(import_id))
    return respond(answer(ImportBody.of(import_)))


@get(
    "/v1/imports/{import_id:uuid}/refusals",
    opt=Operation(
        tag="imports",
        needs=Permission.READ_CATALOGUE,
        query=REFUSALS,
        shows=RowRefusedPage,
        refuses=(ImportNotFound, BadCursor),
    ).opt,
)
async def list_refused_rows(
    request: AnyRequest,
    import_id: FromPath[UUID],
    import_views: NamedDependency[SkipValidation[ImportViews]],
) -> Response[bytes]:
    """The rows that were not taken, by line, each with the reason; with `code`, those of one."""
    query, cursors = REFUSALS.of(request), Cursors.of(request)
    page = await import_views.refusals(
        actor_of(request), ImportId(import_id), code=query.code, slice=cursors.slice(query)
    )
    items = [RowRefusedBody.of(refused) for refused in page.items]
    return cursors.respond(RowRefusedPage(items=items, next=cursors.write(page.next)))


router = Router("/", route_handlers=[start_import, list_imports, read_import, list_refused_rows])
