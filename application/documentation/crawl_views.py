"""Sites and crawls as readers see them."""

from collections.abc import Sequence
from typing import Protocol

import attrs

from domain.documentation.crawl import Crawl
from domain.documentation.frontier import Tally
from domain.documentation.site import Site
from domain.kernel.actors import Actor
from domain.kernel.identifiers import CrawlId


@attrs.frozen
class PageFailed:
    url: str
    reason: str


@attrs.frozen
class Progress:
    crawl: Crawl
    tally: Tally


class CrawlViews(Protocol):
    """Every question names the actor; nobody sees crawls of another organization."""

    async def site_from(self, actor: Actor, start: str) -> Site | None:
        """The one that is read from there, if there is one."""
        ...

    async def progress(self, actor: Actor, crawl_id: CrawlId) -> Progress:
        """Raises CrawlNotFound."""
        ...

    async def failed(self, actor: Actor, crawl_id: CrawlId, *, limit: int) -> Sequence[PageFailed]:
        """Some of the pages that could not be read, by address."""
        ...
