"""While pages are read, it is told now and then how far that is, and never twice the same."""

import itertools
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import attrs
import pytest

from application.documentation.crawl_ports import CrawlWork
from application.documentation.crawls_here import CrawlsHere
from application.documentation.tell_progress import TellProgress, TellProgressHandler
from application.kernel.web import Fetched
from domain.documentation.crawl import Crawl
from domain.documentation.events import CrawlProgressed
from domain.documentation.frontier import Tally
from tests.contract.crawling import Crawling, begun, end, kept, lease
from tests.crawler import Crawler
from tests.fakes.crawls import MemoryCrawling
from tests.fakes.time import Time
from tests.samples import DESK, NOW
from tests.samples_of_crawls import site
from tests.web_sites import WebSite, web_site

pytestmark = pytest.mark.anyio

PAGES = 8


@pytest.fixture
async def web_() -> AsyncIterator[WebSite]:
    async with web_site() as site:
        site.says("/", "".join(f'<a href="page{number}"></a>' for number in range(PAGES)))
        for number in range(PAGES):
            site.says(f"/page{number}", f"page {number}")
        yield site


async def test_counts_are_told_while_pages_are_read(crawler: Crawler, web_: WebSite) -> None:
    storage, now = MemoryCrawling(), [NOW]

    def clock() -> datetime:
        now[0] += timedelta(seconds=0.1)
        return now[0]

    late = attrs.evolve(crawler, work=storage, clock=clock)
    made = attrs.evolve(site(start=web_.url("/")), events=())
    saved = await storage(DESK, lambda work: work.sites.save(made))
    crawl = await late.begin(saved)
    await late.run(crawl)

    events = storage.organizations[DESK.organization_id].events
    told = [event for event in events if isinstance(event, CrawlProgressed)]
    assert told
    assert all(
        after.occurred_at - before.occurred_at >= timedelta(seconds=2)
        for before, after in itertools.pairwise(told)
    )
    assert [each.done for each in told] == sorted(each.done for each in told)
    assert (told[0].crawl_id, told[-1].found) == (crawl.id, PAGES + 1)

    before = len(events)
    await late.run(await late.begin(saved), share=1)
    assert not any(isinstance(event, CrawlProgressed) for event in events[before:])


async def test_how_long_nothing_was_stored_is_known_while_pages_are_read(
    crawler: Crawler, web_: WebSite
) -> None:
    storage, clock = MemoryCrawling(), Time(NOW)
    here, seen = CrawlsHere(clock), dict[str, timedelta]()

    async def slowly(url: str, /, **asked: Any) -> Fetched:
        clock.passes(timedelta(seconds=1))
        seen[url] = here.quiet_for()
        return await crawler.fetch(url, **asked)

    slow = attrs.evolve(crawler, work=storage, clock=clock, fetch=slowly, here=here)
    made = attrs.evolve(site(start=web_.url("/")), events=())
    await slow.run(await slow.begin(await storage(DESK, lambda work: work.sites.save(made))))

    assert seen[web_.url("/robots.txt")] == timedelta(), "which is not a page"
    assert seen[web_.url("/")] == timedelta(seconds=1)
    assert max(seen.values()) < timedelta(seconds=PAGES)
    assert here.quiet_for() == timedelta(), "it is over"


async def test_nothing_is_told_twice_nor_once_it_is_over() -> None:
    storage = MemoryCrawling()
    crawl, told = await read_a_little(storage)
    tell = TellProgressHandler(unit_of_work=storage, clock=lambda: NOW)
    again = await tell(TellProgress(actor=DESK, crawl_id=crawl.id, told=told))
    await storage(DESK, lambda work: end(work, crawl))
    over = await tell(TellProgress(actor=DESK, crawl_id=crawl.id, told=Tally()))

    (event,) = (
        event
        for event in storage.organizations[DESK.organization_id].events
        if isinstance(event, CrawlProgressed)
    )
    assert (event.found, event.done, event.added) == (2, 1, 1)
    assert (again, over) == (told, Tally())


async def test_it_is_told_in_every_storage(crawling: Crawling) -> None:
    _, told = await read_a_little(crawling)

    assert (told.found, told.done) == (2, 1)


async def read_a_little(crawling: Crawling) -> tuple[Crawl, Tally]:
    def read(work: CrawlWork) -> Crawl:
        work.sites.save(site())
        planned = begun(work, "a", "b")
        reading = work.crawls.save(planned.discover())
        (page,) = lease(work, reading, limit=1)
        work.frontier.record(reading, page, kept(), now=NOW)
        return reading

    crawl = await crawling(DESK, read)
    tell = TellProgressHandler(unit_of_work=crawling, clock=lambda: NOW)
    return crawl, await tell(TellProgress(actor=DESK, crawl_id=crawl.id, told=Tally()))
