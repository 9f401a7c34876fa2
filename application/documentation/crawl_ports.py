"""What crawls need from storage."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

import attrs

from application.documentation.ports import Pages
from application.kernel.jobs import JobQueue
from domain.documentation.crawl import Crawl
from domain.documentation.events import CrawlEvent
from domain.documentation.frontier import Became, Dated, Found, Leased, Tally
from domain.documentation.site import Site
from domain.kernel.identifiers import CrawlId, SiteId


class Sites(Protocol):
    def get(self, site_id: SiteId) -> Site:
        """Deleted or not. Raises SiteNotFound."""
        ...

    def due(self, *, now: datetime, limit: int) -> Sequence[SiteId]:
        """Those to be read by now, the longest due first."""
        ...

    def save(self, site: Site) -> Site:
        """Stores it, publishes its events and returns it with its next version.

        Raises Stale if it changed meanwhile.
        """
        ...


class Crawls(Protocol):
    def get(self, crawl_id: CrawlId) -> Crawl:
        """Raises CrawlNotFound."""
        ...

    def under_way(self, site_id: SiteId) -> Crawl | None: ...

    def save(self, crawl: Crawl) -> Crawl:
        """Stores it, publishes its events and returns it with its next version.

        Raises Stale if it changed meanwhile, or CrawlUnderWay if its site has another that is not
        over, at the latest when the unit of work ends.
        """
        ...

    def tell(self, event: CrawlEvent) -> None:
        """Publishes what changes nothing about the crawl itself."""
        ...


class Frontier(Protocol):
    """Every address of a site that was ever found, and how far the crawl of today is with it."""

    def kept(self, site_id: SiteId) -> int:
        """How many pages of the site have a copy that is kept."""
        ...

    def passages(self, site_id: SiteId) -> int:
        """How many there are of the site, but for those of pages that are gone."""
        ...

    def reopen(self, crawl: Crawl, *, stale_before: datetime, now: datetime) -> None:
        """Whatever is known and was last read before then is to be read by this crawl."""
        ...

    def add(
        self, crawl: Crawl, found: Sequence[Found], *, stale_before: datetime, now: datetime
    ) -> None:
        """To be read, unless this crawl knows them or they were read since `stale_before`."""
        ...

    def spare(self, crawl: Crawl, dated: Sequence[Dated], *, now: datetime) -> None:
        """Those that wait and have a copy that was read since are unchanged, without asking."""
        ...

    def are_named(self, crawl: Crawl, *, now: datetime) -> bool:
        """Whether no file is left that names pages, but for those that did not answer."""
        ...

    def read_anew(self, site_id: SiteId) -> None:
        """Whatever is known is stale and to be understood again, though it be unchanged.

        Whoever has one leased has it no more; copies stay until there is another.
        """
        ...

    def under_way(self, site_id: SiteId, host: str, *, now: datetime) -> tuple[int, int]:
        """How many have leased any, and how many pages."""
        ...

    def lease(
        self,
        crawl: Crawl,
        host: str,
        *,
        limit: int,
        lease: UUID,
        now: datetime,
        until: datetime,
        seeds: bool = False,
    ) -> Sequence[Leased]:
        """Those that are due, the longest due first; nobody else gets them until then.

        All of them, or only `seeds`.
        """
        ...

    def record(self, crawl: Crawl, page: Leased, became: Became, *, now: datetime) -> bool:
        """Whether it was still whoever's it had been; otherwise nothing is written."""
        ...

    def record_all(
        self, crawl: Crawl, came: Sequence[tuple[Leased, Became]], *, now: datetime
    ) -> None:
        """The same for many at once, where nothing else follows from it."""
        ...

    def give_back(self, crawl: Crawl, lease: UUID, *, now: datetime) -> None:
        """Whatever is leased by it is due at once."""
        ...

    def count_read(self, crawl: Crawl) -> int: ...

    def next_due(self, crawl: Crawl) -> datetime | None:
        """When there may be something to lease, if this crawl has anything left."""
        ...

    def skip_rest(self, crawl: Crawl, reason: str) -> None: ...

    def tally(self, crawl: Crawl) -> Tally: ...

    def forget(self, site_id: SiteId) -> None:
        """Every address; whoever has one leased has it no more."""
        ...

    def drop_gone(self, crawl: Crawl, *, limit: int) -> Sequence[str]:
        """Some that are gone and still have a copy, which is not kept any longer."""
        ...


@attrs.frozen(kw_only=True)
class Host:
    """`robots` is its robots.txt as it was at `robots_at`, `delay` what it asks for."""

    name: str
    robots: str | None = None
    robots_at: datetime | None = None
    delay: float | None = None
    next_at: datetime | None = None


class Hosts(Protocol):
    """Whom a site is read from, and when each wants to be left alone."""

    def of(self, site_id: SiteId) -> Sequence[Host]: ...

    def at_rest(self, site_id: SiteId, host: str, *, now: datetime) -> bool | None:
        """Whether it is to be left alone yet; None while somebody else is about to ask it.

        Nobody else learns so until the unit of work ends.
        """
        ...

    def rest(self, site_id: SiteId, host: str, *, until: datetime) -> None:
        """At least until then."""
        ...

    def keep_robots(
        self, site_id: SiteId, host: str, robots: str, *, delay: float | None, at: datetime
    ) -> None: ...


class BeginningWork(Protocol):
    """What it takes to begin a crawl."""

    @property
    def crawls(self) -> Crawls: ...

    @property
    def frontier(self) -> Frontier: ...

    @property
    def jobs(self) -> JobQueue: ...


class CrawlWork(BeginningWork, Protocol):
    """All that one transaction about a crawl may touch."""

    @property
    def sites(self) -> Sites: ...

    @property
    def hosts(self) -> Hosts: ...

    @property
    def pages(self) -> Pages: ...
