"""What a sitemap says has not changed is not asked for, as long as that may be believed."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta, timezone

import attrs
import pytest

from domain.documentation.crawl import CrawlState
from domain.documentation.frontier import (
    BELIEVED_FOR,
    LONG_BEFORE,
    TO_READ_ANEW,
    Became,
    Dated,
    Found,
    PageState,
    Tally,
)
from domain.documentation.site import Site
from tests.contract.crawling import (
    LEASE,
    MINUTE,
    Crawling,
    Work,
    add,
    begun,
    end,
    kept,
    lease,
    paths,
)
from tests.crawler import Crawler
from tests.samples import DESK, NOW
from tests.samples_of_crawls import HOST, START, crawl
from tests.samples_of_crawls import site as sample
from tests.web_sites import WebSite, web_site

pytestmark = pytest.mark.anyio

DAY = timedelta(days=1)
PAGES = 8


async def _read_once(crawling: Crawling, *names: str) -> None:
    """One of them is to be understood anew, and one left no copy."""
    said = {"anew": kept(content=TO_READ_ANEW), "gone": Became(state=PageState.MOVED, status=301)}

    def read(work: Work) -> None:
        work.sites.save(sample())
        here = begun(work, *names)
        for page in lease(work, here):
            became = said.get(page.url.removeprefix(START), kept())
            assert work.frontier.record(here, page, became, now=NOW)
        end(work, here)

    await crawling(DESK, read)


async def _left_to_read(
    crawling: Crawling, changed_at: dict[str, datetime], *, after: timedelta
) -> tuple[set[str], Tally]:
    def look(work: Work) -> tuple[set[str], Tally]:
        here, now = work.crawls.save(crawl(2)), NOW + after
        work.frontier.reopen(here, stale_before=now, now=now)
        add(work, here, "new")
        told = [Dated(START + name, at) for name, at in changed_at.items()]
        work.frontier.spare(here, told, now=now)
        tally = work.frontier.tally(here)
        return paths(lease(work, here, after=after)), tally

    return await crawling(DESK, look)


async def test_who_has_not_changed_for_long_is_not_asked_for(crawling: Crawling) -> None:
    names = ("old", "lately", "silent", "anew", "gone")
    await _read_once(crawling, *names)
    long_ago = NOW - LONG_BEFORE
    changed_at = dict.fromkeys((*names, "new", "nowhere"), long_ago)
    del changed_at["silent"]
    changed_at["lately"] = long_ago + timedelta(seconds=1)
    left, tally = await _left_to_read(crawling, changed_at, after=DAY)

    assert left == {"lately", "silent", "anew", "gone", "new"}
    assert tally == Tally(waiting=5, unchanged=1, unasked=1)


@pytest.mark.parametrize(("late", "left"), [(-MINUTE, set()), (MINUTE, {"old"})])
async def test_nobody_is_believed_for_more_than_a_week(
    crawling: Crawling, late: timedelta, left: set[str]
) -> None:
    await _read_once(crawling, "old")
    found, _ = await _left_to_read(crawling, {"old": NOW - 100 * DAY}, after=BELIEVED_FOR + late)

    assert found == {"new"} | left


async def test_whoever_is_not_asked_for_was_not_read_then(crawling: Crawling) -> None:
    """The next crawl asks, or believes, by when the page was really read."""
    await _read_once(crawling, "old")
    await _left_to_read(crawling, {"old": NOW - 100 * DAY}, after=DAY)

    def third(work: Work) -> set[str]:
        end(work, crawl(2))
        here, now = work.crawls.save(crawl(3)), NOW + BELIEVED_FOR + MINUTE
        work.frontier.reopen(here, stale_before=now - DAY, now=now)
        work.frontier.spare(here, [Dated(START + "old", NOW - 100 * DAY)], now=now)
        return paths(lease(work, here, after=now - NOW))

    assert "old" in await crawling(DESK, third)


async def test_what_somebody_reads_is_read(crawling: Crawling) -> None:
    await _read_once(crawling, "old")

    def look(work: Work) -> None:
        here = work.crawls.save(crawl(2))
        work.frontier.reopen(here, stale_before=NOW, now=NOW)
        (page,) = lease(work, here)
        work.frontier.spare(here, [Dated(START + "old", NOW - 100 * DAY)], now=NOW)
        assert work.frontier.record(here, page, kept(PageState.CHANGED), now=NOW)
        assert work.frontier.tally(here).unasked == 0

    await crawling(DESK, look)


async def test_files_that_name_pages_come_first(crawling: Crawling) -> None:
    def look(work: Work) -> None:
        work.sites.save(sample())
        here = begun(work, "a")
        assert work.frontier.are_named(here, now=NOW)
        seed = Found(url=START + "z.xml", seed=True)
        work.frontier.add(here, [seed], stale_before=NOW - MINUTE, now=NOW)
        assert not work.frontier.are_named(here, now=NOW)
        until = NOW + MINUTE
        (leased,) = work.frontier.lease(
            here, HOST, limit=9, lease=LEASE, now=NOW, until=until, seeds=True
        )
        assert leased.url == seed.url
        assert not work.frontier.are_named(here, now=NOW)
        assert work.frontier.are_named(here, now=until)  # whoever had it is gone
        again = Became(state=PageState.WAITING, reason="http_503", due_at=NOW)
        assert work.frontier.record(here, leased, again, now=NOW)
        assert work.frontier.are_named(here, now=NOW)
        assert paths(lease(work, here)) == {"a", "z.xml"}

    await crawling(DESK, look)


@pytest.fixture
async def web_() -> AsyncIterator[WebSite]:
    """Pages that a sitemap dates long ago, which a lie would have changed since."""
    async with web_site() as site:
        links = "".join(f'<a href="page{number}"></a>' for number in range(PAGES))
        site.says("/", links)
        named = f"<url><loc>{site.url('/')}</loc></url>"
        for number in range(PAGES):
            site.says(f"/page{number}", f"page {number}")
            place = site.url(f"/page{number}")
            named += f"<url><loc>{place}</loc><lastmod>2020-01-01</lastmod></url>"
        site.says("/sitemap.xml", f"<urlset>{named}</urlset>")
        site.says("/robots.txt", f"Sitemap: {site.url('/sitemap.xml')}")
        yield site


async def registered(crawler: Crawler, web_: WebSite) -> Site:
    made = attrs.evolve(sample(start=web_.url("/")), events=())
    return await crawler.work(DESK, lambda work: work.sites.save(made))


async def test_a_lie_is_found_after_a_week(crawler: Crawler, web_: WebSite) -> None:
    began = datetime.now(timezone.utc)
    site = await registered(crawler, web_)
    _, first = await crawler.crawl(site)
    web_.says("/page3", "something else")
    web_.asked.clear()
    crawl, second = await crawler.crawl(site)
    asked = dict(web_.asked)
    later = attrs.evolve(
        crawler, clock=lambda: datetime.now(timezone.utc) + (BELIEVED_FOR + MINUTE)
    )
    _, third = await later.crawl(site)

    assert datetime.now(timezone.utc) - began < MINUTE
    assert (first.added, first.unasked) == (PAGES + 1, 0)
    assert asked == {"/": 1, "/sitemap.xml": 1}
    assert (crawl.state, second.unchanged, second.unasked) == (CrawlState.DONE, PAGES + 1, PAGES)
    assert (third.changed, third.unchanged, third.unasked) == (1, PAGES, 0)
