"""Read a site, or a share of it; runs as a job, and may be interrupted anywhere."""

from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import partial

import attrs

from application.documentation.crawl_ports import CrawlWork
from application.documentation.lease_pages import LeasePages, Turn
from application.documentation.read_page import PageReader
from application.documentation.record_page import CameOfIt, RecordPage
from application.documentation.robots import AskForRobots, ReadRobots, Robots
from application.documentation.start_crawl import CrawlSite
from application.kernel.jobs import JobContext, QueuedJob
from application.kernel.ports import Clock, UnitOfWork, UseCase
from application.kernel.side_by_side import SideBySide
from domain.documentation.frontier import Became, Found, Leased, PageState
from domain.documentation.site import Site
from domain.documentation.urls import host_of, origin_of
from domain.kernel.actors import Actor
from domain.kernel.identifiers import CrawlId, SiteId

MOST_REMEMBERED = 100_000

Pause = Callable[[float], Awaitable[None]]


@attrs.frozen(kw_only=True)
class KeepRobots:
    actor: Actor
    site_id: SiteId
    host: str
    robots: str


@attrs.frozen(kw_only=True)
class KeepRobotsHandler:
    unit_of_work: UnitOfWork[CrawlWork]
    clock: Clock
    read_robots: ReadRobots

    async def __call__(self, command: KeepRobots, /) -> None:
        delay = self.read_robots(command.robots).delay

        def keep(work: CrawlWork) -> None:
            work.hosts.keep_robots(
                command.site_id, command.host, command.robots, delay=delay, at=self.clock()
            )

        await self.unit_of_work(command.actor, keep)


@attrs.define
class Desk:
    """What one share of a crawl has before it, and what it remembers to spare questions."""

    actor: Actor
    crawl_id: CrawlId
    turn: Turn
    pages: deque[Leased] = attrs.field(factory=deque)
    rules: dict[str, Robots] = attrs.field(factory=dict)
    at_rest: dict[str, datetime] = attrs.field(factory=dict)
    known: set[str] = attrs.field(factory=set)
    over: bool = False

    def unknown(self, found: Sequence[Found]) -> Sequence[Found]:
        """Not seen by this share before; the storage knows about the others."""
        new = [each for each in found if each.url not in self.known]
        if len(self.known) > MOST_REMEMBERED:
            self.known.clear()
        self.known.update(each.url for each in new)
        return new


@attrs.frozen(kw_only=True)
class CrawlSiteHandler:
    """As many hands as the site allows at once, shared between all who have a part in it."""

    lease_pages: UseCase[LeasePages, Turn]
    record_page: UseCase[RecordPage, bool]
    keep_robots: UseCase[KeepRobots, None]
    ask_for_robots: AskForRobots
    read_robots: ReadRobots
    reader: PageReader
    clock: Clock
    side_by_side: SideBySide
    pause: Pause

    async def __call__(self, job: QueuedJob, context: JobContext, /) -> None:
        command, actor = CrawlSite.of(job), context.actor
        turn = await self.lease_pages(LeasePages(actor=actor, crawl_id=command.crawl_id))
        desk = Desk(actor, command.crawl_id, turn)
        await self._take(desk, turn)
        hands = turn.site.reading.politeness.at_once
        await self.side_by_side([partial(self._work, desk)] * hands)

    async def _work(self, desk: Desk) -> None:
        while desk.pages or not desk.over:
            if desk.pages:
                await self._read(desk, desk.turn.site, desk.pages.popleft())
            else:
                command = LeasePages(actor=desk.actor, crawl_id=desk.crawl_id)
                await self._take(desk, await self.lease_pages(command))

    async def _take(self, desk: Desk, turn: Turn) -> None:
        desk.turn = turn
        desk.pages.extend(turn.pages)
        for host in turn.hosts:
            if host.name not in desk.rules:
                desk.rules[host.name] = self.read_robots(host.robots or "")
        for name in turn.unasked:
            await self._ask(desk, turn.site, name)
        if turn.again_in is not None:
            await self.pause(turn.again_in.total_seconds())
        desk.over = not (turn.pages or turn.unasked or turn.again_in is not None)

    async def _ask(self, desk: Desk, site: Site, name: str) -> None:
        robots = await self.ask_for_robots(_origin(site, name))
        await self.keep_robots(
            KeepRobots(actor=desk.actor, site_id=site.id, host=name, robots=robots)
        )

    async def _read(self, desk: Desk, site: Site, page: Leased) -> None:
        came = await self._what_comes_of(desk, site, page)
        if came.rest_until is not None:
            desk.at_rest[host_of(page.url)] = came.rest_until
        new = attrs.evolve(came, found=desk.unknown(came.found))
        await self.record_page(
            RecordPage(actor=desk.actor, crawl=desk.turn.crawl, site=site, page=page, came=new)
        )

    async def _what_comes_of(self, desk: Desk, site: Site, page: Leased) -> CameOfIt:
        host = host_of(page.url)
        if not desk.rules[host].allows(page.url):
            return CameOfIt(became=Became(state=PageState.SKIPPED, reason="robots"))
        rest = desk.at_rest.get(host)
        if rest is not None and rest > self.clock():
            waiting = Became(state=PageState.WAITING, reason="host_at_rest", due_at=rest)
            return CameOfIt(became=waiting)
        return await self.reader(site, page)


def _origin(site: Site, host: str) -> str:
    """Of a host there are pages of, so that the scope names it."""
    origins = (origin_of(prefix) for prefix in site.reading.scope.within)
    return max(origin for origin in origins if host_of(origin) == host)
