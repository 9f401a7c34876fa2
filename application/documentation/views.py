"""What may be asked about documentation."""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from typing import ClassVar, Protocol

import attrs

from application.kernel.pages import Page, Slice
from domain.documentation.kinds import DocumentationKind
from domain.documentation.meaning import Meaning
from domain.kernel.actors import Actor
from domain.kernel.identifiers import PageId, PassageId, SiteId
from domain.kernel.refusals import NotFound


class RankedBy(Enum):
    WORDS = "words"
    BOTH = "words_and_meaning"


@attrs.frozen
class PageNotFound(NotFound):
    code: ClassVar[str] = "page_not_found"
    page_id: PageId

    def __str__(self) -> str:
        return f"there is no page {self.page_id}"


@attrs.frozen(kw_only=True)
class PassageSearch:
    """Of what is found, `limit` after `skip` are wanted. `meaning` is that of the words."""

    words: str
    meaning: Meaning | None = None
    site_id: SiteId | None = None
    kind: DocumentationKind | None = None
    language: str | None = None
    version: str | None = None
    limit: int = 10
    skip: int = 0


@attrs.frozen
class AlsoAt:
    """Another place on the same site that says the same."""

    url: str
    version: str | None


@attrs.frozen(kw_only=True)
class PassageFound:
    """`url` leads to the place on the page; `highlights` are where in the text the words stand.

    `also_at` are the first of the other places, the newest version first. `fit` is what it is
    worth, in thousandths of what the best one is that was found.
    """

    id: PassageId
    page_id: PageId
    site_id: SiteId
    url: str
    path: Sequence[str]
    text: str
    symbols: Sequence[str]
    highlights: Sequence[tuple[int, int]]
    kind: DocumentationKind
    language: str | None
    version: str | None
    fetched_at: datetime
    also_at: Sequence[AlsoAt] = ()
    fit: int


@attrs.frozen(kw_only=True)
class Found:
    """The best first, of `many` that were found, each once whatever places say it.

    `instead` are words that were looked for in the place of mistyped ones, as they are written
    in what was found.
    """

    passages: Sequence[PassageFound]
    more: bool
    many: int
    instead: Sequence[str]
    ranked_by: RankedBy = RankedBy.WORDS


@attrs.frozen(kw_only=True)
class PageShown:
    id: PageId
    site_id: SiteId
    url: str
    title: str
    kind: DocumentationKind
    language: str | None
    version: str | None
    fetched_at: datetime
    changed_at: datetime


class PassageViews(Protocol):
    async def search(self, actor: Actor, wanted: PassageSearch) -> Found: ...

    async def edition(self, actor: Actor) -> int:
        """Another one whenever something else may be found."""
        ...


class PageViews(Protocol):
    async def page(self, actor: Actor, page_id: PageId) -> PageShown:
        """Raises PageNotFound."""
        ...

    async def pages(
        self, actor: Actor, *, site_id: SiteId | None, slice: Slice
    ) -> Page[PageShown]:
        """By address."""
        ...
