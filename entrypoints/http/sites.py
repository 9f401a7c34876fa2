"""Routes of documentation sites, and of having one read."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.documentation.crawl_views import CrawlViews
from application.documentation.delete_site import DeleteSite
from application.documentation.keep_sites import AddSite, ChangeSite
from application.documentation.start_crawl import StartCrawl
from application.kernel.pages import BadCursor
from application.kernel.ports import UseCase
from domain.documentation.crawl import Crawl, CrawlUnderWay
from domain.documentation.schedule import BadSchedule
from domain.documentation.site import (
    BadPrefix,
    BadSeed,
    BadStart,
    Site,
    SiteNotFound,
    StartElsewhere,
)
from domain.kernel.actors import Permission
from domain.kernel.identifiers import SiteId
from entrypoints.http.answers import answer, respond, tagged, worded
from entrypoints.http.crawl_shapes import CrawlBody, CrawlPage
from entrypoints.http.etags import IF_MATCH, IF_NONE_MATCH, seen_version
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Operation
from entrypoints.http.paging import Cursors, PageQuery
from entrypoints.http.reading import Body, Query, no_body
from entrypoints.http.security import actor_of
from entrypoints.http.site_shapes import GUIDE, SiteBody, SiteInput, SitePage

AnyRequest = Request[Any, Any, Any]

SITE: Body[SiteInput] = Body(SiteInput, examples={"a guide": GUIDE})
LIST = Query(PageQuery)

_added = worded(
    SiteBody.of,
    status=201,
    version=lambda site: site.version,
    location=lambda site: f"/v1/sites/{site.id}",
)
_started = worded(
    CrawlBody.of,
    status=201,
    version=lambda crawl: crawl.version,
    location=lambda crawl: f"/v1/crawls/{crawl.id}",
)


@post(
    "/v1/sites",
    opt=Operation(
        tag="documentation",
        needs=Permission.WRITE_DOCUMENTATION,
        sends=(IDEMPOTENCY_KEY,),
        body=SITE,
        shows=SiteBody,
        status=201,
        refuses=(BadStart, BadSeed, BadPrefix, StartElsewhere, BadSchedule),
        then={"start_crawl": {"site_id": "$response.body#/id"}},
    ).opt,
)
async def add_site(
    request: AnyRequest, add_site: NamedDependency[SkipValidation[UseCase[AddSite, Site]]]
) -> Response[bytes]:
    """Say what site is to be read, and how politely. Nothing is read yet."""
    data = await SITE.of(request)
    key = await IdempotencyKey.of(request)
    command = AddSite(
        actor=actor_of(request),
        title=data.title,
        kind=data.kind,
        reading=data.reading(),
        language=data.language,
        release=data.release,
        schedule=data.scheduled(),
        once=key.once(_added),
    )
    return respond(_added(await add_site(command)))


@get(
    "/v1/sites",
    opt=Operation(
        tag="documentation",
        needs=Permission.READ_DOCUMENTATION,
        query=LIST,
        shows=SitePage,
        refuses=(BadCursor,),
    ).opt,
)
async def list_sites(
    request: AnyRequest, crawl_views: NamedDependency[SkipValidation[CrawlViews]]
) -> Response[bytes]:
    """Documentation sites, as they were added."""
    query, cursors = LIST.of(request), Cursors.of(request)
    page = await crawl_views.sites(actor_of(request), slice=cursors.slice(query))
    items = [SiteBody.of(site) for site in page.items]
    return cursors.respond(SitePage(items=items, next=cursors.write(page.next)))


@get(
    "/v1/sites/{site_id:uuid}",
    opt=Operation(
        tag="documentation",
        needs=Permission.READ_DOCUMENTATION,
        sends=(IF_NONE_MATCH,),
        shows=SiteBody,
        refuses=(SiteNotFound,),
    ).opt,
)
async def read_site(
    request: AnyRequest,
    site_id: FromPath[UUID],
    crawl_views: NamedDependency[SkipValidation[CrawlViews]],
) -> Response[bytes]:
    """One documentation site."""
    site = await crawl_views.site(actor_of(request), SiteId(site_id))
    return tagged(request, SiteBody.of(site), version=site.version)


@put(
    "/v1/sites/{site_id:uuid}",
    opt=Operation(
        tag="documentation",
        needs=Permission.WRITE_DOCUMENTATION,
        sends=(IF_MATCH,),
        body=SITE,
        shows=SiteBody,
        refuses=(SiteNotFound, BadStart, BadSeed, BadPrefix, StartElsewhere, BadSchedule),
    ).opt,
)
async def change_site(
    request: AnyRequest,
    site_id: FromPath[UUID],
    change_site: NamedDependency[SkipValidation[UseCase[ChangeSite, Site]]],
) -> Response[bytes]:
    """Say otherwise what is to be read, from now on."""
    data = await SITE.of(request)
    command = ChangeSite(
        actor=actor_of(request),
        site_id=SiteId(site_id),
        title=data.title,
        kind=data.kind,
        reading=data.reading(),
        language=data.language,
        release=data.release,
        schedule=data.scheduled(),
        version=seen_version(request),
    )
    site = await change_site(command)
    return respond(answer(SiteBody.of(site), version=site.version))


@delete(
    "/v1/sites/{site_id:uuid}",
    status_code=200,
    opt=Operation(
        tag="documentation",
        needs=Permission.WRITE_DOCUMENTATION,
        sends=(IF_MATCH,),
        shows=SiteBody,
        refuses=(SiteNotFound,),
    ).opt,
)
async def delete_site(
    request: AnyRequest,
    site_id: FromPath[UUID],
    delete_site: NamedDependency[SkipValidation[UseCase[DeleteSite, Site]]],
) -> Response[bytes]:
    """Stop reading a site; a worker takes its pages out of search. What was quoted stays."""
    await no_body(request)
    command = DeleteSite(
        actor=actor_of(request), site_id=SiteId(site_id), version=seen_version(request)
    )
    site = await delete_site(command)
    return respond(answer(SiteBody.of(site), version=site.version))


@post(
    "/v1/sites/{site_id:uuid}/crawls",
    opt=Operation(
        tag="documentation",
        needs=Permission.WRITE_DOCUMENTATION,
        sends=(IDEMPOTENCY_KEY,),
        shows=CrawlBody,
        status=201,
        refuses=(SiteNotFound, CrawlUnderWay),
        then={"read_crawl": {"crawl_id": "$response.body#/id"}},
    ).opt,
)
async def start_crawl(
    request: AnyRequest,
    site_id: FromPath[UUID],
    start_crawl: NamedDependency[SkipValidation[UseCase[StartCrawl, Crawl]]],
) -> Response[bytes]:
    """Have a site read in the background; there is one crawl of it at a time."""
    await no_body(request)
    key = await IdempotencyKey.of(request)
    command = StartCrawl(actor=actor_of(request), site_id=SiteId(site_id), once=key.once(_started))
    return respond(_started(await start_crawl(command)))


@get(
    "/v1/sites/{site_id:uuid}/crawls",
    opt=Operation(
        tag="documentation",
        needs=Permission.READ_DOCUMENTATION,
        query=LIST,
        shows=CrawlPage,
        refuses=(SiteNotFound, BadCursor),
    ).opt,
)
async def list_crawls(
    request: AnyRequest,
    site_id: FromPath[UUID],
    crawl_views: NamedDependency[SkipValidation[CrawlViews]],
) -> Response[bytes]:
    """Crawls of a site, the latest first."""
    query, cursors = LIST.of(request), Cursors.of(request)
    page = await crawl_views.crawls(actor_of(request), SiteId(site_id), slice=cursors.slice(query))
    items = [CrawlBody.of(crawl) for crawl in page.items]
    return cursors.respond(CrawlPage(items=items, next=cursors.write(page.next)))


router = Router(
    "/",
    route_handlers=[
        add_site,
        list_sites,
        read_site,
        change_site,
        delete_site,
        start_crawl,
        list_crawls,
    ],
)
