"""Routes of questions about figures that are kept, and asked again."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.analytics.keep_views import AddView, ChangeView, DeleteView
from application.analytics.run_view import RunView
from application.analytics.view_ports import KeptViews
from application.kernel.pages import BadCursor
from application.kernel.ports import UseCase
from domain.analytics.intervals import TooManyIntervals
from domain.analytics.saved_views import (
    BadView,
    SavedView,
    SavedViewNotFound,
    TooManyViews,
    UnknownFigures,
)
from domain.kernel.actors import Permission
from domain.kernel.identifiers import SavedViewId
from domain.kernel.periods import UnknownZone
from entrypoints.http.answers import answer, respond, tagged, worded
from entrypoints.http.etags import IF_MATCH, IF_NONE_MATCH, seen_version
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Operation
from entrypoints.http.paging import Cursors, PageQuery
from entrypoints.http.reading import Body, Query, no_body
from entrypoints.http.saved_view_shapes import ViewBody, ViewedBody, ViewInput, ViewPage
from entrypoints.http.security import actor_of

AnyRequest = Request[Any, Any, Any]
SALES = {
    "name": "Sales, last week",
    "figures": ["offered", "service_level_all"],
    "calls": {"template": "sales", "direction": "inbound"},
    "covers": "week",
    "shared": True,
}
NEW: Body[ViewInput] = Body(
    ViewInput,
    examples={
        "calls": SALES,
        "bookings": {"name": "Rooms", "figures": ["bookings"], "bookings": {}, "days": 30},
    },
)
CHANGED: Body[ViewInput] = Body(ViewInput, examples={"a month": {**SALES, "covers": "month"}})
LIST = Query(PageQuery)
Views = NamedDependency[SkipValidation[KeptViews]]
ASKED = (BadView, UnknownFigures, UnknownZone, TooManyIntervals)

_added = worded(
    ViewBody.of,
    status=201,
    version=lambda view: view.version,
    location=lambda view: f"/v1/analytics/views/{view.id}",
)
_changed = worded(ViewBody.of, version=lambda view: view.version)


@post(
    "/v1/analytics/views",
    opt=Operation(
        tag="analytics",
        needs=Permission.READ_CALLS,
        or_needs=Permission.READ_BOOKINGS,
        sends=(IDEMPOTENCY_KEY,),
        body=NEW,
        shows=ViewBody,
        status=201,
        refuses=(*ASKED, TooManyViews),
        then={"run_view": {"view_id": "$response.body#/id"}},
    ).opt,
)
async def add_view(
    request: AnyRequest,
    add_view: NamedDependency[SkipValidation[UseCase[AddView, SavedView]]],
) -> Response[bytes]:
    """Keep a question about figures under a name, for yourself or for everybody."""
    data = await NEW.of(request)
    key = await IdempotencyKey.of(request)
    command = AddView(
        actor=actor_of(request),
        viewing=data.viewing(),
        shared=data.shared,
        once=key.once(_added),
    )
    return respond(_added(await add_view(command)))


@put(
    "/v1/analytics/views/{view_id:uuid}",
    opt=Operation(
        tag="analytics",
        needs=Permission.READ_CALLS,
        or_needs=Permission.READ_BOOKINGS,
        sends=(IF_MATCH,),
        body=CHANGED,
        shows=ViewBody,
        refuses=(*ASKED, SavedViewNotFound),
    ).opt,
)
async def change_view(
    request: AnyRequest,
    view_id: FromPath[UUID],
    change_view: NamedDependency[SkipValidation[UseCase[ChangeView, SavedView]]],
) -> Response[bytes]:
    """Ask otherwise; of a shared one of somebody else's it takes `settings:write`."""
    data = await CHANGED.of(request)
    command = ChangeView(
        actor=actor_of(request),
        view_id=SavedViewId(view_id),
        viewing=data.viewing(),
        shared=data.shared,
        version=seen_version(request),
    )
    return respond(_changed(await change_view(command)))


@delete(
    "/v1/analytics/views/{view_id:uuid}",
    status_code=200,
    opt=Operation(
        tag="analytics",
        needs=Permission.READ_CALLS,
        or_needs=Permission.READ_BOOKINGS,
        shows=ViewBody,
        refuses=(SavedViewNotFound,),
    ).opt,
)
async def delete_view(
    request: AnyRequest,
    view_id: FromPath[UUID],
    delete_view: NamedDependency[SkipValidation[UseCase[DeleteView, SavedView]]],
) -> Response[bytes]:
    """Keep it no more; of a shared one of somebody else's it takes `settings:write`."""
    await no_body(request)
    command = DeleteView(actor=actor_of(request), view_id=SavedViewId(view_id))
    return respond(_changed(await delete_view(command)))


@get(
    "/v1/analytics/views/{view_id:uuid}",
    opt=Operation(
        tag="analytics",
        needs=Permission.READ_CALLS,
        or_needs=Permission.READ_BOOKINGS,
        sends=(IF_NONE_MATCH,),
        shows=ViewBody,
        refuses=(SavedViewNotFound,),
    ).opt,
)
async def read_view(
    request: AnyRequest, view_id: FromPath[UUID], kept_views: Views
) -> Response[bytes]:
    """One saved view: what it asks."""
    view = await kept_views.view(actor_of(request), SavedViewId(view_id))
    return tagged(request, ViewBody.of(view), version=view.version)


@get(
    "/v1/analytics/views",
    opt=Operation(
        tag="analytics",
        needs=Permission.READ_CALLS,
        or_needs=Permission.READ_BOOKINGS,
        query=LIST,
        shows=ViewPage,
        refuses=(BadCursor,),
    ).opt,
)
async def list_views(request: AnyRequest, kept_views: Views) -> Response[bytes]:
    """Your saved views and shared ones, as they were added."""
    query, cursors = LIST.of(request), Cursors.of(request)
    page = await kept_views.views(actor_of(request), slice=cursors.slice(query))
    items = [ViewBody.of(view) for view in page.items]
    return cursors.respond(ViewPage(items=items, next=cursors.write(page.next)))


@get(
    "/v1/analytics/views/{view_id:uuid}/figures",
    opt=Operation(
        tag="analytics",
        needs=Permission.READ_CALLS,
        or_needs=Permission.READ_BOOKINGS,
        shows=ViewedBody,
        refuses=(SavedViewNotFound, UnknownFigures, TooManyIntervals),
    ).opt,
)
async def run_view(
    request: AnyRequest,
    view_id: FromPath[UUID],
    kept_views: Views,
    run_view: NamedDependency[SkipValidation[RunView]],
) -> Response[bytes]:
    """Ask now what a saved view asks."""
    actor = actor_of(request)
    view = await kept_views.view(actor, SavedViewId(view_id))
    return respond(answer(ViewedBody.of_view(view, await run_view(actor, view))))


router = Router(
    "/",
    route_handlers=[add_view, change_view, delete_view, read_view, list_views, run_view],
)
