"""A share of a crawl that is run again finds what it had, and asks for little of it."""

from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID

import anyio
import attrs
import pytest
from aiohttp import web

from adapters.scraper.bell import BellHere
from application.kernel.web import Fetched
from domain.documentation.crawl import CrawlState
from domain.documentation.site import Site
from tests.crawler import Crawler
from tests.samples import DESK
from tests.samples_of_crawls import site as sample
from tests.web_sites import WebSite, web_site

pytestmark = pytest.mark.anyio

PAGES = 10
SHARE = UUID(int=9)
LITTLE, FOR_EVER = 0.2, 3600.0


@pytest.fixture
async def web_() -> AsyncIterator[WebSite]:
    """One page that leads to all others."""
    async with web_site() as site:
        site.says("/", "".join(f'<a href="page{number}"></a>' for number in range(PAGES)))
        for number in range(PAGES):
            site.says(f"/page{number}", f"page {number}")
        yield site


async def registered(crawler: Crawler, web_: WebSite) -> Site:
    made = attrs.evolve(sample(start=web_.url("/")), events=())
    return await crawler.work(DESK, lambda work: work.sites.save(made))


async def test_a_share_that_is_run_again_goes_on_at_once(stored: Crawler, web_: WebSite) -> None:
    fetched: list[str] = []

    async def dying(url: str, **asked: object) -> Fetched:
        if len(fetched) > PAGES // 2:
            raise RuntimeError("killed")
        fetched.append(url)
        return await stored.fetch(url, **asked)  # type: ignore[arg-type]

    patient = attrs.evolve(stored, lease_for=timedelta(hours=1))
    crawl = await stored.begin(await registered(stored, web_))
    with pytest.raises(ExceptionGroup):
        await attrs.evolve(patient, fetch=dying).run(crawl, job_id=SHARE)
    _, before = await stored.look(crawl)
    await patient.run(crawl, job_id=SHARE)
    ended, tally = await stored.look(crawl)

    assert 0 < before.added < tally.added == PAGES + 1
    assert ended.state is CrawlState.DONE


async def test_unlisted_pages_are_not_fetched_either_while_they_stay_the_same(
    stored: Crawler, web_: WebSite
) -> None:
    async def unlisted(request: web.BaseRequest) -> web.Response:
        if request.headers.get("if-none-match") == '"1"':
            return web.Response(status=304)
        return web.Response(text="noindex", headers={"etag": '"1"'}, content_type="text/html")

    web_.answers["/page3"] = unlisted
    site = await registered(stored, web_)
    _, first = await stored.crawl(site)
    _, second = await stored.crawl(site)
    web_.says("/page3", "listed")
    _, third = await stored.crawl(site)

    assert (first.added, first.skipped) == (PAGES, 1)
    assert (second.unchanged, second.skipped) == (PAGES, 1)
    assert second.bytes == first.bytes - len("noindex")
    assert (third.added, third.skipped) == (1, 0)


class Patient(BellHere):
    """Who would look again before long waits for ever instead, unless they are called."""

    async def wait(self, seconds: float, /) -> None:
        await BellHere.wait(self, FOR_EVER if seconds > LITTLE else seconds)


async def test_who_waits_is_called_for_new_pages_and_at_the_end(
    stored: Crawler, web_: WebSite
) -> None:
    under_way, together = set[str](), anyio.Event()

    async def not_alone(request: web.BaseRequest) -> web.Response:
        under_way.add(request.path)
        if len(under_way) > 1:
            together.set()
        await together.wait()
        return web.Response(text=request.path, content_type="text/html")

    for number in range(PAGES):
        web_.answers[f"/page{number}"] = not_alone
    patient = attrs.evolve(stored, new_bell=Patient)
    crawl = await patient.begin(await registered(stored, web_))
    with anyio.fail_after(20):
        await patient.run(crawl)
    ended, tally = await stored.look(crawl)

    assert (ended.state, tally.added) == (CrawlState.DONE, PAGES + 1)
