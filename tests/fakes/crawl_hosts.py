"""Whom sites are read from, in memory."""

from collections.abc import Sequence
from datetime import datetime

import attrs

from application.documentation.crawl_ports import Host, Hosts
from domain.kernel.identifiers import SiteId
from tests.fakes.crawl_rows import CrawlRows


@attrs.frozen
class MemoryHosts(Hosts):
    rows: CrawlRows

    def of(self, site_id: SiteId) -> Sequence[Host]:
        ours = [host for (site, _), host in self.rows.hosts.items() if site == site_id]
        return sorted(ours, key=lambda host: host.name)

    def at_rest(self, site_id: SiteId, host: str, *, now: datetime) -> bool | None:
        known = self.rows.hosts.get((site_id, host))
        return None if known is None else known.next_at is not None and known.next_at > now

    def rest(self, site_id: SiteId, host: str, *, until: datetime) -> None:
        known = self.rows.hosts[site_id, host]
        later = until if known.next_at is None else max(known.next_at, until)
        self.rows.hosts[site_id, host] = attrs.evolve(known, next_at=later)

    def keep_robots(
        self, site_id: SiteId, host: str, robots: str, *, delay: float | None, at: datetime
    ) -> None:
        known = self.rows.hosts[site_id, host]
        self.rows.hosts[site_id, host] = attrs.evolve(
            known, robots=robots, robots_at=at, delay=delay
        )
