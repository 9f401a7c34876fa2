"""Routes of what may come of calls."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, Router, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation
from msgspec import Meta

from application.calls.disposition_ports import DispositionViews
from application.calls.keep_dispositions import AddDisposition, ChangeDisposition
from application.kernel.pages import BadCursor
from application.kernel.ports import UseCase
from domain.calls.dispositions import Disposition, DispositionLabelTaken, DispositionNotFound
from domain.kernel.actors import Permission
from domain.kernel.identifiers import DispositionId
from entrypoints.http.answers import respond, tagged, worded
from entrypoints.http.etags import IF_MATCH, IF_NONE_MATCH, seen_version
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Operation
from entrypoints.http.paging import LARGEST_PAGE, Cursors, Next, PageQuery
from entrypoints.http.reading import Body, Query
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import ONE_LINE, Identifier, Input, Output, Version

AnyRequest = Request[Any, Any, Any]
Label = Annotated[
    str, Meta(pattern=ONE_LINE, min_length=1, max_length=100, examples=["Wants to be rung back"])
]


class NewDispositionInput(Input, frozen=True):
    label: Label


class DispositionInput(NewDispositionInput, frozen=True):
    """One that is not `active` is retired: calls that have it keep it, no other gets it."""

    active: bool = True


class DispositionBody(Output, frozen=True):
    id: Identifier
    label: Label
    active: bool
    version: Version

    @classmethod
    def of(cls, one: Disposition) -> "DispositionBody":
        return cls(id=one.id, label=one.label, active=one.active, version=one.version)


class DispositionPage(Output, frozen=True):
    items: Annotated[Sequence[DispositionBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None


NEW: Body[NewDispositionInput] = Body(
    NewDispositionInput, examples={"sold": {"label": "Booked during the call"}}
)
CHANGED: Body[DispositionInput] = Body(
    DispositionInput,
    examples={
        "renamed": {"label": "Booked"},
        "retired": {"label": "Booked", "active": False},
    },
)
LIST = Query(PageQuery)

_added = worded(
    DispositionBody.of,
    status=201,
    version=lambda one: one.version,
    location=lambda one: f"/v1/dispositions/{one.id}",
)
_changed = worded(DispositionBody.of, version=lambda one: one.version)


@post(
    "/v1/dispositions",
    opt=Operation(
        tag="calls",
        needs=Permission.WRITE_CALLS,
        sends=(IDEMPOTENCY_KEY,),
        body=NEW,
        shows=DispositionBody,
        status=201,
        refuses=(DispositionLabelTaken,),
        then={"read_disposition": {"disposition_id": "$response.body#/id"}},
    ).opt,
)
async def add_disposition(
    request: AnyRequest,
    add_disposition: NamedDependency[SkipValidation[UseCase[AddDisposition, Disposition]]],
) -> Response[bytes]:
    """Add something that may come of a call."""
    data = await NEW.of(request)
    key = await IdempotencyKey.of(request)
    command = AddDisposition(actor=actor_of(request), label=data.label, once=key.once(_added))
    return respond(_added(await add_disposition(command)))


@put(
    "/v1/dispositions/{disposition_id:uuid}",
    opt=Operation(
        tag="calls",
        needs=Permission.WRITE_CALLS,
        sends=(IF_MATCH,),
        body=CHANGED,
        shows=DispositionBody,
        refuses=(DispositionNotFound, DispositionLabelTaken),
    ).opt,
)
async def change_disposition(
    request: AnyRequest,
    disposition_id: FromPath[UUID],
    change_disposition: NamedDependency[SkipValidation[UseCase[ChangeDisposition, Disposition]]],
) -> Response[bytes]:
    """Rename a disposition, for calls that have it too, or retire it."""
    data = await CHANGED.of(request)
    command = ChangeDisposition(
        actor=actor_of(request),
        disposition_id=DispositionId(disposition_id),
        label=data.label,
        active=data.active,
        version=seen_version(request),
    )
    return respond(_changed(await change_disposition(command)))


@get(
    "/v1/dispositions/{disposition_id:uuid}",
    opt=Operation(
        tag="calls",
        needs=Permission.READ_CALLS,
        or_needs=Permission.HANDLE_OWN_CALLS,
        sends=(IF_NONE_MATCH,),
        shows=DispositionBody,
        refuses=(DispositionNotFound,),
    ).opt,
)
async def read_disposition(
    request: AnyRequest,
    disposition_id: FromPath[UUID],
    disposition_views: NamedDependency[SkipValidation[DispositionViews]],
) -> Response[bytes]:
    """One disposition, retired or not."""
    one = await disposition_views.disposition(actor_of(request), DispositionId(disposition_id))
    return tagged(request, DispositionBody.of(one), version=one.version)


@get(
    "/v1/dispositions",
    opt=Operation(
        tag="calls",
        needs=Permission.READ_CALLS,
        or_needs=Permission.HANDLE_OWN_CALLS,
        query=LIST,
        shows=DispositionPage,
        refuses=(BadCursor,),
    ).opt,
)
async def list_dispositions(
    request: AnyRequest, disposition_views: NamedDependency[SkipValidation[DispositionViews]]
) -> Response[bytes]:
    """All that may come of calls, by label, with what is retired."""
    query, cursors = LIST.of(request), Cursors.of(request)
    page = await disposition_views.dispositions(actor_of(request), slice=cursors.slice(query))
    items = [DispositionBody.of(one) for one in page.items]
    return cursors.respond(DispositionPage(items=items, next=cursors.write(page.next)))


router = Router(
    "/",
    route_handlers=[add_disposition, change_disposition, read_disposition, list_dispositions],
)
