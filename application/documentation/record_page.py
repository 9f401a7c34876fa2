"""What came of a page: its copy, its links and that it is done, all at once or not at all."""

from collections.abc import Sequence
from datetime import datetime

import attrs

from application.documentation.crawl_ports import CrawlWork
from application.kernel.ports import Clock, UnitOfWork
from domain.documentation.crawl import Crawl
from domain.documentation.frontier import Became, Dated, Found, Leased
from domain.documentation.pages import KeptPage, ReadPage
from domain.documentation.site import Site
from domain.documentation.urls import host_of
from domain.kernel.actors import Actor


@attrs.frozen(kw_only=True)
class CameOfIt:
    """`read` is there if there is something new to keep; `rest_until` if its host wants peace.

    `dated` are those of a sitemap that says when they changed last.
    """

    became: Became
    read: ReadPage | None = None
    found: Sequence[Found] = ()
    dated: Sequence[Dated] = ()
    rest_until: datetime | None = None

    @property
    def is_nothing(self) -> bool:
        """Nothing was sent, and nothing is to be tried again: it may be written down later."""
        later = self.became.due_at or self.rest_until
        return not (self.read or self.found or self.became.size or later)


@attrs.frozen(kw_only=True)
class RecordPage:
    actor: Actor
    crawl: Crawl
    site: Site
    page: Leased
    came: CameOfIt


@attrs.frozen(kw_only=True)
class RecordPageHandler:
    unit_of_work: UnitOfWork[CrawlWork]
    clock: Clock

    async def __call__(self, command: RecordPage, /) -> bool:
        """Whether the page was still the caller's; otherwise nothing came of it."""
        crawl, site, came = command.crawl, command.site, command.came

        def record(work: CrawlWork) -> bool:
            now = self.clock()
            if not work.frontier.record(crawl, command.page, came.became, now=now):
                return False
            stale_before = crawl.started_at - site.fresh_for
            work.frontier.add(crawl, came.found, stale_before=stale_before, now=now)
            if came.dated:
                work.frontier.spare(crawl, came.dated, now=now)
            if came.rest_until is not None:
                host = host_of(command.page.url)
                work.hosts.rest(site.id, host, until=came.rest_until)
            if came.read is not None and came.became.content_hash is not None:
                kept = KeptPage(
                    site=site.id,
                    url=command.page.url,
                    read=came.read,
                    content_hash=came.became.content_hash,
                    fetched_at=now,
                )
                work.pages.keep(kept)
            return True

        return await self.unit_of_work(command.actor, record)
