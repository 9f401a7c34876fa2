"""Hosts of sites in SQL: their rules, and when each wants to be left alone."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

import attrs
from sqlalchemy import ColumnElement, Executable, bindparam, func, select, update

from adapters.mapping.crawls import host_of_row
from adapters.schema.crawls import crawl_hosts
from adapters.sql.scope import Scope
from application.documentation.crawl_ports import Host, Hosts
from domain.kernel.identifiers import SiteId


@attrs.frozen
class SqlHosts(Hosts):
    scope: Scope

    def of(self, site_id: SiteId) -> Sequence[Host]:
        return [host_of_row(row) for row in self.scope.ask(_every(), self._key(site_id)).all()]

    def at_rest(self, site_id: SiteId, host: str, *, now: datetime) -> bool | None:
        row = self.scope.execute(_taking(), self._key(site_id, p_host=host)).one_or_none()
        return None if row is None else row.next_at is not None and row.next_at > now

    def rest(self, site_id: SiteId, host: str, *, until: datetime) -> None:
        self.scope.execute(_resting(), self._key(site_id, p_host=host, p_until=until))

    def keep_robots(
        self, site_id: SiteId, host: str, robots: str, *, delay: float | None, at: datetime
    ) -> None:
        self.scope.execute(
            update(crawl_hosts)
            .where(
                self.scope.owns(crawl_hosts),
                crawl_hosts.c.site_id == site_id,
                crawl_hosts.c.host == host,
            )
            .values(robots=robots, robots_at=at, delay=delay)
        )

    def _key(self, site_id: SiteId, **parameters: Any) -> dict[str, Any]:
        organization_id = self.scope.organization_id
        return {"p_organization_id": organization_id, "p_site_id": site_id, **parameters}


def _of_site() -> ColumnElement[bool]:
    return (crawl_hosts.c.organization_id == bindparam("p_organization_id")) & (
        crawl_hosts.c.site_id == bindparam("p_site_id")
    )


def _is_it() -> ColumnElement[bool]:
    return _of_site() & (crawl_hosts.c.host == bindparam("p_host"))


@lru_cache(maxsize=1)
def _every() -> Executable:
    return select(crawl_hosts).where(_of_site()).order_by(crawl_hosts.c.host)


@lru_cache(maxsize=1)
def _taking() -> Executable:
    return select(crawl_hosts.c.next_at).where(_is_it()).with_for_update(skip_locked=True)


@lru_cache(maxsize=1)
def _resting() -> Executable:
    until = bindparam("p_until", type_=crawl_hosts.c.next_at.type)
    later = func.coalesce(crawl_hosts.c.next_at, until) <= until
    return update(crawl_hosts).where(_is_it(), later).values(next_at=until)
