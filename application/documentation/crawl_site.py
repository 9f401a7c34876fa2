"""Read a site, or a share of it; runs as a job, and may be interrupted anywhere."""

from collections import deque
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID, uuid5

import attrs

from application.documentation.crawl_ports import CrawlWork
from application.documentation.crawls_here import CrawlsHere, Share
from application.documentation.lease_pages import BEFORE_LONG, LeasePages, Turn
from application.documentation.read_page import PageReader, is_of, outside
from application.documentation.record_page import CameOfIt, RecordPage
from application.documentation.robots import NOTHING, AskForRobots, ReadRobots, Robots
from application.documentation.start_crawl import CrawlSite
from application.documentation.tell_progress import TellProgress
from application.kernel.bells import Bell, NewBell
from application.kernel.jobs import JobContext, QueuedJob
from application.kernel.ports import Clock, UnitOfWork, UseCase
from application.kernel.side_by_side import SideBySide
from domain.documentation.crawl import Crawl
from domain.documentation.frontier import Became, Found, Leased, PageState, Tally
from domain.documentation.site import Site
from domain.documentation.urls import host_of, normal_form, origin_of
from domain.kernel.actors import Actor
from domain.kernel.identifiers import CrawlId

MOST_REMEMBERED = 100_000
FIRST_TOGETHER, MOST_TOGETHER = 4, 16
MOST_UNCHANGED = 32
"""Of pages that nothing came of, which are written down at once when the next are taken."""
MOST_IDLE = 5
MOST_SITEMAPS = 100
BETWEEN_NEWS = timedelta(seconds=2)
QUICK = timedelta(seconds=1)
LATE = timedelta(seconds=5)


@attrs.frozen(kw_only=True)
class KeepRobots:
    """What a host has told, with the files there that name pages."""

    actor: Actor
    crawl: Crawl
    site: Site
    host: str
    robots: str


@attrs.frozen(kw_only=True)
class KeepRobotsHandler:
    unit_of_work: UnitOfWork[CrawlWork]
    clock: Clock
    read_robots: ReadRobots

    async def __call__(self, command: KeepRobots, /) -> None:
        crawl, site, now = command.crawl, command.site, self.clock()
        robots = self.read_robots(command.robots)
        seeds = _seeds(site, robots.sitemaps)

        def keep(work: CrawlWork) -> None:
            if not work.crawls.get(crawl.id).is_over:
                stale_before = crawl.started_at - site.fresh_for
                work.frontier.add(crawl, seeds, stale_before=stale_before, now=now)
            work.hosts.keep_robots(
                site.id, command.host, command.robots, delay=robots.delay, at=now
            )

        await self.unit_of_work(command.actor, keep)


@attrs.define
class Desk:
    """What the hands of one share of a crawl have in common."""

    actor: Actor
    crawl_id: CrawlId
    bell: Bell
    share: Share
    rules: dict[str, Robots] = attrs.field(factory=dict)
    at_rest: dict[str, datetime] = attrs.field(factory=dict)
    known: set[str] = attrs.field(factory=set)
    silent: set[str] = attrs.field(factory=set)
    over: bool = False
    told: Tally = attrs.field(factory=Tally)
    tells_at: datetime | None = None

    def is_to_tell(self, now: datetime) -> bool:
        """Whoever is told so tells it, before anybody else is."""
        if self.tells_at is None or now < self.tells_at:
            return False
        self.tells_at = now + BETWEEN_NEWS
        return True

    def unknown(self, found: Sequence[Found]) -> Sequence[Found]:
        """Not seen by this share before; the storage knows about the others."""
        return [each for each in found if each.url not in self.known]

    def learn(self, found: Sequence[Found]) -> None:
        """They are stored."""
        if len(self.known) > MOST_REMEMBERED:
            self.known.clear()
        self.known.update(each.url for each in found)


@attrs.define
class Hand:
    """Reads one page after another; `done` are those nothing came of, yet to be written down.

    Its `lease` is the same when the job is run again, so that it finds what it had.
    """

    lease: UUID
    turn: Turn | None = None
    pages: deque[Leased] = attrs.field(factory=deque)
    done: list[tuple[Leased, Became]] = attrs.field(factory=list)
    limit: int = FIRST_TOGETHER
    since: datetime | None = None
    idle: int = 0

    def command(self, desk: Desk) -> LeasePages:
        return LeasePages(
            actor=desk.actor,
            crawl_id=desk.crawl_id,
            lease=self.lease,
            limit=self.limit,
            done=self.done,
            afresh=self.since is None or bool(self.pages),
        )

    def take(self, turn: Turn, now: datetime) -> None:
        """Whoever is quick takes more at once, whoever is slow less."""
        if self.since is not None and turn.pages:
            self.limit = self._more() if now - self.since < QUICK else max(self.limit // 2, 1)
        self.turn, self.since = turn, now
        self.pages, self.done = deque(turn.pages), []
        self.idle = 0 if turn.pages else self.idle + 1

    def _more(self) -> int:
        if self.done and len(self.done) >= self.limit:
            return min(4 * self.limit, MOST_UNCHANGED)
        return min(2 * self.limit, MOST_TOGETHER)

    def is_late(self, now: datetime) -> bool:
        """What it has left would no longer be its own before it is read."""
        return self.since is not None and now - self.since > LATE

    def pause(self, again_in: timedelta) -> float:
        """The longer in vain, the longer."""
        longer = min(again_in * 2.0 ** min(self.idle, MOST_IDLE), BEFORE_LONG)
        return max(again_in, longer).total_seconds()


@attrs.frozen(kw_only=True)
class CrawlSiteHandler:
    """As many hands as the site allows at once, shared between all who have a part in it."""

    lease_pages: UseCase[LeasePages, Turn]
    record_page: UseCase[RecordPage, bool]
    keep_robots: UseCase[KeepRobots, None]
    tell_progress: UseCase[TellProgress, Tally]
    ask_for_robots: AskForRobots
    read_robots: ReadRobots
    reader: PageReader
    clock: Clock
    side_by_side: SideBySide
    new_bell: NewBell
    here: CrawlsHere

    async def __call__(self, job: QueuedJob, context: JobContext, /) -> None:
        with self.here.share() as share:
            await self._read_share(job, context.actor, share)

    async def _read_share(self, job: QueuedJob, actor: Actor, share: Share) -> None:
        command, first = CrawlSite.of(job), Hand(uuid5(job.id, "0"))
        desk = Desk(actor, command.crawl_id, self.new_bell(), share)
        if command.tells:
            desk.tells_at = self.clock() + BETWEEN_NEWS
        turn = await self._take(desk, first)
        others = range(1, turn.site.reading.politeness.at_once)
        limit = _first_together(turn)
        hands = [first, *(Hand(uuid5(job.id, str(number)), limit=limit) for number in others)]
        await self.side_by_side([partial(self._work, desk, hand) for hand in hands])

    async def _work(self, desk: Desk, hand: Hand) -> None:
        while hand.turn is None or hand.pages or hand.done or not desk.over:
            if hand.turn is None or not hand.pages or hand.is_late(self.clock()):
                await self._take(desk, hand)
            else:
                with desk.share.reading(hand.lease):
                    await self._read(desk, hand, hand.turn, hand.pages.popleft())
            if desk.is_to_tell(self.clock()):
                desk.told = await self.tell_progress(
                    TellProgress(actor=desk.actor, crawl_id=desk.crawl_id, told=desk.told)
                )

    async def _take(self, desk: Desk, hand: Hand) -> Turn:
        turn = await self.lease_pages(hand.command(desk))
        hand.take(turn, self.clock())
        for host in turn.hosts:
            if host.name not in desk.rules:
                desk.rules[host.name] = self.read_robots(host.robots or "")
                if host.robots == NOTHING:
                    desk.silent.add(host.name)
        for name in turn.unasked:
            await self._ask(desk, turn, name)
        desk.over = not (turn.pages or turn.unasked or turn.again_in is not None)
        if desk.over:
            desk.bell.call(turn.site.reading.politeness.at_once)
        if turn.again_in is not None:
            await desk.bell.wait(hand.pause(turn.again_in))
        return turn

    async def _ask(self, desk: Desk, turn: Turn, name: str) -> None:
        robots = await self.ask_for_robots(_origin(turn.site, name))
        await self.keep_robots(
            KeepRobots(
                actor=desk.actor, crawl=turn.crawl, site=turn.site, host=name, robots=robots
            )
        )

    async def _read(self, desk: Desk, hand: Hand, turn: Turn, page: Leased) -> None:
        came = await self._what_comes_of(desk, turn.site, page)
        if came.is_nothing:
            hand.done.append((page, came.became))
            desk.share.stored()  # in a moment, with what it takes next
            return
        if came.rest_until is not None:
            desk.at_rest[host_of(page.url)] = came.rest_until
        new = attrs.evolve(came, found=desk.unknown(came.found))
        recorded = await self.record_page(
            RecordPage(actor=desk.actor, crawl=turn.crawl, site=turn.site, page=page, came=new)
        )
        if recorded:
            desk.share.stored()
            desk.learn(new.found)
            if not turn.site.reading.politeness.delay:
                desk.bell.call(len(new.found))

    async def _what_comes_of(self, desk: Desk, site: Site, page: Leased) -> CameOfIt:
        host = host_of(page.url)
        if not is_of(site, page):  # since somebody changed the site
            return CameOfIt(became=outside(page))
        if not desk.rules[host].allows(page.url):
            reason = "robots_unreachable" if host in desk.silent else "robots"
            return CameOfIt(became=Became(state=PageState.SKIPPED, reason=reason))
        rest = desk.at_rest.get(host)
        if rest is not None and rest > self.clock():
            waiting = Became(state=PageState.WAITING, reason="host_at_rest", due_at=rest)
            return CameOfIt(became=waiting)
        return await self.reader(site, page)


def _first_together(turn: Turn) -> int:
    """Where there are copies already, most pages will turn out to be the same."""
    known = bool(turn.pages) and all(page.content_hash for page in turn.pages)
    return MOST_TOGETHER if known else FIRST_TOGETHER


def _seeds(site: Site, sitemaps: Sequence[str]) -> Sequence[Found]:
    found = (Found(url=url, seed=True) for url in map(normal_form, sitemaps) if url)
    return [each for each in found if is_of(site, each)][:MOST_SITEMAPS]


def _origin(site: Site, host: str) -> str:
    """Of a host there are pages of, so that the scope names it."""
    origins = (origin_of(prefix) for prefix in site.reading.scope.within)
    return max(origin for origin in origins if host_of(origin) == host)
