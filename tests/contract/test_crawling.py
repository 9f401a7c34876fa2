"""A site on this machine is read whole, politely, and from wherever it was left."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Any

import attrs
import pytest
from aiohttp import web

from adapters.scraper.bell import BellHere
from application.documentation.steer_crawl import Turn
from application.kernel.web import Fetched
from domain.documentation.crawl import CrawlState, CrawlUnderWay
from domain.documentation.frontier import Tally
from domain.documentation.site import Site
from tests.crawler import Crawler, real_time
from tests.samples import DESK
from tests.samples_of_crawls import site as sample
from tests.web_sites import WebSite, web_site

pytestmark = pytest.mark.anyio

PAGES = 12


@pytest.fixture
async def web_() -> AsyncIterator[WebSite]:
    """A chain of pages, each with links to two others and some that lead nowhere."""
    async with web_site() as site:
        site.says("/", links("page0"))
        for number in range(PAGES):
            site.says(f"/page{number}", links(f"page{number + 1}", f"page{number * 2}", "#top"))
        yield site


def links(*targets: str, text: str = "") -> str:
    return text + "".join(f'<a href="{target}">{target}</a>' for target in targets)


async def registered(crawler: Crawler, web_: WebSite, **given: Any) -> Site:
    made = attrs.evolve(sample(start=web_.url("/")), events=())
    made = attrs.evolve(made, reading=attrs.evolve(made.reading, **given))
    return await crawler.work(DESK, lambda work: work.sites.save(made))


async def test_every_page_is_read_once(crawler: Crawler, web_: WebSite) -> None:
    site = await registered(crawler, web_)
    crawl, tally = await crawler.crawl(site)

    assert crawl.state is CrawlState.DONE
    assert (tally.added, tally.waiting, tally.failed) == (PAGES + 1, 0, 0)
    assert tally.skipped == tally.found - tally.added  # what there is no page for
    assert set(web_.asked.values()) == {1}
    assert await crawler.work(DESK, lambda work: work.frontier.kept(site.id)) == PAGES + 1


async def test_two_workers_share_one_crawl(stored: Crawler, web_: WebSite) -> None:
    crawl = await stored.begin(await registered(stored, web_))
    await asyncio.gather(stored.run(crawl, 0), stored.run(crawl, 1))
    ended, tally = await stored.look(crawl)

    assert (ended.state, tally.added) == (CrawlState.DONE, PAGES + 1)
    assert {count for path, count in web_.asked.items() if path != "/robots.txt"} == {1}


async def test_who_dies_leaves_the_rest_to_others(crawler: Crawler, web_: WebSite) -> None:
    fetched: list[str] = []

    async def dying(url: str, **asked: object) -> Fetched:
        if len(fetched) > PAGES // 2:
            raise RuntimeError("killed")
        fetched.append(url)
        return await crawler.fetch(url, **asked)  # type: ignore[arg-type]

    short = timedelta(seconds=1)
    crawl = await crawler.begin(await registered(crawler, web_))
    with pytest.raises(ExceptionGroup):
        await attrs.evolve(crawler, fetch=dying, lease_for=short).run(crawl)
    _, before = await crawler.look(crawl)
    await crawler.run(crawl)
    ended, tally = await crawler.look(crawl)

    assert 0 < before.added < tally.added == PAGES + 1
    assert ended.state is CrawlState.DONE
    again = sum(web_.asked.values()) - len(web_.asked)
    assert again <= sample().reading.politeness.at_once


async def test_nothing_is_fetched_that_has_not_changed(stored: Crawler, web_: WebSite) -> None:
    async def unchanged(request: web.BaseRequest) -> web.Response:
        if request.headers.get("if-none-match") == '"1"':
            return web.Response(status=304)
        return web.Response(text="the same", headers={"etag": '"1"'}, content_type="text/html")

    web_.answers["/page3"] = unchanged
    web_.says("/page5", links("new", text="changed later"))
    site = await registered(stored, web_)
    _, before = await stored.crawl(site)
    web_.says("/page5", links("new", text="changed"))
    web_.says("/new", "new")
    del web_.answers["/page2"]
    _, tally = await stored.crawl(site)

    assert (tally.added, tally.changed, tally.gone) == (1, 1, 1)
    assert tally.unchanged == before.added - 2


async def test_fresh_pages_are_not_asked_for(crawler: Crawler, web_: WebSite) -> None:
    site = await registered(crawler, web_, fresh_hours=24)
    await crawler.crawl(site)
    before = sum(web_.asked.values())
    _, tally = await crawler.crawl(site)

    dead = tally.skipped
    assert sum(web_.asked.values()) - before == dead
    assert dead * 2 < before


async def test_what_robots_txt_disallows_is_left_alone(crawler: Crawler, web_: WebSite) -> None:
    web_.says("/robots.txt", "User-agent: Frontdesk\nDisallow: /page7\n")
    _, tally = await crawler.crawl(await registered(crawler, web_))

    assert "/page7" not in web_.asked
    assert tally.added == PAGES


@pytest.mark.parametrize("status", [500, 503])
async def test_no_rules_no_reading(crawler: Crawler, web_: WebSite, status: int) -> None:
    web_.says("/robots.txt", "", status=status)
    _, tally = await crawler.crawl(await registered(crawler, web_))

    assert tally == Tally(skipped=1)
    assert web_.asked == {"/robots.txt": 1}


async def test_errors_pass_or_do_not(crawler: Crawler, web_: WebSite) -> None:
    tries: list[float] = []

    async def at_last(_: web.BaseRequest) -> web.Response:
        tries.append(0)
        return web.Response(status=503 if len(tries) < 3 else 200, content_type="text/html")

    web_.answers["/page1"] = at_last
    web_.says("/", links("page1", "broken", "forbidden", "picture", "round"))
    web_.says("/broken", "", status=500)
    web_.says("/forbidden", "", status=403)
    web_.says("/picture", "unreadable")
    web_.moves("/round", "/round2")
    web_.moves("/round2", "/round3")
    web_.moves("/round3", "/round")
    quick = attrs.evolve(crawler, clock=Hurried(), new_bell=HurriedBell)
    crawl, tally = await quick.crawl(await registered(crawler, web_))

    assert crawl.state is CrawlState.DONE
    assert (tally.added, tally.failed, tally.moved) == (2, 3, 3)
    assert (len(tries), web_.asked["/broken"], web_.asked["/forbidden"]) == (3, 4, 1)


@attrs.define
class Hurried:
    """A clock by which everything takes ten times as long."""

    begun: datetime = attrs.field(factory=real_time)

    def __call__(self) -> datetime:
        return self.begun + (real_time() - self.begun) * 10


class HurriedBell(BellHere):
    async def wait(self, seconds: float, /) -> None:
        await BellHere.wait(self, seconds / 10)


async def _busy_at_first(web_: WebSite, said: Callable[[], str]) -> list[datetime]:
    """When the page was asked for that has no time at first."""
    asked: list[datetime] = []

    async def busy(_: web.BaseRequest) -> web.Response:
        asked.append(real_time())
        if len(asked) == 1:
            return web.Response(status=429, headers={"retry-after": said()})
        return web.Response(text=links("page1"), content_type="text/html")

    web_.answers["/page0"] = busy
    return asked


async def test_hosts_are_left_alone_for_so_many_seconds(crawler: Crawler, web_: WebSite) -> None:
    asked = await _busy_at_first(web_, lambda: "1")
    _, tally = await crawler.crawl(await registered(crawler, web_))

    assert tally.added == PAGES + 1
    assert asked[1] - asked[0] >= timedelta(seconds=1)


async def test_hosts_are_left_alone_until_then(crawler: Crawler, web_: WebSite) -> None:
    until = real_time().replace(microsecond=0) + timedelta(seconds=2)
    asked = await _busy_at_first(web_, lambda: format_datetime(until, usegmt=True))
    _, tally = await crawler.crawl(await registered(crawler, web_))

    assert tally.added == PAGES + 1
    assert asked[1] >= until


async def test_the_pace_that_is_asked_for_is_kept(crawler: Crawler, web_: WebSite) -> None:
    moments: list[float] = []
    web_.says("/robots.txt", "User-agent: *\nCrawl-delay: 0.2\n")
    web_.says("/", links("page0", "page1", "page2"))

    async def noted(url: str, **asked: object) -> Fetched:
        if "page" in url:
            moments.append(asyncio.get_running_loop().time())
        return await crawler.fetch(url, **asked)  # type: ignore[arg-type]

    crawl = await crawler.begin(await registered(crawler, web_, most_pages=5))
    polite = attrs.evolve(crawler, fetch=noted)
    await asyncio.gather(polite.run(crawl, 0), polite.run(crawl, 1))

    assert len(moments) == 4
    assert moments[-1] - moments[0] >= 0.4  # of 0.6, for each may be late


async def test_no_more_pages_than_wanted(crawler: Crawler, web_: WebSite) -> None:
    _, tally = await crawler.crawl(await registered(crawler, web_, most_pages=5))

    assert tally.added == 5
    assert tally.waiting == 0


async def test_who_pauses_goes_on_later(crawler: Crawler, web_: WebSite) -> None:
    crawl = await crawler.begin(await registered(crawler, web_))
    await crawler.steer(crawl, Turn.PAUSE)
    await crawler.run(crawl)
    assert not web_.asked

    await crawler.steer(crawl, Turn.RESUME)
    await crawler.run(crawl)
    ended, _ = await crawler.look(crawl)

    assert ended.state is CrawlState.DONE


async def test_who_stops_may_begin_again(crawler: Crawler, web_: WebSite) -> None:
    site = await registered(crawler, web_)
    crawl = await crawler.begin(site)
    with pytest.raises(CrawlUnderWay):
        await crawler.begin(site)
    await crawler.steer(crawl, Turn.CANCEL)
    await crawler.run(crawl)
    assert not web_.asked

    _, tally = await crawler.crawl(site)

    assert tally.added == PAGES + 1


async def test_much_is_taken_away_only_if_somebody_approves(
    stored: Crawler, web_: WebSite
) -> None:
    site = await registered(stored, web_)
    await stored.crawl(site)
    for number in range(3):
        del web_.answers[f"/page{number}"]
    crawl, _ = await stored.crawl(site)
    kept = await stored.work(DESK, lambda work: work.frontier.kept(site.id))

    assert (crawl.state, crawl.reason, kept) == (
        CrawlState.BLOCKED,
        "too_many_pages_lost",
        PAGES + 1,
    )
    await stored.steer(crawl, Turn.APPROVE)
    await stored.run(crawl)
    kept = await stored.work(DESK, lambda work: work.frontier.kept(site.id))

    assert kept == PAGES + 1 - 3


async def test_pages_that_call_themselves_as_redirects_to_them_do_are_kept(
    crawler: Crawler, web_: WebSite
) -> None:
    """As where a site is made for addresses without a slash, and served with one."""
    web_.says("/", links("folder", "copy"))
    web_.moves("/folder", "/folder/")
    web_.says("/folder/", f'canonical="{web_.url("/folder")}"')
    web_.says("/copy", f'canonical="{web_.url("/original")}"')
    web_.says("/original", f'canonical="{web_.url("/original")}"')
    _, tally = await crawler.crawl(await registered(crawler, web_))

    assert (tally.added, tally.moved) == (3, 2)
