"""Routes of pages of documentation."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation
from msgspec import Meta

from application.documentation.views import PageNotFound, PageShown, PageViews
from application.kernel.pages import BadCursor
from domain.documentation.kinds import DocumentationKind
from domain.kernel.actors import Permission
from domain.kernel.identifiers import PageId, SiteId
from entrypoints.http.answers import answer, respond
from entrypoints.http.operations import Operation
from entrypoints.http.page_shapes import Language, PageUrl, VersionOfPage
from entrypoints.http.paging import LARGEST_PAGE, Cursors, Next, PageQuery
from entrypoints.http.reading import Query
from entrypoints.http.refusals import TEXT_OR_NOTHING
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import Identifier, Moment, Output

AnyRequest = Request[Any, Any, Any]

Title = Annotated[
    str, Meta(pattern=TEXT_OR_NOTHING, max_length=1000, examples=["Coroutines and Tasks"])
]


class PagesQuery(PageQuery, frozen=True, kw_only=True):
    site_id: Identifier | None = None


class PageBody(Output, frozen=True):
    """`fetched_at` is when it was read last, `changed_at` when it last said something else."""

    id: Identifier
    site_id: Identifier
    url: PageUrl
    title: Title
    kind: DocumentationKind
    language: Language | None
    version: VersionOfPage | None
    fetched_at: Moment
    changed_at: Moment

    @classmethod
    def of(cls, page: PageShown) -> "PageBody":
        return cls(
            id=page.id,
            site_id=page.site_id,
            url=page.url,
            title=page.title,
            kind=page.kind,
            language=page.language,
            version=page.version,
            fetched_at=page.fetched_at,
            changed_at=page.changed_at,
        )


class PageOfPages(Output, frozen=True):
    items: Annotated[Sequence[PageBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None


LIST = Query(PagesQuery)


@get(
    "/v1/pages/{page_id:uuid}",
    opt=Operation(
        tag="documentation",
        needs=Permission.READ_DOCUMENTATION,
        shows=PageBody,
        refuses=(PageNotFound,),
    ).opt,
)
async def read_page(
    request: AnyRequest,
    page_id: FromPath[UUID],
    page_views: NamedDependency[SkipValidation[PageViews]],
) -> Response[bytes]:
    """One page of documentation, as it was read last."""
    page = await page_views.page(actor_of(request), PageId(page_id))
    return respond(answer(PageBody.of(page)))


@get(
    "/v1/pages",
    opt=Operation(
        tag="documentation",
        needs=Permission.READ_DOCUMENTATION,
        query=LIST,
        shows=PageOfPages,
        refuses=(BadCursor,),
    ).opt,
)
async def list_pages(
    request: AnyRequest, page_views: NamedDependency[SkipValidation[PageViews]]
) -> Response[bytes]:
    """Pages of documentation, by address."""
    query, cursors = LIST.of(request), Cursors.of(request)
    page = await page_views.pages(
        actor_of(request),
        site_id=None if query.site_id is None else SiteId(query.site_id),
        slice=cursors.slice(query),
    )
    items = [PageBody.of(each) for each in page.items]
    return cursors.respond(PageOfPages(items=items, next=cursors.write(page.next)))


router = Router("/", route_handlers=[read_page, list_pages])
