"""What a site is said to be decides what becomes of its pages, from its next crawl on."""

import attrs
import pytest

from application.documentation.crawl_ports import CrawlWork
from domain.documentation.crawl import Crawl
from domain.documentation.frontier import PageState
from domain.documentation.pages import KeptPage, ReadPage, Section
from domain.documentation.scope import Scope
from tests.contract.crawling import Crawling, begun, kept, lease
from tests.crawler import Crawler, to
from tests.fakes.crawls import MemoryCrawling
from tests.samples import DESK, NOW
from tests.samples_of_crawls import START
from tests.samples_of_crawls import site as sample
from tests.web_sites import web_site

pytestmark = pytest.mark.anyio

PAGES = 12


async def test_pages_that_belong_to_it_no_more_go_unasked() -> None:
    links = "".join(f'<a href="page{number}"></a>' for number in range(PAGES))
    async with web_site() as web:
        web.says("/", links)
        for number in range(PAGES):
            web.says(f"/page{number}", "Keys are at the desk.")
        egress = to(web.host)
        crawler = Crawler(work=MemoryCrawling(), fetch=egress)
        added = attrs.evolve(sample(start=web.url("/")), events=())
        site = await crawler.work(DESK, lambda work: work.sites.save(added))
        await crawler.crawl(site)
        narrower = Scope(within=(web.url("/"),), without=("/page7",))
        into = attrs.evolve(site, reading=attrs.evolve(site.reading, scope=narrower))
        changed = site.changed(into=into, now=NOW)
        await crawler.work(DESK, lambda work: work.sites.save(changed))

        _, tally = await crawler.crawl(changed)

        assert (tally.gone, web.asked["/page7"], web.asked["/page8"]) == (1, 1, 2)
        assert await crawler.work(DESK, lambda work: work.frontier.kept(site.id)) == PAGES
        await egress.close()


async def test_pages_that_say_little_any_more_are_not_published(crawling: Crawling) -> None:
    """Passages of pages that are gone are lost, whether or not they are still found."""

    def keep(work: CrawlWork) -> Crawl:
        work.sites.save(attrs.evolve(sample(), events=()))
        here = begun(work, "1", "2")
        for url in ("1", "2"):
            sections = tuple(Section(anchor=each, path=(each,), text=each) for each in "abc")
            read = ReadPage(title=url, sections=sections)
            told = KeptPage(
                site=here.site_id, url=START + url, read=read, content_hash=url, fetched_at=NOW
            )
            work.pages.keep(told)
        for page, state in zip(lease(work, here), (PageState.ADDED, PageState.GONE), strict=True):
            assert work.frontier.record(here, page, kept(state), now=NOW)
        return here

    here = await crawling(DESK, keep)

    assert await crawling(DESK, lambda work: work.frontier.passages(here.site_id)) == 3
