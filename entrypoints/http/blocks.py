"""Routes of blocks: opened, released, read. Bookings are drawn from them by holding."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.bookings.block_views import BlockViews
from application.bookings.open_block import OpenBlock
from application.bookings.release_block import ReleaseBlock
from application.kernel.pages import BadCursor
from application.kernel.ports import UseCase
from domain.bookings.blocks import Block, BlockNotFound, BlockNotOpen, ReleasedAtOnce
from domain.inventory.pools import NotOnSale, SoldOut
from domain.inventory.resources import NotForSale, ResourceNotFound
from domain.kernel.actors import Permission
from domain.kernel.identifiers import BlockId, ResourceId
from domain.kernel.offerings import NotSoldInParts
from domain.kernel.periods import BadDates
from entrypoints.http.answers import respond, tagged, worded
from entrypoints.http.block_shapes import (
    GROUP,
    BlockBody,
    BlockInput,
    BlockPage,
    BlockQuery,
    BlockReleaseInput,
)
from entrypoints.http.etags import IF_MATCH, IF_NONE_MATCH, seen_version
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.kinds.registry import OPENING_REFUSALS
from entrypoints.http.operations import Operation
from entrypoints.http.paging import Cursors
from entrypoints.http.reading import Body, Query
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import CONTACT_REFUSALS, FarOff, sensible

AnyRequest = Request[Any, Any, Any]

OPEN: Body[BlockInput] = Body(BlockInput, examples={"rooms": GROUP})
RELEASE: Body[BlockReleaseInput] = Body(
    BlockReleaseInput, examples={"all": {}, "two of each night": {"units": 2}}
)
SEARCH = Query(BlockQuery)
THIS = {"block_id": "$response.body#/id"}

_opened = worded(
    BlockBody.of,
    status=201,
    version=lambda block: block.version,
    location=lambda block: f"/v1/blocks/{block.id}",
)
_changed = worded(BlockBody.of, version=lambda block: block.version)


@post(
    "/v1/blocks",
    opt=Operation(
        tag="blocks",
        needs=Permission.WRITE_BOOKINGS,
        sends=(IDEMPOTENCY_KEY,),
        body=OPEN,
        shows=BlockBody,
        status=201,
        refuses=(
            ResourceNotFound,
            NotForSale,
            *CONTACT_REFUSALS,
            BadDates,
            FarOff,
            ReleasedAtOnce,
            NotSoldInParts,
            *OPENING_REFUSALS,
            NotOnSale,
            SoldOut,
        ),
        then={
            "read_block": THIS,
            "release_block": {**THIS, IF_MATCH.name: "$response.header.ETag"},
        },
    ).opt,
)
async def open_block(
    request: AnyRequest,
    open_block: NamedDependency[SkipValidation[UseCase[OpenBlock, Block]]],
) -> Response[bytes]:
    """Set units aside for somebody, all of them or none, until a release date.

    Bookings are made of them by holding a quote with the `block_id`.
    """
    data = await OPEN.of(request)
    key = await IdempotencyKey.of(request)
    sensible(data.release_at)
    block = await open_block(
        OpenBlock(
            actor=actor_of(request),
            resource_id=ResourceId(data.resource_id),
            dates=data.dates(),
            part=data.part,
            units=data.units,
            contact=data.contact.contact(),
            note=data.note,
            release_at=data.release_at,
            once=key.once(_opened),
        )
    )
    return respond(_opened(block))


@post(
    "/v1/blocks/{block_id:uuid}/release",
    status_code=200,
    opt=Operation(
        tag="blocks",
        needs=Permission.WRITE_BOOKINGS,
        sends=(IDEMPOTENCY_KEY, IF_MATCH),
        body=RELEASE,
        shows=BlockBody,
        refuses=(BlockNotFound, BlockNotOpen),
    ).opt,
)
async def release_block(
    request: AnyRequest,
    block_id: FromPath[UUID],
    release_block: NamedDependency[SkipValidation[UseCase[ReleaseBlock, Block]]],
) -> Response[bytes]:
    """Give units back before the release date: all that are left, or some of each pool.

    Whoever waits for them is offered them first.
    """
    data = await RELEASE.of(request)
    key = await IdempotencyKey.of(request)
    block = await release_block(
        ReleaseBlock(
            actor=actor_of(request),
            block_id=BlockId(block_id),
            units=data.units,
            version=seen_version(request),
            once=key.once(_changed),
        )
    )
    return respond(_changed(block))


@get(
    "/v1/blocks/{block_id:uuid}",
    opt=Operation(
        tag="blocks",
        needs=Permission.READ_BOOKINGS,
        sends=(IF_NONE_MATCH,),
        shows=BlockBody,
        refuses=(BlockNotFound,),
    ).opt,
)
async def read_block(
    request: AnyRequest,
    block_id: FromPath[UUID],
    block_views: NamedDependency[SkipValidation[BlockViews]],
) -> Response[bytes]:
    """One block, and what is left of it."""
    block = await block_views.block(actor_of(request), BlockId(block_id))
    return tagged(request, BlockBody.of(block), version=block.version)


@get(
    "/v1/blocks",
    opt=Operation(
        tag="blocks",
        needs=Permission.READ_BOOKINGS,
        query=SEARCH,
        shows=BlockPage,
        refuses=(BadCursor,),
    ).opt,
)
async def list_blocks(
    request: AnyRequest, block_views: NamedDependency[SkipValidation[BlockViews]]
) -> Response[bytes]:
    """Blocks, by release date, soonest first."""
    query, cursors = SEARCH.of(request), Cursors.of(request)
    page = await block_views.blocks(
        actor_of(request), filter=query.filter(), slice=cursors.slice(query)
    )
    items = [BlockBody.of(block) for block in page.items]
    return cursors.respond(BlockPage(items=items, next=cursors.write(page.next)))


router = Router("/", route_handlers=[open_block, release_block, read_block, list_blocks])
