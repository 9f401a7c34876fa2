"""What readers see of sites and crawls: how far, what failed, and nothing of others."""

from collections.abc import AsyncIterator
from datetime import timedelta

import attrs
import pytest

from adapters.readers.crawls import SqlCrawlViews
from application.documentation.crawl_views import CrawlViews, PageFailed
from application.kernel.pages import Slice
from domain.documentation.crawl import CrawlNotFound
from domain.documentation.frontier import Became, Dated, PageState, Tally
from domain.documentation.site import SiteNotFound
from domain.kernel.actors import Actor
from domain.kernel.identifiers import CrawlId
from tests.contract.crawling import Crawling, Work, add, begun, end, kept, lease, sql_crawling
from tests.contract.databases import opened
from tests.fakes.crawl_views import MemoryCrawlViews
from tests.fakes.crawls import MemoryCrawling
from tests.samples import DESK, NOW, OTHER_DESK
from tests.samples_of_crawls import START, crawl
from tests.samples_of_crawls import site as sample

pytestmark = pytest.mark.anyio

ALL = Slice(limit=10)
FAILED = Became(state=PageState.FAILED, reason="http_500", status=500)
REFUSED = Became(state=PageState.FAILED, reason="address_refused")


@attrs.frozen
class Reading:
    work: Crawling
    views: CrawlViews


@pytest.fixture
async def reading(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    any_storage_url: str | None,
) -> AsyncIterator[Reading]:
    if any_storage_url is None:
        memory = MemoryCrawling()
        yield Reading(memory, MemoryCrawlViews(memory.organizations))
        return
    async with opened(any_storage_url) as database:
        yield Reading(sql_crawling(database), SqlCrawlViews(database))


async def test_sites_are_seen_by_whoever_has_them(reading: Reading) -> None:
    def save(work: Work) -> None:
        for number in (3, 1, 2):
            work.sites.save(sample(number, start=f"{START}{number}/"))
        gone = work.sites.save(sample(4)).deleted(now=NOW)
        work.sites.save(gone)

    await reading.work(DESK, save)
    first = await reading.views.sites(DESK, slice=Slice(limit=2))
    rest = await reading.views.sites(DESK, slice=Slice(limit=2, after=first.next))
    found = await reading.views.site_from(DESK, f"{START}2/")

    assert [site.id.int for site in (*first.items, *rest.items)] == [1, 2, 3]
    assert rest.next is None
    assert found == attrs.evolve(sample(2, start=f"{START}2/"), version=1, events=())
    assert await reading.views.site(DESK, sample(2).id) == found
    assert await reading.views.site_from(DESK, START) is None
    assert await reading.views.site_from(OTHER_DESK, f"{START}2/") is None
    assert not (await reading.views.sites(OTHER_DESK, slice=ALL)).items
    for actor, number in ((OTHER_DESK, 1), (DESK, 4), (DESK, 9)):
        with pytest.raises(SiteNotFound):
            await reading.views.site(actor, sample(number).id)
        with pytest.raises(SiteNotFound):
            await reading.views.crawls(actor, sample(number).id, slice=ALL)


async def test_the_latest_crawl_comes_first(reading: Reading) -> None:
    def save(work: Work) -> None:
        work.sites.save(sample())
        for number in (1, 2, 3):
            end(work, begun(work, number=number))

    await reading.work(DESK, save)
    first = await reading.views.crawls(DESK, sample().id, slice=Slice(limit=2))
    rest = await reading.views.crawls(DESK, sample().id, slice=Slice(limit=2, after=first.next))

    assert [one.id.int for one in (*first.items, *rest.items)] == [3, 2, 1]
    assert rest.next is None
    assert first.items[0].ended_at == NOW


async def _read(reading: Reading, states: dict[str, Became]) -> None:
    def read(work: Work) -> None:
        work.sites.save(sample())
        here = begun(work, *states)
        for page in lease(work, here):
            became = states[page.url.removeprefix(START)]
            assert work.frontier.record(here, page, became, now=NOW)

    await reading.work(DESK, read)


async def test_progress_tells_what_became_of_pages_and_why_some_failed(reading: Reading) -> None:
    states = {
        "a": kept(),
        "b": FAILED,
        "c": FAILED,
        "d": REFUSED,
        "e": Became(state=PageState.GONE),
        "f": Became(state=PageState.SKIPPED, reason="robots"),
    }
    await _read(reading, states)
    await reading.work(DESK, lambda work: add(work, crawl(), "later"))
    progress = await reading.views.progress(DESK, crawl().id)
    later = NOW + timedelta(seconds=10)

    assert progress.tally == Tally(waiting=1, added=1, gone=1, skipped=1, failed=3, bytes=10)
    assert progress.failures == {"http_500": 2, "address_refused": 1}
    assert progress.skips == {"robots": 1}
    assert progress.is_latest
    assert progress.pages_a_second(later) == 0.6
    assert progress.seconds_left(later) == pytest.approx(1 / 0.6)

    first = await reading.views.failed(DESK, crawl().id, slice=Slice(limit=2))
    rest = await reading.views.failed(DESK, crawl().id, slice=Slice(limit=2, after=first.next))
    assert rest.next is None
    assert sorted([*first.items, *rest.items], key=lambda one: one.url) == [
        PageFailed(START + "b", "http_500", 500),
        PageFailed(START + "c", "http_500", 500),
        PageFailed(START + "d", "address_refused", None),
    ]


async def test_pages_are_of_the_crawl_that_looked_at_them_last(reading: Reading) -> None:
    await _read(reading, {"a": kept(), "b": FAILED})

    def again(work: Work) -> None:
        end(work, crawl())
        here = work.crawls.save(crawl(2))
        work.frontier.reopen(here, stale_before=NOW, now=NOW)
        work.frontier.spare(here, [Dated(START + "a", NOW - timedelta(days=9))], now=NOW)

    await reading.work(DESK, again)
    before = await reading.views.progress(DESK, crawl().id)
    progress = await reading.views.progress(DESK, crawl(2).id)

    assert (before.tally, before.failures, before.is_latest) == (Tally(), {}, False)
    assert progress.tally == Tally(waiting=1, unchanged=1, unasked=1)
    assert (progress.failures, progress.is_latest) == ({}, True)


@pytest.mark.parametrize(("actor", "number"), [(OTHER_DESK, 1), (DESK, 9)])
async def test_nobody_sees_crawls_of_others(reading: Reading, actor: Actor, number: int) -> None:
    await _read(reading, {"a": FAILED})
    crawl_id = CrawlId(crawl(number).id)

    with pytest.raises(CrawlNotFound):
        await reading.views.progress(actor, crawl_id)
    with pytest.raises(CrawlNotFound):
        await reading.views.failed(actor, crawl_id, slice=ALL)
