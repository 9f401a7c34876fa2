"""Whoever reads asks what to read next; whoever finds nothing left brings the crawl to its end."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import attrs

from application.documentation.crawl_ports import CrawlWork, Host
from application.documentation.robots import KEPT_FOR, NOTHING
from application.kernel.ports import Clock, UnitOfWork
from domain.documentation.crawl import READING, Crawl, CrawlState
from domain.documentation.frontier import Became, Leased
from domain.documentation.site import Site
from domain.documentation.urls import host_of
from domain.kernel.actors import Actor
from domain.kernel.identifiers import CrawlId

VERY_SOON = timedelta(milliseconds=5)
SOON = timedelta(milliseconds=50)
BEFORE_LONG = timedelta(milliseconds=250)
LATEST = timedelta(seconds=2)
FORGOTTEN_TOGETHER = 100
NAMED_IN = timedelta(minutes=2)
"""As long pages wait for files that name them, which may say that some are as they were."""


@attrs.frozen(kw_only=True)
class LeasePages:
    """For one hand: its `lease` is its own, and what it leases it reads one after the other.

    `done` are pages of before that nothing came of. Who begins `afresh` does not know of pages
    that it may still have, and gives them back.
    """

    actor: Actor
    crawl_id: CrawlId
    lease: UUID
    limit: int = 1
    done: Sequence[tuple[Leased, Became]] = ()
    afresh: bool = False


@attrs.frozen(kw_only=True)
class Turn:
    """What to do next: ask hosts for their rules, read pages, or come back in a while.

    Nothing of that means that there is nothing to do any more.
    """

    crawl: Crawl
    site: Site
    hosts: Sequence[Host] = ()
    unasked: Sequence[str] = ()
    pages: Sequence[Leased] = ()
    again_in: timedelta | None = None


@attrs.frozen(kw_only=True)
class LeasePagesHandler:
    """`lease_for` is longer than reading a page ever takes."""

    unit_of_work: UnitOfWork[CrawlWork]
    clock: Clock
    lease_for: timedelta = timedelta(minutes=1)

    async def __call__(self, command: LeasePages, /) -> Turn:
        """Raises CrawlNotFound."""

        def decide(work: CrawlWork) -> Turn:
            crawl, now = work.crawls.get(command.crawl_id), self.clock()
            if command.done:
                work.frontier.record_all(crawl, command.done, now=now)
            if command.afresh:
                work.frontier.give_back(crawl, command.lease, now=now)
            if crawl.state in READING:
                return self._reading(work, command, crawl, now)
            if crawl.state is CrawlState.PUBLISHING:
                return _publishing(work, crawl, now)
            return Turn(crawl=crawl, site=work.sites.get(crawl.site_id))

        return await self.unit_of_work(command.actor, decide)

    def _reading(self, work: CrawlWork, command: LeasePages, crawl: Crawl, now: datetime) -> Turn:
        site = work.sites.get(crawl.site_id)
        if crawl.state is CrawlState.PLANNED:
            crawl = work.crawls.save(crawl.discover())
        hosts = work.hosts.of(site.id)
        ours = set(map(host_of, site.reading.scope.within))
        unasked = [
            host.name for host in hosts if host.name in ours and _is_unasked(host, crawl, now)
        ]
        if unasked:
            return Turn(crawl=crawl, site=site, unasked=unasked)
        if crawl.state is CrawlState.DISCOVERING and _may_read(work, crawl, now):
            crawl = work.crawls.save(crawl.read())
        turn = Turn(crawl=crawl, site=site, hosts=hosts)
        pages = self._leased(work, command, turn)
        if pages is None:
            return attrs.evolve(turn, again_in=VERY_SOON)
        if pages:
            return attrs.evolve(turn, pages=pages)
        if crawl.state is CrawlState.DISCOVERING:
            return attrs.evolve(turn, again_in=_again_in(hosts, now, now))
        return _waiting(work, crawl, site, now)

    def _leased(self, work: CrawlWork, command: LeasePages, turn: Turn) -> Sequence[Leased] | None:
        """None if there may be some, but others are about to take theirs."""
        crawl, site = turn.crawl, turn.site
        left = site.reading.most_pages - work.frontier.count_read(crawl)
        if left <= 0:
            work.frontier.skip_rest(crawl, "too_many_pages")
            return ()
        others = False
        for host in turn.hosts:
            now = self.clock()
            at_rest = work.hosts.at_rest(site.id, host.name, now=now)
            if at_rest is not False:
                others = others or at_rest is None
                continue
            hands, pages = work.frontier.under_way(site.id, host.name, now=now)
            room = min(command.limit, left - pages)
            if room > 0 and hands < site.reading.politeness.at_once:
                leased = self._of_host(work, command.lease, turn, host, room)
                if leased:
                    return leased
        return None if others else ()

    def _of_host(
        self, work: CrawlWork, lease: UUID, turn: Turn, host: Host, room: int
    ) -> Sequence[Leased]:
        now, gap = self.clock(), turn.site.reading.politeness.between(host.delay)
        pages = work.frontier.lease(
            turn.crawl,
            host.name,
            limit=1 if gap else room,
            lease=lease,
            now=now,
            until=now + self.lease_for,
            seeds=turn.crawl.state is CrawlState.DISCOVERING,
        )
        if pages and gap:
            work.hosts.rest(turn.site.id, host.name, until=now + timedelta(seconds=gap))
        return pages


def _is_unasked(host: Host, crawl: Crawl, now: datetime) -> bool:
    """Who did not answer the last time is asked again by every crawl."""
    if host.robots_at is None or host.robots_at <= now - KEPT_FOR:
        return True
    return host.robots == NOTHING and host.robots_at < crawl.started_at


def _may_read(work: CrawlWork, crawl: Crawl, now: datetime) -> bool:
    return now - crawl.started_at > NAMED_IN or work.frontier.are_named(crawl, now=now)


def _waiting(work: CrawlWork, crawl: Crawl, site: Site, now: datetime) -> Turn:
    due = work.frontier.next_due(crawl)
    if due is not None:
        return Turn(crawl=crawl, site=site, again_in=_again_in(work.hosts.of(site.id), due, now))
    left = work.frontier.passages(site.id)
    judged = crawl.verify().judge(work.frontier.tally(crawl), passages=left, now=now)
    return Turn(crawl=work.crawls.save(judged), site=site, again_in=timedelta())


def _again_in(hosts: Sequence[Host], due: datetime, now: datetime) -> timedelta:
    """What others read may have links, unless every host wants to be left alone."""
    rests = [host.next_at for host in hosts if host.next_at and host.next_at > now]
    if len(rests) == len(hosts):
        return min(max(min(rests) - now, SOON), LATEST)
    return min(max(due - now, SOON), BEFORE_LONG)


def _publishing(work: CrawlWork, crawl: Crawl, now: datetime) -> Turn:
    site = work.sites.get(crawl.site_id)
    gone = work.frontier.drop_gone(crawl, limit=FORGOTTEN_TOGETHER)
    for url in gone:
        work.pages.forget(site.id, url, at=now)
    if gone:
        return Turn(crawl=crawl, site=site, again_in=timedelta())
    done = work.crawls.save(crawl.finish(work.frontier.tally(crawl), now=now))
    return Turn(crawl=done, site=site)
