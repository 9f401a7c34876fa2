"""A crawler over any storage, with everything real but what is given."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from uuid import UUID, uuid4

import anyio
import attrs

from adapters.egress.client import Bounds, Egress
from adapters.scraper.bell import BellHere
from adapters.scraper.robots import ReadByProtego
from application.documentation.crawl_ports import CrawlWork
from application.documentation.crawl_site import CrawlSiteHandler, KeepRobotsHandler
from application.documentation.crawls_here import CrawlsHere
from application.documentation.lease_pages import LeasePagesHandler
from application.documentation.read_page import PageReader
from application.documentation.record_page import RecordPageHandler
from application.documentation.robots import AskForRobots
from application.documentation.start_crawl import CrawlSite, StartCrawl, StartCrawlHandler
from application.documentation.steer_crawl import SteerCrawl, SteerCrawlHandler, Turn
from application.documentation.tell_progress import TellProgressHandler
from application.kernel.bells import NewBell
from application.kernel.jobs import QueuedJob
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.retry_stale import RetryStale
from application.kernel.side_by_side import SideBySide
from application.kernel.web import Fetch
from domain.documentation.crawl import Crawl
from domain.documentation.frontier import Tally
from domain.documentation.site import Site
from domain.kernel.actors import Actor
from domain.kernel.identifiers import JobId
from tests.fakes.pages import SeesLinks
from tests.samples import DESK

AGENT = "Frontdesk/0.1 (tests)"


def real_time() -> datetime:
    return datetime.now(timezone.utc)


class AllAtOnce(SideBySide):
    async def __call__(self, tasks: Sequence[Callable[[], Awaitable[None]]], /) -> None:
        async with anyio.create_task_group() as group:
            for task in tasks:
                group.start_soon(_done, task)


async def _done(task: Callable[[], Awaitable[None]]) -> None:
    await task()


@attrs.frozen
class AtWork:
    actor: Actor

    async def step(self, name: str, work: Callable[[], Awaitable[object]], /) -> object:
        return await work()

    async def progress(self, done: int, total: int) -> None:
        """Nobody looks."""


@attrs.frozen(kw_only=True)
class Crawler:
    work: UnitOfWork[CrawlWork]
    fetch: Fetch
    clock: Clock = real_time
    new_bell: NewBell = BellHere
    lease_for: timedelta = timedelta(minutes=2)
    here: CrawlsHere = attrs.field(
        default=attrs.Factory(lambda self: CrawlsHere(self.clock), takes_self=True)
    )

    async def begin(self, site: Site) -> Crawl:
        start = StartCrawlHandler(unit_of_work=self.work, clock=self.clock, new_id=uuid4)
        return await start(StartCrawl(actor=DESK, site_id=site.id))

    async def run(self, crawl: Crawl, share: int = 0, *, job_id: UUID | None = None) -> None:
        job = CrawlSite(crawl_id=crawl.id, share=share).job
        queued = QueuedJob(
            name=job.name,
            payload=job.payload,
            id=JobId(job_id or uuid4()),
            organization_id=DESK.organization_id,
        )
        await self._handler()(queued, AtWork(DESK))  # type: ignore[arg-type]

    async def crawl(self, site: Site) -> tuple[Crawl, Tally]:
        """From the beginning to the end."""
        crawl = await self.begin(site)
        await self.run(crawl)
        return await self.look(crawl)

    async def steer(self, crawl: Crawl, turn: Turn) -> Crawl:
        steer = SteerCrawlHandler(unit_of_work=self.work, clock=self.clock)
        return await steer(SteerCrawl(actor=DESK, crawl_id=crawl.id, turn=turn))

    async def look(self, crawl: Crawl) -> tuple[Crawl, Tally]:
        return await self.work(
            DESK, lambda work: (work.crawls.get(crawl.id), work.frontier.tally(crawl))
        )

    def _handler(self) -> CrawlSiteHandler:
        read_robots = ReadByProtego("Frontdesk")
        lease = LeasePagesHandler(
            unit_of_work=self.work, clock=self.clock, lease_for=self.lease_for
        )
        return CrawlSiteHandler(
            lease_pages=RetryStale(lease),
            record_page=RecordPageHandler(unit_of_work=self.work, clock=self.clock),
            keep_robots=KeepRobotsHandler(
                unit_of_work=self.work, clock=self.clock, read_robots=read_robots
            ),
            tell_progress=TellProgressHandler(unit_of_work=self.work, clock=self.clock),
            ask_for_robots=AskForRobots(fetch=self.fetch, user_agent=AGENT),
            read_robots=read_robots,
            reader=PageReader(
                fetch=self.fetch,
                extract=SeesLinks(),
                digest=lambda body: sha256(body).hexdigest(),
                clock=self.clock,
                chance=lambda _: 0,
                user_agent=AGENT,
            ),
            clock=self.clock,
            side_by_side=AllAtOnce(),
            new_bell=self.new_bell,
            here=self.here,
        )


def to(*hosts: str) -> Egress:
    return Egress(internal=frozenset(hosts), bounds=Bounds(seconds=2.0))
