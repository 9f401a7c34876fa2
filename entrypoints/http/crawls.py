"""Routes of crawls: how far they are, and what becomes of them."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.documentation.crawl_views import CrawlViews
from application.documentation.steer_crawl import SteerCrawl, Turn
from application.kernel.pages import BadCursor
from application.kernel.ports import Clock, UseCase
from domain.documentation.crawl import Crawl, CrawlNotFound, WrongCrawlState
from domain.kernel.actors import Permission
from domain.kernel.identifiers import CrawlId
from entrypoints.http.answers import answer, respond, worded
from entrypoints.http.crawl_shapes import CrawlBody, CrawlShown, FailureBody, FailurePage
from entrypoints.http.etags import IF_MATCH, seen_version
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Operation
from entrypoints.http.paging import Cursors, PageQuery
from entrypoints.http.reading import Query, no_body
from entrypoints.http.security import actor_of

AnyRequest = Request[Any, Any, Any]
Steer = UseCase[SteerCrawl, Crawl]

FAILURES = Query(PageQuery)

_said = worded(CrawlBody.of, version=lambda crawl: crawl.version)


@get(
    "/v1/crawls/{crawl_id:uuid}",
    opt=Operation(
        tag="documentation",
        needs=Permission.READ_DOCUMENTATION,
        shows=CrawlShown,
        refuses=(CrawlNotFound,),
    ).opt,
)
async def read_crawl(
    request: AnyRequest,
    crawl_id: FromPath[UUID],
    crawl_views: NamedDependency[SkipValidation[CrawlViews]],
    clock: NamedDependency[SkipValidation[Clock]],
) -> Response[bytes]:
    """How far a crawl is. Its ETag is for steering it, and stays the same while pages are read."""
    progress = await crawl_views.progress(actor_of(request), CrawlId(crawl_id))
    return respond(answer(CrawlShown.at(progress, clock()), version=progress.crawl.version))


@get(
    "/v1/crawls/{crawl_id:uuid}/failures",
    opt=Operation(
        tag="documentation",
        needs=Permission.READ_DOCUMENTATION,
        query=FAILURES,
        shows=FailurePage,
        refuses=(CrawlNotFound, BadCursor),
    ).opt,
)
async def list_crawl_failures(
    request: AnyRequest,
    crawl_id: FromPath[UUID],
    crawl_views: NamedDependency[SkipValidation[CrawlViews]],
) -> Response[bytes]:
    """Pages that could not be read, in no order that says anything; their last copies are kept."""
    query, cursors = FAILURES.of(request), Cursors.of(request)
    page = await crawl_views.failed(
        actor_of(request), CrawlId(crawl_id), slice=cursors.slice(query)
    )
    items = [FailureBody.of(failed) for failed in page.items]
    return cursors.respond(FailurePage(items=items, next=cursors.write(page.next)))


STEERING = Operation(
    tag="documentation",
    needs=Permission.WRITE_DOCUMENTATION,
    sends=(IDEMPOTENCY_KEY, IF_MATCH),
    shows=CrawlBody,
    refuses=(CrawlNotFound, WrongCrawlState),
).opt


async def _steer(
    request: AnyRequest, crawl_id: UUID, turn: Turn, steer_crawl: Steer
) -> Response[bytes]:
    await no_body(request)
    key = await IdempotencyKey.of(request)
    command = SteerCrawl(
        actor=actor_of(request),
        crawl_id=CrawlId(crawl_id),
        turn=turn,
        version=seen_version(request),
        once=key.once(_said),
    )
    return respond(_said(await steer_crawl(command)))


@post("/v1/crawls/{crawl_id:uuid}/pause", status_code=200, opt=STEERING)
async def pause_crawl(
    request: AnyRequest,
    crawl_id: FromPath[UUID],
    steer_crawl: NamedDependency[SkipValidation[Steer]],
) -> Response[bytes]:
    """Ask for no more pages until it is resumed."""
    return await _steer(request, crawl_id, Turn.PAUSE, steer_crawl)


@post("/v1/crawls/{crawl_id:uuid}/resume", status_code=200, opt=STEERING)
async def resume_crawl(
    request: AnyRequest,
    crawl_id: FromPath[UUID],
    steer_crawl: NamedDependency[SkipValidation[Steer]],
) -> Response[bytes]:
    """Go on where it was paused; what has been read is not read again."""
    return await _steer(request, crawl_id, Turn.RESUME, steer_crawl)


@post("/v1/crawls/{crawl_id:uuid}/cancel", status_code=200, opt=STEERING)
async def cancel_crawl(
    request: AnyRequest,
    crawl_id: FromPath[UUID],
    steer_crawl: NamedDependency[SkipValidation[Steer]],
) -> Response[bytes]:
    """End it: pages stay as they were read, and none is taken out."""
    return await _steer(request, crawl_id, Turn.CANCEL, steer_crawl)


@post("/v1/crawls/{crawl_id:uuid}/approve", status_code=200, opt=STEERING)
async def approve_crawl(
    request: AnyRequest,
    crawl_id: FromPath[UUID],
    steer_crawl: NamedDependency[SkipValidation[Steer]],
) -> Response[bytes]:
    """Let a blocked crawl take out the pages that are gone."""
    return await _steer(request, crawl_id, Turn.APPROVE, steer_crawl)


router = Router(
    "/",
    route_handlers=[
        read_crawl,
        list_crawl_failures,
        pause_crawl,
        resume_crawl,
        cancel_crawl,
        approve_crawl,
    ],
)
