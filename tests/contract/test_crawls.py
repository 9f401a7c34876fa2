"""Sites, crawls and their frontier, in memory and in SQL."""

from collections.abc import Callable, Sequence
from uuid import UUID

import attrs
import pytest

from application.kernel.ports import Stale
from domain.documentation.crawl import CrawlNotFound, CrawlUnderWay
from domain.documentation.frontier import Became, Leased, PageState, Tally
from domain.documentation.site import SiteNotFound
from tests.contract.crawling import (
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
from tests.samples import DESK, NOW, OTHER_DESK
from tests.samples_of_crawls import HOST, START, crawl, site

pytestmark = pytest.mark.anyio


async def test_sites_and_crawls_come_back_as_they_were_saved(crawling: Crawling) -> None:
    def save(work: Work) -> None:
        assert work.sites.save(site()) == attrs.evolve(site(), version=1, events=())
        assert work.crawls.save(crawl()) == attrs.evolve(crawl(), version=1, events=())

    await crawling(DESK, save)

    def look(work: Work) -> None:
        assert work.sites.get(site().id) == attrs.evolve(site(), version=1)
        here = work.crawls.get(crawl().id)
        assert here == attrs.evolve(crawl(), version=1)
        assert work.crawls.save(here.discover()).version == 2

    await crawling(DESK, look)
    with pytest.raises(Stale):
        await crawling(DESK, lambda work: work.crawls.save(attrs.evolve(crawl(), version=1)))


async def test_they_are_of_one_organization(crawling: Crawling) -> None:
    def save(work: Work) -> None:
        work.sites.save(site())
        begun(work, "a")

    await crawling(DESK, save)

    def look(work: Work) -> None:
        with pytest.raises(SiteNotFound):
            work.sites.get(site().id)
        with pytest.raises(CrawlNotFound):
            work.crawls.get(crawl().id)
        assert not lease(work, crawl())
        assert work.frontier.tally(crawl()) == Tally()
        assert not work.hosts.of(site().id)

    await crawling(OTHER_DESK, look)


async def test_a_site_has_one_crawl_at_a_time(crawling: Crawling) -> None:
    def save(work: Work) -> None:
        work.sites.save(site())
        begun(work)

    await crawling(DESK, save)
    with pytest.raises(CrawlUnderWay) as refused:
        await crawling(DESK, lambda work: work.crawls.save(crawl(2)))

    assert refused.value.crawl_id == crawl().id
    await crawling(DESK, lambda work: end(work, crawl()))
    await crawling(DESK, lambda work: work.crawls.save(crawl(2)))


async def test_a_page_is_one_workers_until_the_lease_runs_out(crawling: Crawling) -> None:
    def first(work: Work) -> Sequence[Leased]:
        work.sites.save(site())
        here = begun(work, "a", "b", "c")
        add(work, here, "a")
        return lease(work, here, limit=2)

    def second(work: Work) -> None:
        assert work.frontier.under_way(site().id, HOST, now=NOW) == (1, 2)
        assert len(others := lease(work, crawl())) == 1
        assert not paths(others) & paths(leased)
        assert work.frontier.next_due(crawl()) == NOW + 2 * MINUTE
        assert work.frontier.under_way(site().id, HOST, now=NOW + 3 * MINUTE) == (0, 0)

    def third(work: Work) -> None:
        again = lease(work, crawl(), after=3 * MINUTE)
        assert paths(again) == {"a", "b", "c"}
        assert {page.attempts for page in again} == {2}

    leased = await crawling(DESK, first)
    assert {page.attempts for page in leased} == {1}
    await crawling(DESK, second)
    await crawling(DESK, third)


async def test_only_whoever_has_the_lease_says_what_came_of_it(crawling: Crawling) -> None:
    def read(work: Work) -> None:
        work.sites.save(site())
        here = begun(work, "a")
        (page,) = lease(work, here)
        strangers = attrs.evolve(page, lease=UUID(int=8))
        assert not work.frontier.record(here, strangers, kept(), now=NOW)
        assert work.frontier.record(here, page, kept(), now=NOW)
        assert not work.frontier.record(here, page, kept(), now=NOW)
        assert work.frontier.tally(here) == Tally(added=1, bytes=10)
        assert work.frontier.kept(site().id) == 1
        assert work.frontier.next_due(here) is None

    await crawling(DESK, read)


async def test_what_failed_for_now_is_due_later(crawling: Crawling) -> None:
    def read(work: Work) -> None:
        work.sites.save(site())
        here = begun(work, "a")
        (page,) = lease(work, here)
        later = Became(state=PageState.WAITING, reason="busy", due_at=NOW + MINUTE)
        assert work.frontier.record(here, page, later, now=NOW)
        assert not lease(work, here)
        (again,) = lease(work, here, after=MINUTE)
        assert again.attempts == 2

    await crawling(DESK, read)


async def _read_once(crawling: Crawling, states: dict[str, Became]) -> None:
    def read(work: Work) -> None:
        work.sites.save(site())
        here = begun(work, *states)
        for page in lease(work, here):
            became = states[page.url.removeprefix(START)]
            assert work.frontier.record(here, page, became, now=NOW)
        end(work, here)

    await crawling(DESK, read)


EVERY_STATE = {
    "kept": kept(),
    "failed": Became(state=PageState.FAILED, reason="http_403", status=403),
    "gone": Became(state=PageState.GONE, status=404),
    "moved": Became(state=PageState.MOVED, status=301),
    "skipped": Became(state=PageState.SKIPPED, reason="robots"),
}


async def test_the_next_crawl_reads_what_is_stale_or_was_never_read(crawling: Crawling) -> None:
    await _read_once(crawling, EVERY_STATE)

    def again(work: Work) -> None:
        here = work.crawls.save(crawl(2))
        work.frontier.reopen(here, stale_before=NOW - MINUTE, now=NOW)
        assert paths(lease(work, here)) == {"failed", "skipped"}
        work.frontier.reopen(here, stale_before=NOW, now=NOW)
        pages = {page.url.removeprefix(START): page for page in lease(work, here)}
        assert pages.keys() == {"kept", "moved"}
        assert (pages["kept"].etag, pages["kept"].content_hash) == ('"e"', "hash")
        assert pages["kept"].attempts == 1

    await crawling(DESK, again)


async def test_links_bring_back_what_was_gone_and_nothing_fresh(crawling: Crawling) -> None:
    await _read_once(crawling, EVERY_STATE)

    def again(work: Work) -> None:
        here = work.crawls.save(crawl(2))
        add(work, here, *EVERY_STATE, "new")
        assert paths(lease(work, here)) == {"failed", "skipped", "gone", "new"}

    await crawling(DESK, again)


async def test_errors_leave_the_last_good_copy(crawling: Crawling) -> None:
    await _read_once(crawling, {"kept": kept()})

    def again(work: Work) -> None:
        here = work.crawls.save(crawl(2))
        work.frontier.reopen(here, stale_before=NOW, now=NOW)
        (page,) = lease(work, here)
        failed = Became(state=PageState.FAILED, reason="http_500", status=500)
        assert work.frontier.record(here, page, failed, now=NOW)
        assert work.frontier.kept(site().id) == 1

    await crawling(DESK, again)


async def test_what_is_gone_is_dropped_once_it_is_asked_for(crawling: Crawling) -> None:
    await _read_once(crawling, {name: kept() for name in ("a", "b", "c")})

    def again(work: Work) -> None:
        here = work.crawls.save(crawl(2))
        work.frontier.reopen(here, stale_before=NOW, now=NOW)
        for page in lease(work, here):
            gone = Became(state=PageState.GONE, status=410)
            assert work.frontier.record(here, page, gone, now=NOW)
        assert work.frontier.kept(site().id) == 3
        first = work.frontier.drop_gone(here, limit=2)
        rest = work.frontier.drop_gone(here, limit=2)
        assert (len(first), len(rest)) == (2, 1)
        assert {*first, *rest} == {START + name for name in "abc"}
        assert not work.frontier.drop_gone(here, limit=2)
        assert work.frontier.kept(site().id) == 0
        assert work.frontier.tally(here) == Tally(gone=3)

    await crawling(DESK, again)


async def test_the_rest_can_be_left_out(crawling: Crawling) -> None:
    def read(work: Work) -> None:
        work.sites.save(site())
        here = begun(work, "a", "b", "c")
        (page,) = lease(work, here, limit=1)
        work.frontier.skip_rest(here, "too_many_pages")
        assert work.frontier.tally(here) == Tally(skipped=3)
        assert not work.frontier.record(here, page, kept(), now=NOW)

    await crawling(DESK, read)


async def test_hosts_are_left_alone_as_long_as_anybody_says(crawling: Crawling) -> None:
    def rest(work: Work) -> None:
        work.sites.save(site())
        begun(work, "a", "b")
        assert [host.name for host in work.hosts.of(site().id)] == [HOST]
        assert work.hosts.at_rest(site().id, HOST, now=NOW) is False
        work.hosts.rest(site().id, HOST, until=NOW + 2 * MINUTE)
        work.hosts.rest(site().id, HOST, until=NOW + MINUTE)
        assert work.hosts.at_rest(site().id, HOST, now=NOW + MINUTE) is True
        assert work.hosts.at_rest(site().id, HOST, now=NOW + 2 * MINUTE) is False
        assert work.hosts.at_rest(site().id, "other.example", now=NOW) is None

    await crawling(DESK, rest)


async def test_their_rules_are_kept(crawling: Crawling) -> None:
    def keep(work: Work) -> None:
        work.sites.save(site())
        begun(work, "a")
        work.hosts.keep_robots(site().id, HOST, "User-agent: *\n", delay=2.5, at=NOW)
        (host,) = work.hosts.of(site().id)
        assert (host.robots, host.robots_at, host.delay) == ("User-agent: *\n", NOW, 2.5)
        add(work, crawl(), "b")
        assert work.hosts.of(site().id) == [host]

    await crawling(DESK, keep)


async def test_what_is_added_twice_at_once_is_there_once(crawling: Crawling) -> None:
    twice: Callable[[Work], None] = lambda work: add(work, crawl(), "a", "b", "a")  # noqa: E731

    def start(work: Work) -> None:
        work.sites.save(site())
        begun(work)

    await crawling(DESK, start)
    await crawling(DESK, twice)
    await crawling(DESK, twice)
    tally = await crawling(DESK, lambda work: work.frontier.tally(crawl()))

    assert tally == Tally(waiting=2)
