"""Hosts of sites in SQL: their rules, and when each wants to be left alone."""

from collections.abc import Sequence
from datetime import datetime

import attrs
from sqlalchemy import ColumnElement, func, select, update

from adapters.mapping.crawls import host_of_row
from adapters.schema.crawls import crawl_hosts
from adapters.sql.scope import Scope
from application.documentation.crawl_ports import Host, Hosts
from domain.kernel.identifiers import SiteId


@attrs.frozen
class SqlHosts(Hosts):
    scope: Scope

    def of(self, site_id: SiteId) -> Sequence[Host]:
        question = (
            select(crawl_hosts)
            .where(self.scope.owns(crawl_hosts), crawl_hosts.c.site_id == site_id)
            .order_by(crawl_hosts.c.host)
        )
        return [host_of_row(row) for row in self.scope.ask(question).all()]

    def at_rest(self, site_id: SiteId, host: str, *, now: datetime) -> bool | None:
        question = (
            select(crawl_hosts.c.next_at)
            .where(self._is(site_id, host))
            .with_for_update(skip_locked=True)
        )
        row = self.scope.execute(question).one_or_none()
        return None if row is None else row.next_at is not None and row.next_at > now

    def rest(self, site_id: SiteId, host: str, *, until: datetime) -> None:
        later = func.coalesce(crawl_hosts.c.next_at, until) <= until
        self.scope.execute(
            update(crawl_hosts).where(self._is(site_id, host), later).values(next_at=until)
        )

    def keep_robots(
        self, site_id: SiteId, host: str, robots: str, *, delay: float | None, at: datetime
    ) -> None:
        self.scope.execute(
            update(crawl_hosts)
            .where(self._is(site_id, host))
            .values(robots=robots, robots_at=at, delay=delay)
        )

    def _is(self, site_id: SiteId, host: str) -> ColumnElement[bool]:
        return (
            self.scope.owns(crawl_hosts)
            & (crawl_hosts.c.site_id == site_id)
            & (crawl_hosts.c.host == host)
        )
