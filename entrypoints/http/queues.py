"""Routes of the queues that callers wait in."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.calls.add_queue import AddQueue
from application.calls.change_queue import ChangeQueue
from application.calls.people_views import QueueViews
from application.kernel.pages import BadCursor
from application.kernel.ports import UseCase
from domain.calls.business_hours import BadShift
from domain.calls.queues import BadQueue, Queue, QueueNotFound, QueueTitleTaken
from domain.kernel.actors import Permission
from domain.kernel.identifiers import QueueId
from domain.kernel.periods import UnknownZone
from entrypoints.http.answers import respond, tagged, worded
from entrypoints.http.etags import IF_MATCH, IF_NONE_MATCH, seen_version
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Operation
from entrypoints.http.paging import Cursors, PageQuery
from entrypoints.http.queue_shapes import (
    DESK,
    ROUND_THE_CLOCK,
    NewQueueInput,
    QueueBody,
    QueueInput,
    QueueLineBody,
    QueuePage,
)
from entrypoints.http.reading import Body, Query
from entrypoints.http.security import actor_of

AnyRequest = Request[Any, Any, Any]

NEW: Body[NewQueueInput] = Body(
    NewQueueInput, examples={"with hours": DESK, "round the clock": ROUND_THE_CLOCK}
)
CHANGED: Body[QueueInput] = Body(
    QueueInput, examples={"nobody is let in": {**DESK, "active": False}}
)
QUEUES = Query(PageQuery)
REFUSED = (BadQueue, BadShift, UnknownZone, QueueTitleTaken)

_added = worded(
    QueueBody.of,
    status=201,
    version=lambda queue: queue.version,
    location=lambda queue: f"/v1/queues/{queue.id}",
)
_changed = worded(QueueBody.of, version=lambda queue: queue.version)


@post(
    "/v1/queues",
    opt=Operation(
        tag="agents",
        needs=Permission.WRITE_AGENTS,
        sends=(IDEMPOTENCY_KEY,),
        body=NEW,
        shows=QueueBody,
        status=201,
        refuses=REFUSED,
        then={"read_queue": {"queue_id": "$response.body#/id"}},
    ).opt,
)
async def add_queue(
    request: AnyRequest, add_queue: NamedDependency[SkipValidation[UseCase[AddQueue, Queue]]]
) -> Response[bytes]:
    """Open a queue, and promise how soon callers are answered while the desk is open."""
    data = await NEW.of(request)
    key = await IdempotencyKey.of(request)
    command = AddQueue(actor=actor_of(request), terms=data.terms(), once=key.once(_added))
    return respond(_added(await add_queue(command)))


@put(
    "/v1/queues/{queue_id:uuid}",
    opt=Operation(
        tag="agents",
        needs=Permission.WRITE_AGENTS,
        sends=(IF_MATCH,),
        body=CHANGED,
        shows=QueueBody,
        refuses=(QueueNotFound, *REFUSED),
    ).opt,
)
async def change_queue(
    request: AnyRequest,
    queue_id: FromPath[UUID],
    change_queue: NamedDependency[SkipValidation[UseCase[ChangeQueue, Queue]]],
) -> Response[bytes]:
    """Change a queue for whoever comes from now on, or let nobody in."""
    data = await CHANGED.of(request)
    command = ChangeQueue(
        actor=actor_of(request),
        queue_id=QueueId(queue_id),
        terms=data.terms(),
        active=data.active,
        version=seen_version(request),
    )
    return respond(_changed(await change_queue(command)))


@get(
    "/v1/queues/{queue_id:uuid}",
    opt=Operation(
        tag="agents",
        needs=Permission.READ_CALLS,
        sends=(IF_NONE_MATCH,),
        shows=QueueBody,
        refuses=(QueueNotFound,),
    ).opt,
)
async def read_queue(
    request: AnyRequest,
    queue_id: FromPath[UUID],
    queue_views: NamedDependency[SkipValidation[QueueViews]],
) -> Response[bytes]:
    """One queue."""
    queue = await queue_views.queue(actor_of(request), QueueId(queue_id))
    return tagged(request, QueueBody.of(queue), version=queue.version)


@get(
    "/v1/queues",
    opt=Operation(
        tag="agents",
        needs=Permission.READ_CALLS,
        query=QUEUES,
        shows=QueuePage,
        refuses=(BadCursor,),
    ).opt,
)
async def list_queues(
    request: AnyRequest, queue_views: NamedDependency[SkipValidation[QueueViews]]
) -> Response[bytes]:
    """All queues, by title, and how many wait in them."""
    query, cursors = QUEUES.of(request), Cursors.of(request)
    page = await queue_views.queues(actor_of(request), slice=cursors.slice(query))
    items = [QueueLineBody.of(line) for line in page.items]
    return cursors.respond(QueuePage(items=items, next=cursors.write(page.next)))


router = Router("/", route_handlers=[add_queue, change_queue, read_queue, list_queues])
