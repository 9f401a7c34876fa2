"""What a site is said to be decides what becomes of its pages, from its next crawl on."""

from collections.abc import AsyncIterator
from typing import Any

import attrs
import pytest
from aiohttp import web

from application.documentation.crawl_ports import CrawlWork
from application.documentation.keep_sites import ChangeSite, ChangeSiteHandler
from domain.documentation.crawl import Crawl
from domain.documentation.frontier import PageState
from domain.documentation.kinds import SiteKind
from domain.documentation.pages import KeptPage, ReadPage, Section
from domain.documentation.scope import Scope
from domain.documentation.site import Site
from tests.contract.crawling import Crawling, begun, kept, lease
from tests.crawler import Crawler, to
from tests.fakes.crawls import MemoryCrawling
from tests.samples import DESK, NOW
from tests.samples_of_crawls import START
from tests.samples_of_crawls import site as sample
from tests.web_sites import WebSite, web_site

pytestmark = pytest.mark.anyio

PAGES = 12


@pytest.fixture
async def web_() -> AsyncIterator[WebSite]:
    async with web_site() as site:
        yield site


async def test_pages_that_belong_to_it_no_more_go_unasked() -> None:
    links = "".join(f'<a href="page{number}"></a>' for number in range(PAGES))
    async with web_site() as here:
        here.says("/", links)
        for number in range(PAGES):
            here.says(f"/page{number}", "Keys are at the desk.")
        egress = to(here.host)
        crawler = Crawler(work=MemoryCrawling(), fetch=egress)
        added = attrs.evolve(sample(start=here.url("/")), events=())
        site = await crawler.work(DESK, lambda work: work.sites.save(added))
        await crawler.crawl(site)
        narrower = Scope(within=(here.url("/"),), without=("/page7",))
        into = attrs.evolve(site, reading=attrs.evolve(site.reading, scope=narrower))
        changed = site.changed(into=into, now=NOW)
        await crawler.work(DESK, lambda work: work.sites.save(changed))

        _, tally = await crawler.crawl(changed)

        assert (tally.gone, here.asked["/page7"], here.asked["/page8"]) == (1, 1, 2)
        assert await crawler.work(DESK, lambda work: work.frontier.kept(site.id)) == PAGES
        await egress.close()


async def test_unchanged_pages_are_read_again_where_they_are_read_otherwise(
    stored: Crawler, web_: WebSite
) -> None:
    validated = list[str]()

    async def page(request: web.BaseRequest) -> web.Response:
        told = request.headers.get("if-none-match", "")
        validated.append(told)
        status = 304 if told == '"1"' else 200
        return web.Response(status=status, text="Keys." * (status == 200), headers={"etag": '"1"'})

    web_.answers["/"] = page
    added = attrs.evolve(sample(start=web_.url("/")), events=())
    site = await stored.work(DESK, lambda work: work.sites.save(added))
    _, first = await stored.crawl(site)
    site = await changed_to(stored, site, title="Another title")
    _, second = await stored.crawl(site)
    site = await changed_to(stored, site, kind=SiteKind.DOCUSAURUS)
    _, third = await stored.crawl(site)
    narrower = attrs.evolve(site.reading.scope, without=("/page7",))
    site = await changed_to(stored, site, reading=attrs.evolve(site.reading, scope=narrower))
    _, fourth = await stored.crawl(site)
    _, fifth = await stored.crawl(site)

    tallies = (first, second, third, fourth, fifth)
    assert [each.added for each in tallies] == [1, 0, 0, 0, 0]
    assert [each.changed for each in tallies] == [0, 0, 1, 1, 0]
    assert [each.unchanged for each in tallies] == [0, 1, 0, 0, 1]
    assert validated == ["", '"1"', "", "", '"1"']


async def changed_to(crawler: Crawler, site: Site, **into: Any) -> Site:
    there = attrs.evolve(site, **into)
    change = ChangeSiteHandler(unit_of_work=crawler.work, clock=crawler.clock)
    return await change(
        ChangeSite(
            actor=DESK,
            site_id=site.id,
            title=there.title,
            kind=there.kind,
            reading=there.reading,
            language=there.language,
            release=there.release,
            version=None,
        )
    )


async def test_who_reads_a_page_while_its_site_is_changed_has_it_no_more(
    crawling: Crawling,
) -> None:
    def change(work: CrawlWork) -> bool:
        work.sites.save(attrs.evolve(sample(), events=()))
        here = begun(work, "1")
        (page,) = lease(work, here)
        work.frontier.read_anew(here.site_id)
        return work.frontier.record(here, page, kept(PageState.ADDED), now=NOW)

    assert not await crawling(DESK, change)


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
