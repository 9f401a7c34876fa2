"""What a site is said to be decides what becomes of its pages, from its next crawl on."""

import attrs
import pytest

from domain.documentation.scope import Scope
from tests.crawler import Crawler, to
from tests.fakes.crawls import MemoryCrawling
from tests.samples import DESK, NOW
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
