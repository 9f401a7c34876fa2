"""Pages of documentation: as they were read, and as they are kept."""

from datetime import datetime

import attrs

from domain.documentation.kinds import DocumentationKind
from domain.kernel.identifiers import SiteId


@attrs.frozen(kw_only=True)
class Section:
    """What a page says under one heading or about one symbol, before it is kept as a passage.

    `anchor` is empty at the top of the page; `path` holds the titles from the page's down to its
    own; `symbols` are the exact names it defines, such as `asyncio.gather`; `anchors` are those of
    places inside of it.
    """

    anchor: str
    path: tuple[str, ...]
    text: str
    symbols: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class ReadPage:
    """A page as its extractor understood it. Links are absolute; the crawl judges them.

    `words` are what each section is found by, as it is kept, if that is known already. A file
    that names pages has `links` alone, as they are written, and `seeds` if it names such files;
    `changed_at` is when pages of some of these links changed last, as it says.
    """

    title: str
    sections: tuple[Section, ...]
    links: tuple[str, ...] = ()
    canonical: str | None = None
    language: str | None = None
    version: str | None = None
    kind: DocumentationKind = DocumentationKind.GUIDE
    indexed: bool = True
    followed: bool = True
    words: tuple[bytes, ...] = ()
    seeds: tuple[str, ...] = ()
    changed_at: tuple[tuple[str, datetime], ...] = ()


@attrs.frozen(kw_only=True)
class KeptPage:
    """A page to be kept for search; `url` is its normal form."""

    site: SiteId
    url: str
    read: ReadPage
    content_hash: str
    fetched_at: datetime


@attrs.frozen(kw_only=True)
class Changed:
    """How many passages keeping a page added, removed and left alone."""

    added: int = 0
    removed: int = 0
    same: int = 0
