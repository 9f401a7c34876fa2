"""What keeps crawls, in memory or in SQL, and small crawls in it."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID, uuid4

from adapters.repositories.crawl_work import SqlCrawlWork
from adapters.sql.database import Database
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.documentation.crawl_ports import CrawlWork
from application.kernel.ports import UnitOfWork
from domain.documentation.crawl import Crawl
from domain.documentation.frontier import Became, Found, Leased, PageState
from tests.samples import NOW
from tests.samples_of_crawls import HOST, START, crawl

MINUTE = timedelta(minutes=1)
LEASE = UUID(int=7)


Work = CrawlWork
Crawling = UnitOfWork[CrawlWork]


def sql_crawling(database: Database) -> Crawling:
    return SqlUnitOfWork[SqlCrawlWork](
        database=database, work_on=SqlCrawlWork.on, new_id=uuid4, clock=lambda: NOW
    )


def begun(work: Work, *urls: str, number: int = 1) -> Crawl:
    saved = work.crawls.save(crawl(number))
    add(work, saved, *urls)
    return saved


def add(work: Work, to: Crawl, *urls: str, stale_before: timedelta = -MINUTE) -> None:
    found = [Found(url=START + url, depth=len(url)) for url in urls]
    work.frontier.add(to, found, stale_before=NOW + stale_before, now=NOW)


def lease(
    work: Work, of: Crawl, *, limit: int = 10, after: timedelta = 0 * MINUTE
) -> Sequence[Leased]:
    now = NOW + after
    return work.frontier.lease(of, HOST, limit=limit, lease=LEASE, now=now, until=now + 2 * MINUTE)


def paths(leased: Sequence[Leased]) -> set[str]:
    return {each.url.removeprefix(START) for each in leased}


def kept(state: PageState = PageState.ADDED, content: str = "hash") -> Became:
    return Became(state=state, status=200, size=10, etag='"e"', content_hash=content)


def end(work: Work, of: Crawl) -> None:
    work.crawls.save(work.crawls.get(of.id).cancel(now=NOW))
