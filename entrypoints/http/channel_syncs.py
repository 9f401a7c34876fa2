"""Routes that sync channels, and that say what came of it."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.bookings.channel_views import ChannelViews
from application.bookings.sync_channel import SyncChannel, Synced
from application.kernel.pages import BadCursor
from application.kernel.ports import UseCase
from domain.bookings.channels import ChannelNotFound, NoFeed, WrongChannelState
from domain.bookings.syncs import SyncOvertaken
from domain.kernel.actors import Permission
from domain.kernel.identifiers import ChannelId
from entrypoints.http.answers import respond, worded
from entrypoints.http.channel_shapes import (
    ForeignBookingBody,
    ForeignBookingPage,
    ForeignQuery,
)
from entrypoints.http.channel_sync_shapes import (
    ChannelSyncBody,
    ChannelSyncPage,
    SyncedBody,
    SyncInput,
)
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Operation
from entrypoints.http.paging import Cursors, PageQuery
from entrypoints.http.reading import Body, OptionalBody, Query
from entrypoints.http.security import actor_of

AnyRequest = Request[Any, Any, Any]
Views = NamedDependency[SkipValidation[ChannelViews]]

SYNC: Body[SyncInput] = OptionalBody(
    SyncInput, examples={"now": {}, "they are really gone": {"accept_vanished": True}}
)
PAGE = Query(PageQuery)
FOREIGN = Query(ForeignQuery)

_synced = worded(SyncedBody.of)


@post(
    "/v1/channels/{channel_id:uuid}/sync",
    status_code=200,
    opt=Operation(
        tag="channels",
        needs=Permission.WRITE_PIPELINES,
        sends=(IDEMPOTENCY_KEY,),
        body=SYNC,
        shows=SyncedBody,
        refuses=(ChannelNotFound, NoFeed, WrongChannelState, SyncOvertaken),
    ).opt,
)
async def sync_channel(
    request: AnyRequest,
    channel_id: FromPath[UUID],
    sync_channel: NamedDependency[SkipValidation[UseCase[SyncChannel, Synced]]],
) -> Response[bytes]:
    """Read its feed now, and say what came of it."""
    data = await SYNC.of(request)
    key = await IdempotencyKey.of(request)
    command = SyncChannel(
        actor=actor_of(request),
        channel_id=ChannelId(channel_id),
        accepts_vanished=data.accept_vanished,
        once=key.once(_synced),
    )
    return respond(_synced(await sync_channel(command)))


@get(
    "/v1/channels/{channel_id:uuid}/syncs",
    opt=Operation(
        tag="channels",
        needs=Permission.READ_PIPELINES,
        query=PAGE,
        shows=ChannelSyncPage,
        refuses=(ChannelNotFound, BadCursor),
    ).opt,
)
async def list_channel_syncs(
    request: AnyRequest, channel_id: FromPath[UUID], channel_views: Views
) -> Response[bytes]:
    """What came of its syncs of ninety days, the latest first."""
    query, cursors = PAGE.of(request), Cursors.of(request)
    page = await channel_views.syncs(
        actor_of(request), ChannelId(channel_id), slice=cursors.slice(query)
    )
    items = [ChannelSyncBody.of(sync) for sync in page.items]
    return cursors.respond(ChannelSyncPage(items=items, next=cursors.write(page.next)))


@get(
    "/v1/channels/{channel_id:uuid}/foreign-bookings",
    opt=Operation(
        tag="channels",
        needs=Permission.READ_PIPELINES,
        query=FOREIGN,
        shows=ForeignBookingPage,
        refuses=(ChannelNotFound, BadCursor),
    ).opt,
)
async def list_foreign_bookings(
    request: AnyRequest, channel_id: FromPath[UUID], channel_views: Views
) -> Response[bytes]:
    """What was booked there, and what it has here; nobody knows by whom."""
    query, cursors = FOREIGN.of(request), Cursors.of(request)
    page = await channel_views.foreign_bookings(
        actor_of(request),
        ChannelId(channel_id),
        filter=query.filter(),
        slice=cursors.slice(query),
    )
    items = [ForeignBookingBody.of(booking) for booking in page.items]
    return cursors.respond(ForeignBookingPage(items=items, next=cursors.write(page.next)))


router = Router("/", route_handlers=[sync_channel, list_channel_syncs, list_foreign_bookings])
