"""The route on which documentation is searched."""

from collections.abc import Sequence
from typing import Annotated, Any

from litestar import Request, Response, Router, get
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from msgspec import Meta

from application.documentation.views import (
    PassageFound,
    PassageSearch,
    PassageViews,
    RankedBy,
)
from application.kernel.pages import BadCursor, Slice
from domain.documentation.copies import MOST_TOLD
from domain.documentation.kinds import DocumentationKind
from domain.kernel.actors import Permission
from domain.kernel.identifiers import SiteId
from entrypoints.http.in_calls import CALL_ID
from entrypoints.http.operations import Operation
from entrypoints.http.page_shapes import (
    Heading,
    Language,
    PageUrl,
    PassageText,
    VersionOfPage,
)
from entrypoints.http.paging import LARGEST_PAGE, Cursors, Next, PageQuery
from entrypoints.http.reading import Query
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import ONE_LINE, Identifier, Moment, Output

AnyRequest = Request[Any, Any, Any]

Words = Annotated[
    str,
    Meta(
        pattern=ONE_LINE,
        min_length=1,
        max_length=300,
        description='A name, words, a question; a "phrase" is to be found as it stands.',
        examples=["asyncio.gather"],
    ),
]
Fit = Annotated[float, Meta(ge=0, le=1, examples=[0.82])]
Place = Annotated[int, Meta(ge=0, le=1_000_000)]


class PassageQuery(PageQuery, frozen=True, kw_only=True):
    q: Words
    site_id: Identifier | None = None
    kind: DocumentationKind | None = None
    language: Language | None = None
    version: VersionOfPage | None = None


class Highlight(Output, frozen=True):
    """From and up to which character of the text."""

    start: Place
    end: Place


class AlsoAtBody(Output, frozen=True):
    """Another place that says the same, and the version it is about."""

    url: PageUrl
    version: VersionOfPage | None


class PassageBody(Output, frozen=True):
    """`path` holds the titles from the page's down to its own; `url` leads to it on its page.

    `also_at` are other places of the site that say the same, the newest version first. `fit` is
    what it is worth, of what the best one is that was found.
    """

    id: Identifier
    page_id: Identifier
    site_id: Identifier
    url: PageUrl
    path: Annotated[Sequence[Heading], Meta(max_length=100)]
    text: PassageText
    symbols: Annotated[Sequence[Heading], Meta(max_length=1000)]
    highlights: Annotated[Sequence[Highlight], Meta(max_length=50)]
    kind: DocumentationKind
    language: Language | None
    version: VersionOfPage | None
    fetched_at: Moment
    also_at: Annotated[Sequence[AlsoAtBody], Meta(max_length=MOST_TOLD)]
    fit: Fit

    @classmethod
    def of(cls, found: PassageFound) -> "PassageBody":
        return cls(
            id=found.id,
            page_id=found.page_id,
            site_id=found.site_id,
            url=found.url,
            path=found.path,
            text=found.text,
            symbols=found.symbols,
            highlights=[Highlight(start=start, end=end) for start, end in found.highlights],
            kind=found.kind,
            language=found.language,
            version=found.version,
            fetched_at=found.fetched_at,
            fit=found.fit / 1000,
            also_at=[AlsoAtBody(url=each.url, version=each.version) for each in found.also_at],
        )


class PassagePage(Output, frozen=True):
    """The best first. `instead` are words that were looked for in the place of mistyped ones.

    Questions are `ranked_by` words and meaning where a model is set up and at hand.
    """

    items: Annotated[Sequence[PassageBody], Meta(max_length=LARGEST_PAGE)]
    instead: Annotated[Sequence[Heading], Meta(max_length=100)]
    ranked_by: RankedBy
    next: Next | None


SEARCH = Query(PassageQuery)


@get(
    "/v1/passages/search",
    opt=Operation(
        tag="documentation",
        needs=Permission.READ_DOCUMENTATION,
        sends=(CALL_ID,),
        query=SEARCH,
        shows=PassagePage,
        refuses=(BadCursor,),
    ).opt,
)
async def search_passages(
    request: AnyRequest, passage_views: NamedDependency[SkipValidation[PassageViews]]
) -> Response[bytes]:
    """Passages of documentation that answer best, up to sixty of them.

    In a call, as many as the setting `knowledge.top_k` says, and none that fits less well than
    `knowledge.threshold_percent`.
    """
    query, cursors = SEARCH.of(request), Cursors.of(request)
    slice = cursors.slice(query)
    wanted = PassageSearch(
        words=query.q,
        site_id=None if query.site_id is None else SiteId(query.site_id),
        kind=query.kind,
        language=query.language,
        version=query.version,
        limit=slice.limit,
        skip=_skipped(slice),
    )
    found = await passage_views.search(actor_of(request), wanted)
    following = cursors.write((str(wanted.skip + wanted.limit),)) if found.more else None
    items = [PassageBody.of(each) for each in found.passages]
    page = PassagePage(
        items=items, instead=found.instead, ranked_by=found.ranked_by, next=following
    )
    return cursors.respond(page)


def _skipped(slice: Slice) -> int:
    """Raises BadCursor."""
    if slice.after is None:
        return 0
    try:
        (skipped,) = slice.after
        return int(skipped)
    except ValueError:
        raise BadCursor from None


router = Router("/", route_handlers=[search_passages])
