"""Sites and crawls as readers see them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

import attrs

from application.kernel.pages import Page, Slice
from domain.documentation.crawl import Crawl
from domain.documentation.frontier import Tally
from domain.documentation.site import Site
from domain.kernel.actors import Actor
from domain.kernel.identifiers import CrawlId, SiteId


@attrs.frozen
class PageFailed:
    url: str
    reason: str
    status: int | None


@attrs.frozen(kw_only=True)
class Progress:
    """`failures` are how many pages failed for which reason, `skips` why others were left out.

    Each page counts for the crawl that looked at it last: only of the latest one all are there.
    """

    crawl: Crawl
    tally: Tally
    failures: Mapping[str, int]
    skips: Mapping[str, int]
    is_latest: bool

    def pages_a_second(self, now: datetime) -> float:
        """On average since it began, pauses and all."""
        seconds = ((self.crawl.ended_at or now) - self.crawl.started_at).total_seconds()
        return self.tally.done / seconds if seconds > 0 else 0.0

    def seconds_left(self, now: datetime) -> float | None:
        """If it goes on like that, and finds no more than it has; None as long as nobody knows."""
        if self.crawl.is_over or not self.tally.waiting:
            return 0.0
        rate = self.pages_a_second(now)
        return self.tally.waiting / rate if rate else None


class CrawlViews(Protocol):
    """Every question names the actor; nobody sees crawls of another organization."""

    async def site(self, actor: Actor, site_id: SiteId) -> Site:
        """Raises SiteNotFound."""
        ...

    async def sites(self, actor: Actor, *, slice: Slice) -> Page[Site]:
        """In the order in which they were added."""
        ...

    async def site_from(self, actor: Actor, start: str) -> Site | None:
        """The one that is read from there, if there is one."""
        ...

    async def crawls(self, actor: Actor, site_id: SiteId, *, slice: Slice) -> Page[Crawl]:
        """The latest first. Raises SiteNotFound."""
        ...

    async def progress(self, actor: Actor, crawl_id: CrawlId) -> Progress:
        """Raises CrawlNotFound."""
        ...

    async def failed(self, actor: Actor, crawl_id: CrawlId, *, slice: Slice) -> Page[PageFailed]:
        """The pages that could not be read. Raises CrawlNotFound."""
        ...
