"""Views of sites and crawls in memory."""

from collections import Counter
from collections.abc import Mapping

import attrs

from adapters.repositories.frontier_rows import key_of
from application.documentation.crawl_views import CrawlViews, PageFailed, Progress
from application.kernel.pages import Page, Slice
from domain.documentation.crawl import Crawl, CrawlNotFound
from domain.documentation.frontier import PageState
from domain.documentation.site import Site, SiteNotFound
from domain.kernel.actors import Actor
from domain.kernel.identifiers import CrawlId, OrganizationId, SiteId
from tests.fakes.crawl_rows import CrawlRows, Known
from tests.fakes.crawls import MemoryFrontier
from tests.fakes.paging import page_of
from tests.fakes.rows import found


@attrs.frozen
class MemoryCrawlViews(CrawlViews):
    organizations: Mapping[OrganizationId, CrawlRows]

    async def site(self, actor: Actor, site_id: SiteId) -> Site:
        site = found(self._rows(actor).sites, site_id, SiteNotFound)
        site.must_be_there()
        return site

    async def sites(self, actor: Actor, *, slice: Slice) -> Page[Site]:
        return page_of(self._sites(actor), lambda site: (str(site.id),), slice)

    async def site_from(self, actor: Actor, start: str) -> Site | None:
        sites = sorted(self._sites(actor), key=lambda site: site.id)
        return next((site for site in sites if start in site.reading.starts), None)

    async def crawls(self, actor: Actor, site_id: SiteId, *, slice: Slice) -> Page[Crawl]:
        await self.site(actor, site_id)
        theirs = [one for one in self._rows(actor).crawls.values() if one.site_id == site_id]
        return page_of(theirs, lambda one: (str(one.id),), slice, backwards=True)

    async def progress(self, actor: Actor, crawl_id: CrawlId) -> Progress:
        rows = self._rows(actor)
        crawl = found(rows.crawls, crawl_id, CrawlNotFound)
        others = (one.id for one in rows.crawls.values() if one.site_id == crawl.site_id)
        return Progress(
            crawl=crawl,
            tally=MemoryFrontier(rows).tally(crawl),
            failures=_reasons(rows, crawl, PageState.FAILED),
            skips=_reasons(rows, crawl, PageState.SKIPPED),
            is_latest=crawl_id == max(others),
        )

    async def failed(self, actor: Actor, crawl_id: CrawlId, *, slice: Slice) -> Page[PageFailed]:
        rows = self._rows(actor)
        failed = _failed(rows, found(rows.crawls, crawl_id, CrawlNotFound))
        page = page_of(failed, lambda known: (key_of(known.url),), slice)
        shown = [PageFailed(each.url, each.reason or "", each.status) for each in page.items]
        return Page(items=shown, next=page.next)

    def _rows(self, actor: Actor) -> CrawlRows:
        return self.organizations.get(actor.organization_id, CrawlRows())

    def _sites(self, actor: Actor) -> list[Site]:
        return [one for one in self._rows(actor).sites.values() if one.deleted_at is None]


def _reasons(rows: CrawlRows, crawl: Crawl, state: PageState) -> Counter[str]:
    return Counter(known.reason or "" for known in rows.of(crawl) if known.state is state)


def _failed(rows: CrawlRows, crawl: Crawl) -> list[Known]:
    return [known for known in rows.of(crawl) if known.state is PageState.FAILED]
