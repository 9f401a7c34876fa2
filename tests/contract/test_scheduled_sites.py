"""Sites are read when they are due, in memory and in SQL, however many workers look."""

import asyncio
from datetime import datetime, time, timedelta
from uuid import uuid4

import attrs
import pytest

from application.documentation.read_on_schedule import ReadOnSchedule, ReadOnScheduleHandler
from application.kernel.retry_stale import RetryStale
from domain.documentation.crawl import Crawl
from domain.documentation.schedule import Schedule
from domain.documentation.site import Site
from domain.kernel.hours import Weekday
from domain.kernel.periods import Zone
from tests.contract.crawling import Crawling, Work, begun, kept, lease
from tests.samples import DAY, DESK, HOUR, NOW, OTHER_DESK
from tests.samples_of_crawls import START, crawl, scheduled, site

pytestmark = pytest.mark.anyio

NIGHTLY = Schedule(days=tuple(Weekday), times=(time(3),), zone=Zone("UTC"))
NIGHT = datetime(2026, 11, 21, 3, tzinfo=NOW.tzinfo) + site().behind


async def saved(crawling: Crawling, made: Site) -> Site:
    return await crawling(DESK, lambda work: work.sites.save(attrs.evolve(made, events=())))


async def look(crawling: Crawling, now: datetime) -> int:
    read = ReadOnScheduleHandler(unit_of_work=crawling, clock=lambda: now, new_id=uuid4)
    return await RetryStale(read)(ReadOnSchedule(actor=DESK))


async def under_way(crawling: Crawling) -> Crawl | None:
    return await crawling(DESK, lambda work: work.crawls.under_way(site().id))


async def kept_site(crawling: Crawling) -> Site:
    return await crawling(DESK, lambda work: work.sites.get(site().id))


async def test_a_site_is_read_once_it_is_due(crawling: Crawling) -> None:
    was = await saved(crawling, scheduled(NIGHTLY))

    assert await look(crawling, NIGHT - timedelta(seconds=1)) == 0
    assert await under_way(crawling) is None
    assert await look(crawling, NIGHT) == 1

    crawl = await under_way(crawling)
    assert crawl is not None
    assert crawl.started_at == NIGHT
    waits = await crawling(DESK, lambda work: lease(work, crawl, after=NIGHT - NOW))
    assert [page.url for page in waits] == [START]
    then = attrs.evolve(was, version=2, next_read_at=NIGHT + DAY)
    assert await kept_site(crawling) == then
    assert await look(crawling, NIGHT) == 0


async def test_those_due_longest_come_first(crawling: Crawling) -> None:
    def save(work: Work) -> None:
        for number, days in ((1, 0), (2, 2), (3, 1), (4, -1)):
            due_at = NIGHT - days * DAY
            made = attrs.evolve(site(number), next_read_at=due_at, schedule=NIGHTLY)
            work.sites.save(attrs.evolve(made, events=()))

    await crawling(DESK, save)

    due = await crawling(DESK, lambda work: work.sites.due(now=NIGHT, limit=2))
    assert list(due) == [site(2).id, site(3).id]
    assert len(await crawling(DESK, lambda work: work.sites.due(now=NIGHT, limit=9))) == 3
    assert not await crawling(OTHER_DESK, lambda work: work.sites.due(now=NIGHT, limit=9))


async def test_of_two_workers_one_has_it_read(crawling: Crawling) -> None:
    await saved(crawling, scheduled(NIGHTLY))

    await asyncio.gather(*(look(crawling, NIGHT) for _ in range(2)))

    assert (await kept_site(crawling)).version == 2
    assert await under_way(crawling) is not None


async def test_a_worker_that_was_away_has_it_read_once(crawling: Crawling) -> None:
    await saved(crawling, scheduled(NIGHTLY))
    late = NIGHT + 12 * DAY + HOUR

    assert await look(crawling, late) == 1
    await _cancel(crawling)

    assert await look(crawling, late) == 0
    assert await under_way(crawling) is None
    assert (await kept_site(crawling)).next_read_at == NIGHT + 13 * DAY


async def test_a_crawl_that_is_there_is_left_alone(crawling: Crawling) -> None:
    await saved(crawling, scheduled(NIGHTLY))

    def pause(work: Work) -> Crawl:
        return work.crawls.save(begun(work, "a").pause(now=NOW))

    paused = await crawling(DESK, pause)

    assert await look(crawling, NIGHT) == 1
    assert await under_way(crawling) == paused
    assert (await kept_site(crawling)).next_read_at == NIGHT + DAY
    await _cancel(crawling)
    assert await look(crawling, NIGHT + DAY - HOUR) == 0
    assert await look(crawling, NIGHT + DAY) == 1
    assert await under_way(crawling) is not None


async def test_a_deleted_site_is_never_due(crawling: Crawling) -> None:
    made = await saved(crawling, scheduled(NIGHTLY))
    deleted = await saved(crawling, made.deleted(now=NOW))

    assert await look(crawling, NIGHT + DAY) == 0
    # An older release deletes sites and knows nothing of schedules.
    await saved(crawling, attrs.evolve(deleted, next_read_at=NIGHT))
    assert await look(crawling, NIGHT + DAY) == 1
    assert await under_way(crawling) is None
    assert await look(crawling, NIGHT + DAY) == 0


async def test_pages_that_were_read_the_night_before_are_read(crawling: Crawling) -> None:
    """Though none was read quite a day ago."""
    await saved(crawling, scheduled(NIGHTLY, fresh_hours=24))
    evening_before = NIGHT - DAY + HOUR

    def read(work: Work) -> None:
        first = begun(work, "")
        (page,) = lease(work, first)
        assert work.frontier.record(first, page, kept(), now=evening_before)
        work.crawls.save(attrs.evolve(first.cancel(now=evening_before), events=()))

    await crawling(DESK, read)
    await look(crawling, NIGHT)

    again = await under_way(crawling)
    assert again is not None
    assert again.id != crawl().id
    assert (await crawling(DESK, lambda work: work.frontier.tally(again))).waiting == 1


async def _cancel(crawling: Crawling) -> None:
    def cancel(work: Work) -> None:
        crawl = work.crawls.under_way(site().id)
        assert crawl is not None
        work.crawls.save(crawl.cancel(now=NOW))

    await crawling(DESK, cancel)
