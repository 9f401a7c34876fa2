"""Begin to read a site; it is read in the background."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

import attrs

from application.documentation.crawl_ports import BeginningWork, CrawlWork
from application.kernel.jobs import Job, QueuedJob
from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, UnitOfWork
from domain.documentation.crawl import Crawl
from domain.documentation.frontier import Found
from domain.documentation.site import Site
from domain.kernel.actors import Actor
from domain.kernel.identifiers import CrawlId, SiteId

SHARES = 2
"""Workers that one crawl may have at once."""


@attrs.frozen(kw_only=True)
class CrawlSite:
    """One share of a crawl, of so many; who has the first tells how far it is."""

    JOB: ClassVar[str] = "crawl_site"

    crawl_id: CrawlId
    share: int

    @property
    def job(self) -> Job:
        return Job(name=self.JOB, payload={"crawl_id": str(self.crawl_id), "share": self.share})

    @property
    def tells(self) -> bool:
        return self.share == 0

    @classmethod
    def of(cls, job: QueuedJob) -> "CrawlSite":
        crawl_id = CrawlId(UUID(str(job.payload["crawl_id"])))
        return cls(crawl_id=crawl_id, share=int(job.payload["share"] or 0))


@attrs.frozen(kw_only=True)
class StartCrawl:
    actor: Actor
    site_id: SiteId
    once: Once[Crawl] | None = None


@attrs.frozen(kw_only=True)
class StartCrawlHandler:
    unit_of_work: UnitOfWork[CrawlWork]
    clock: Clock
    new_id: NewId

    async def __call__(self, command: StartCrawl, /) -> Crawl:
        """Raises SiteNotFound or CrawlUnderWay."""

        def start(work: CrawlWork) -> Crawl:
            site = work.sites.get(command.site_id)
            site.must_be_there()
            return begin(work, site, CrawlId(self.new_id()), now=self.clock())

        return await self.unit_of_work(command.actor, start, once=command.once)


def begin(work: BeginningWork, site: Site, id: CrawlId, *, now: datetime) -> Crawl:
    """Raises CrawlUnderWay, at the latest when the unit of work ends."""
    begun = Crawl.start(
        id,
        site.id,
        kept_before=work.frontier.kept(site.id),
        passages_before=work.frontier.passages(site.id),
        now=now,
    )
    saved = work.crawls.save(begun)
    stale_before = now - site.fresh_for
    seeds = [Found(url=url, seed=True) for url in site.reading.seeds]
    work.frontier.add(saved, seeds, stale_before=stale_before, now=now)
    work.frontier.reopen(saved, stale_before=stale_before, now=now)
    starts = [Found(url=url) for url in site.reading.starts]
    work.frontier.add(saved, starts, stale_before=stale_before, now=now)
    share_out(work, saved)
    return saved


def share_out(work: BeginningWork, crawl: Crawl) -> None:
    for share in range(SHARES):
        work.jobs.enqueue(CrawlSite(crawl_id=crawl.id, share=share).job)
