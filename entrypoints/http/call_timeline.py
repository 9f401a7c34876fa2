"""The route of all that happened to a call."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation
from msgspec import Meta

from application.calls.timeline import Source, TimelineEntry, TimelineViews
from application.kernel.pages import BadCursor
from domain.calls.refusals import CallNotFound
from domain.kernel.actors import Permission
from domain.kernel.identifiers import CallId
from entrypoints.http.operations import Operation
from entrypoints.http.paging import LARGEST_PAGE, Cursors, Next, PageQuery
from entrypoints.http.reading import Query
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import ONE_LINE, Identifier, Moment, Output

LIST = Query(PageQuery)


class TimelineBody(Output, frozen=True):
    """`name` is that of the event, `data` its members; of the line, its own word and a status.

    `by` is null for the line.
    """

    at: Moment
    source: Source
    name: Annotated[str, Meta(pattern=ONE_LINE, max_length=64, examples=["call_held"])]
    by: Identifier | None
    data: Annotated[dict[str, Any], Meta(max_length=50)]

    @classmethod
    def of(cls, entry: TimelineEntry) -> "TimelineBody":
        return cls(
            at=entry.at, source=entry.source, name=entry.name, by=entry.by, data=dict(entry.data)
        )


class TimelinePage(Output, frozen=True):
    items: Annotated[Sequence[TimelineBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None


@get(
    "/v1/calls/{call_id:uuid}/timeline",
    opt=Operation(
        tag="calls",
        needs=Permission.READ_CALLS,
        or_needs=Permission.HANDLE_OWN_CALLS,
        query=LIST,
        shows=TimelinePage,
        refuses=(CallNotFound, BadCursor),
    ).opt,
)
async def read_timeline(
    request: Request[Any, Any, Any],
    call_id: FromPath[UUID],
    timeline_views: NamedDependency[SkipValidation[TimelineViews]],
) -> Response[bytes]:
    """What the line told, steps, notes, escalations and how it was judged, as it happened.

    Evaluations are shown to whoever may see all calls; what was noted or said is read with them.
    """
    query, cursors = LIST.of(request), Cursors.of(request)
    page = await timeline_views.timeline(
        actor_of(request), CallId(call_id), slice=cursors.slice(query)
    )
    items = [TimelineBody.of(entry) for entry in page.items]
    return cursors.respond(TimelinePage(items=items, next=cursors.write(page.next)))


router = Router("/", route_handlers=[read_timeline])
