"""Routes of channels."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.bookings.channel_views import ChannelViews
from application.bookings.keep_channels import (
    AddChannel,
    ArchiveChannel,
    ChangeChannel,
    SteerChannel,
    Turn,
)
from application.kernel.once import Answer
from application.kernel.pages import BadCursor
from application.kernel.ports import UseCase
from domain.bookings.channels import (
    BadFeed,
    Channel,
    ChannelNotFound,
    TooManyChannels,
    WrongChannelState,
)
from domain.inventory.resources import ResourceNotFound
from domain.kernel.actors import Permission
from domain.kernel.identifiers import ChannelId, ResourceId
from domain.kernel.offerings import NotSoldInParts
from entrypoints.http.answers import respond, tagged, worded
from entrypoints.http.channel_shapes import (
    FLAT,
    ChannelBody,
    ChannelChangesInput,
    ChannelInput,
    ChannelPage,
    ChannelQuery,
)
from entrypoints.http.etags import IF_MATCH, IF_NONE_MATCH, seen_version
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.kinds.registry import OPENING_REFUSALS
from entrypoints.http.operations import Operation
from entrypoints.http.paging import Cursors
from entrypoints.http.reading import Body, Query, no_body
from entrypoints.http.security import actor_of
from entrypoints.wiring.settings import Settings

AnyRequest = Request[Any, Any, Any]
Steer = UseCase[SteerChannel, Channel]
Views = NamedDependency[SkipValidation[ChannelViews]]
Set = NamedDependency[SkipValidation[Settings]]

CHANNEL: Body[ChannelInput] = Body(ChannelInput, examples={"a flat": FLAT})
CHANGES: Body[ChannelChangesInput] = Body(
    ChannelChangesInput, examples={"read it more often": {"every_minutes": 15}}
)
LIST = Query(ChannelQuery)
THIS = {"channel_id": "$response.body#/id"}


def _said(request: AnyRequest, settings: Settings, **told: Any) -> Callable[[Channel], Answer]:
    owner = actor_of(request).organization_id
    return worded(
        lambda channel: ChannelBody.of(channel, owner, settings.public_url),
        version=lambda channel: channel.version,
        **told,
    )


@post(
    "/v1/channels",
    opt=Operation(
        tag="channels",
        needs=Permission.WRITE_PIPELINES,
        sends=(IDEMPOTENCY_KEY,),
        body=CHANNEL,
        shows=ChannelBody,
        status=201,
        refuses=(
            ResourceNotFound,
            BadFeed,
            TooManyChannels,
            NotSoldInParts,
            *OPENING_REFUSALS,
        ),
        then={"sync_channel": THIS, "read_channel": THIS},
    ).opt,
)
async def add_channel(
    request: AnyRequest,
    add_channel: NamedDependency[SkipValidation[UseCase[AddChannel, Channel]]],
    settings: Set,
) -> Response[bytes]:
    """Say where else a resource is sold. The answer has the link to its feed of busy times."""
    data = await CHANNEL.of(request)
    key = await IdempotencyKey.of(request)
    added = _said(
        request, settings, status=201, location=lambda channel: f"/v1/channels/{channel.id}"
    )
    command = AddChannel(
        actor=actor_of(request),
        resource_id=ResourceId(data.resource_id),
        part=data.part,
        name=data.name,
        units=data.units,
        feed=data.feed,
        every_minutes=data.every_minutes,
        vanish_percent=data.vanish_percent,
        vanish_floor=data.vanish_floor,
        once=key.once(added),
    )
    return respond(added(await add_channel(command)))


@get(
    "/v1/channels",
    opt=Operation(
        tag="channels",
        needs=Permission.READ_PIPELINES,
        query=LIST,
        shows=ChannelPage,
        refuses=(BadCursor,),
    ).opt,
)
async def list_channels(
    request: AnyRequest, channel_views: Views, settings: Set
) -> Response[bytes]:
    """Channels, as they were added."""
    query, cursors, actor = LIST.of(request), Cursors.of(request), actor_of(request)
    page = await channel_views.channels(actor, filter=query.filter(), slice=cursors.slice(query))
    items = [
        ChannelBody.of(channel, actor.organization_id, settings.public_url)
        for channel in page.items
    ]
    return cursors.respond(ChannelPage(items=items, next=cursors.write(page.next)))


@get(
    "/v1/channels/{channel_id:uuid}",
    opt=Operation(
        tag="channels",
        needs=Permission.READ_PIPELINES,
        sends=(IF_NONE_MATCH,),
        shows=ChannelBody,
        refuses=(ChannelNotFound,),
    ).opt,
)
async def read_channel(
    request: AnyRequest, channel_id: FromPath[UUID], channel_views: Views, settings: Set
) -> Response[bytes]:
    """One channel, and how it fares."""
    actor = actor_of(request)
    channel = await channel_views.channel(actor, ChannelId(channel_id))
    body = ChannelBody.of(channel, actor.organization_id, settings.public_url)
    return tagged(request, body, version=channel.version)


@patch(
    "/v1/channels/{channel_id:uuid}",
    opt=Operation(
        tag="channels",
        needs=Permission.WRITE_PIPELINES,
        sends=(IF_MATCH,),
        body=CHANGES,
        shows=ChannelBody,
        refuses=(ChannelNotFound, BadFeed, WrongChannelState),
    ).opt,
)
async def change_channel(
    request: AnyRequest,
    channel_id: FromPath[UUID],
    change_channel: NamedDependency[SkipValidation[UseCase[ChangeChannel, Channel]]],
    settings: Set,
) -> Response[bytes]:
    """Say otherwise how a channel is synced. Another feed is read from its beginning."""
    data = await CHANGES.of(request)
    command = ChangeChannel(
        actor=actor_of(request),
        channel_id=ChannelId(channel_id),
        changes=data.changes(),
        version=seen_version(request),
    )
    return respond(_said(request, settings)(await change_channel(command)))


@delete(
    "/v1/channels/{channel_id:uuid}",
    status_code=200,
    opt=Operation(
        tag="channels",
        needs=Permission.WRITE_PIPELINES,
        sends=(IF_MATCH,),
        shows=ChannelBody,
        refuses=(ChannelNotFound, WrongChannelState),
    ).opt,
)
async def archive_channel(
    request: AnyRequest,
    channel_id: FromPath[UUID],
    archive_channel: NamedDependency[SkipValidation[UseCase[ArchiveChannel, Channel]]],
    settings: Set,
) -> Response[bytes]:
    """Archive it for good: its link leads nowhere, and what was booked there is free again."""
    await no_body(request)
    command = ArchiveChannel(
        actor=actor_of(request), channel_id=ChannelId(channel_id), version=seen_version(request)
    )
    return respond(_said(request, settings)(await archive_channel(command)))


async def _steer(
    request: AnyRequest, channel_id: UUID, turn: Turn, steer: Steer, settings: Settings
) -> Response[bytes]:
    await no_body(request)
    key = await IdempotencyKey.of(request)
    said = _said(request, settings)
    command = SteerChannel(
        actor=actor_of(request),
        channel_id=ChannelId(channel_id),
        turn=turn,
        version=seen_version(request),
        once=key.once(said),
    )
    return respond(said(await steer(command)))


STEERED = Operation(
    tag="channels",
    needs=Permission.WRITE_PIPELINES,
    sends=(IDEMPOTENCY_KEY, IF_MATCH),
    shows=ChannelBody,
    refuses=(ChannelNotFound, WrongChannelState),
).opt


@post("/v1/channels/{channel_id:uuid}/pause", status_code=200, opt=STEERED)
async def pause_channel(
    request: AnyRequest,
    channel_id: FromPath[UUID],
    steer_channel: NamedDependency[SkipValidation[Steer]],
    settings: Set,
) -> Response[bytes]:
    """Read nothing of it until it is resumed; what was booked there keeps its units."""
    return await _steer(request, channel_id, Turn.PAUSE, steer_channel, settings)


@post("/v1/channels/{channel_id:uuid}/resume", status_code=200, opt=STEERED)
async def resume_channel(
    request: AnyRequest,
    channel_id: FromPath[UUID],
    steer_channel: NamedDependency[SkipValidation[Steer]],
    settings: Set,
) -> Response[bytes]:
    """Read its feed again, beginning now."""
    return await _steer(request, channel_id, Turn.RESUME, steer_channel, settings)


@post("/v1/channels/{channel_id:uuid}/rotate-link", status_code=200, opt=STEERED)
async def rotate_channel_link(
    request: AnyRequest,
    channel_id: FromPath[UUID],
    steer_channel: NamedDependency[SkipValidation[Steer]],
    settings: Set,
) -> Response[bytes]:
    """Give it another link. The one until now leads nowhere, at once."""
    return await _steer(request, channel_id, Turn.ROTATE, steer_channel, settings)


router = Router(
    "/",
    route_handlers=[
        add_channel,
        list_channels,
        read_channel,
        change_channel,
        archive_channel,
        pause_channel,
        resume_channel,
        rotate_channel_link,
    ],
)
