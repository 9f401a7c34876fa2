"""Sites and crawls in memory."""

from collections import Counter
from collections.abc import Callable, Sequence
from copy import deepcopy
from datetime import datetime
from typing import TypeVar
from uuid import UUID

import attrs

from application.documentation.crawl_ports import Crawls, CrawlWork, Frontier, Host, Sites
from application.kernel.jobs import Job, JobQueue
from application.kernel.once import Once
from application.kernel.ports import UnitOfWork
from domain.documentation.crawl import Crawl, CrawlNotFound, CrawlUnderWay
from domain.documentation.events import CrawlEvent
from domain.documentation.frontier import (
    TO_READ_ANEW,
    Became,
    Dated,
    Found,
    Leased,
    PageState,
    Tally,
)
from domain.documentation.site import Site, SiteNotFound
from domain.documentation.urls import host_of
from domain.kernel.actors import Actor
from domain.kernel.identifiers import CrawlId, OrganizationId, SiteId
from tests.fakes.crawl_hosts import MemoryHosts
from tests.fakes.crawl_rows import CrawlRows, Known
from tests.fakes.pages import MemoryPages
from tests.fakes.rows import found, next_version

Decision = TypeVar("Decision")
NOT_READ = {PageState.WAITING, PageState.FAILED, PageState.SKIPPED}


@attrs.frozen
class MemorySites(Sites):
    rows: CrawlRows

    def get(self, site_id: SiteId) -> Site:
        return found(self.rows.sites, site_id, SiteNotFound)

    def due(self, *, now: datetime, limit: int) -> Sequence[SiteId]:
        dated = ((site.next_read_at, site.id) for site in self.rows.sites.values())
        due = sorted((at, id) for at, id in dated if at is not None and at <= now)
        return [id for _, id in due[:limit]]

    def save(self, site: Site) -> Site:
        version = next_version(self.rows.sites.get(site.id), site.version)
        self.rows.events.extend(site.events)
        saved = attrs.evolve(site, version=version, events=())
        self.rows.sites[site.id] = saved
        return saved


@attrs.frozen
class MemoryCrawls(Crawls):
    rows: CrawlRows

    def get(self, crawl_id: CrawlId) -> Crawl:
        return found(self.rows.crawls, crawl_id, CrawlNotFound)

    def under_way(self, site_id: SiteId) -> Crawl | None:
        theirs = (one for one in self.rows.crawls.values() if one.site_id == site_id)
        return next((one for one in theirs if not one.is_over), None)

    def save(self, crawl: Crawl) -> Crawl:
        version = next_version(self.rows.crawls.get(crawl.id), crawl.version)
        for other in self.rows.crawls.values():
            if other.site_id == crawl.site_id and other.id != crawl.id and not other.is_over:
                raise CrawlUnderWay(other.id)
        self.rows.events.extend(crawl.events)
        saved = attrs.evolve(crawl, version=version, events=())
        self.rows.crawls[crawl.id] = saved
        return saved

    def tell(self, event: CrawlEvent) -> None:
        self.rows.events.append(event)


@attrs.frozen
class MemoryFrontier(Frontier):
    rows: CrawlRows

    def kept(self, site_id: SiteId) -> int:
        return sum(site == site_id and bool(k.content_hash) for (site, _), k in self._all())

    def passages(self, site_id: SiteId) -> int:
        gone = {key for key, known in self._all() if known.state is PageState.GONE}
        kept = ((key, page) for key, page in self.rows.pages.kept.items() if key not in gone)
        return sum(len(page.read.sections) for (site, _), page in kept if site == site_id)

    def reopen(self, crawl: Crawl, *, stale_before: datetime, now: datetime) -> None:
        for (site, _), known in self._all():
            of_old = site == crawl.site_id and known.crawl_id != crawl.id
            stale = known.fetched_at is None or known.fetched_at <= stale_before
            if of_old and known.state is not PageState.GONE and stale:
                _reopen(known, crawl, now)

    def add(
        self, crawl: Crawl, found: Sequence[Found], *, stale_before: datetime, now: datetime
    ) -> None:
        for each in found:
            host = host_of(each.url)
            self.rows.hosts.setdefault((crawl.site_id, host), Host(name=host))
            known = self.rows.urls.get((crawl.site_id, each.url))
            if known is None:
                known = Known(each.url, crawl.id, each.depth, each.hops, now, seed=each.seed)
                self.rows.urls[crawl.site_id, each.url] = known
            elif known.crawl_id != crawl.id and _may_come_again(known, stale_before):
                _reopen(known, crawl, now)
                known.depth, known.hops, known.seed = each.depth, each.hops, each.seed

    def spare(self, crawl: Crawl, dated: Sequence[Dated], *, now: datetime) -> None:
        for each in dated:
            known = self.rows.urls.get((crawl.site_id, each.url))
            if known is None or known not in self.rows.waiting(crawl) or known.lease:
                continue
            kept = known.content_hash not in {None, TO_READ_ANEW}
            if kept and known.fetched_at and known.fetched_at >= each.read_since(now):
                known.state, known.unasked = PageState.UNCHANGED, True

    def are_named(self, crawl: Crawl, *, now: datetime) -> bool:
        seeds = (known for known in self.rows.waiting(crawl) if known.seed)
        return not any(not each.attempts or (each.lease and each.due_at > now) for each in seeds)

    def read_anew(self, site_id: SiteId) -> None:
        for (site, _), known in self._all():
            if site == site_id:
                known.content_hash = known.content_hash and TO_READ_ANEW
                known.etag = known.last_modified = known.fetched_at = known.lease = None

    def under_way(self, site_id: SiteId, host: str, *, now: datetime) -> tuple[int, int]:
        leases = [
            known.lease
            for (site, url), known in self._all()
            if site == site_id and host_of(url) == host and known.lease and known.due_at > now
        ]
        return len(set(leases)), len(leases)

    def lease(
        self,
        crawl: Crawl,
        host: str,
        *,
        limit: int,
        lease: UUID,
        now: datetime,
        until: datetime,
        seeds: bool = False,
    ) -> Sequence[Leased]:
        waiting = sorted(self.rows.waiting(crawl), key=lambda known: known.due_at)
        due = [each for each in waiting if each.due_at <= now and host_of(each.url) == host]
        due = [each for each in due if each.seed or not seeds]
        for known in due[:limit]:
            known.lease, known.due_at, known.attempts = lease, until, known.attempts + 1
        return [_leased(known, lease) for known in due[:limit]]

    def record(self, crawl: Crawl, page: Leased, became: Became, *, now: datetime) -> bool:
        known = self.rows.urls[crawl.site_id, page.url]
        if known.crawl_id != crawl.id or known.lease != page.lease:
            return False
        known.state, known.size, known.lease = became.state, became.size, None
        known.due_at = became.due_at or now
        known.reason, known.status = became.reason, became.status
        known.content_hash = became.content_hash or known.content_hash
        if became.content_hash or became.etag or became.last_modified:
            known.etag, known.last_modified = became.etag, became.last_modified
        if became.state not in NOT_READ:
            known.fetched_at = now
        return True

    def record_all(
        self, crawl: Crawl, came: Sequence[tuple[Leased, Became]], *, now: datetime
    ) -> None:
        for page, became in came:
            self.record(crawl, page, became, now=now)

    def give_back(self, crawl: Crawl, lease: UUID, *, now: datetime) -> None:
        for known in self.rows.waiting(crawl):
            if known.lease == lease:
                known.lease, known.due_at = None, now

    def count_read(self, crawl: Crawl) -> int:
        return self.tally(crawl).read

    def next_due(self, crawl: Crawl) -> datetime | None:
        return min((known.due_at for known in self.rows.waiting(crawl)), default=None)

    def skip_rest(self, crawl: Crawl, reason: str) -> None:
        for known in self.rows.waiting(crawl):
            known.state, known.lease = PageState.SKIPPED, None

    def tally(self, crawl: Crawl) -> Tally:
        counts = Counter(known.state.value for known in self.rows.of(crawl))
        return Tally(
            **counts,
            bytes=sum(known.size for known in self.rows.of(crawl)),
            unasked=sum(known.unasked for known in self.rows.of(crawl)),
        )

    def forget(self, site_id: SiteId) -> None:
        for key in [key for key in self.rows.urls if key[0] == site_id]:
            del self.rows.urls[key]

    def drop_gone(self, crawl: Crawl, *, limit: int) -> Sequence[str]:
        gone = [k for k in self.rows.of(crawl) if k.state is PageState.GONE and k.content_hash]
        for known in gone[:limit]:
            known.content_hash = known.etag = known.last_modified = None
        return [known.url for known in gone[:limit]]

    def _all(self) -> Sequence[tuple[tuple[SiteId, str], Known]]:
        return list(self.rows.urls.items())


@attrs.frozen
class MemoryJobs(JobQueue):
    rows: CrawlRows

    def enqueue(self, job: Job) -> None:
        self.rows.jobs.append(job)


@attrs.frozen
class MemoryCrawlWork(CrawlWork):
    sites: MemorySites
    crawls: MemoryCrawls
    frontier: MemoryFrontier
    hosts: MemoryHosts
    pages: MemoryPages
    jobs: MemoryJobs

    @classmethod
    def on(cls, rows: CrawlRows) -> "MemoryCrawlWork":
        return cls(
            MemorySites(rows),
            MemoryCrawls(rows),
            MemoryFrontier(rows),
            MemoryHosts(rows),
            rows.pages,
            MemoryJobs(rows),
        )


@attrs.frozen
class MemoryCrawling(UnitOfWork[MemoryCrawlWork]):
    organizations: dict[OrganizationId, CrawlRows] = attrs.field(factory=dict)

    async def __call__(
        self,
        actor: Actor,
        decide: Callable[[MemoryCrawlWork], Decision],
        /,
        *,
        once: Once[Decision] | None = None,
    ) -> Decision:
        rows = deepcopy(self.organizations.get(actor.organization_id, CrawlRows()))
        decision = decide(MemoryCrawlWork.on(rows))
        self.organizations[actor.organization_id] = rows
        return decision


def _may_come_again(known: Known, stale_before: datetime) -> bool:
    stale = known.fetched_at is None or known.fetched_at <= stale_before
    return stale or known.state is PageState.GONE


def _reopen(known: Known, crawl: Crawl, now: datetime) -> None:
    known.crawl_id, known.state, known.due_at = crawl.id, PageState.WAITING, now
    known.attempts, known.size, known.lease, known.unasked = 0, 0, None, False


def _leased(known: Known, lease: UUID) -> Leased:
    return Leased(
        url=known.url,
        depth=known.depth,
        hops=known.hops,
        attempts=known.attempts,
        lease=lease,
        etag=known.etag,
        last_modified=known.last_modified,
        content_hash=known.content_hash,
        seed=known.seed,
    )
