"""Sites and crawls in SQL."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import Connection, Executable, Table, bindparam, select

from adapters.mapping.crawls import converter, crawl_of, site_of
from adapters.schema.crawls import crawls, sites
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from adapters.sql.versions import store
from application.documentation.crawl_ports import Crawls, Sites
from domain.documentation.crawl import Crawl, CrawlNotFound, CrawlUnderWay
from domain.documentation.events import CrawlEvent
from domain.documentation.site import Site, SiteNotFound
from domain.kernel.identifiers import CrawlId, SiteId


@attrs.frozen
class SqlSites(Sites):
    scope: Scope

    def get(self, site_id: SiteId) -> Site:
        row = self.scope.ask(_one_of(sites), _key(self.scope, site_id)).one_or_none()
        if row is None:
            raise SiteNotFound(site_id)
        return site_of(row)

    def due(self, *, now: datetime, limit: int) -> Sequence[SiteId]:
        question = (
            select(sites.c.id)
            .where(self.scope.owns(sites), sites.c.next_read_at <= now)
            .order_by(sites.c.next_read_at, sites.c.id)
            .limit(limit)
        )
        return [SiteId(id) for id in self.scope.ask(question).scalars()]

    def save(self, site: Site) -> Site:
        version = store(
            self.scope,
            sites,
            site.id,
            site.version,
            title=site.title,
            kind=site.kind.value,
            reading=converter.unstructure(site.reading),
            language=site.language,
            release=site.release,
            deleted_at=site.deleted_at,
            schedule=converter.unstructure(site.schedule),
            next_read_at=site.next_read_at,
        )
        EventLog(self.scope).publish(site.events)
        return attrs.evolve(site, version=version, events=())


@attrs.frozen
class SqlCrawls(Crawls):
    scope: Scope

    def get(self, crawl_id: CrawlId) -> Crawl:
        row = self.scope.ask(_one_of(crawls), _key(self.scope, crawl_id)).one_or_none()
        if row is None:
            raise CrawlNotFound(crawl_id)
        return crawl_of(row)

    def under_way(self, site_id: SiteId) -> Crawl | None:
        question = select(crawls).where(
            self.scope.owns(crawls), crawls.c.site_id == site_id, crawls.c.ended_at.is_(None)
        )
        row = self.scope.ask(question).one_or_none()
        return None if row is None else crawl_of(row)

    def save(self, crawl: Crawl) -> Crawl:
        self._explain_duplicate(crawl)
        version = store(
            self.scope,
            crawls,
            crawl.id,
            crawl.version,
            site_id=crawl.site_id,
            state=crawl.state.value,
            kept_before=crawl.kept_before,
            passages_before=crawl.passages_before,
            started_at=crawl.started_at,
            ended_at=crawl.ended_at,
            reason=crawl.reason,
        )
        EventLog(self.scope).publish(crawl.events)
        return attrs.evolve(crawl, version=version, events=())

    def tell(self, event: CrawlEvent) -> None:
        EventLog(self.scope).publish((event,))

    def _explain_duplicate(self, crawl: Crawl) -> None:
        question = select(crawls.c.id).where(
            self.scope.owns(crawls),
            crawls.c.site_id == crawl.site_id,
            crawls.c.id != crawl.id,
            crawls.c.ended_at.is_(None),
        )

        def under_way(connection: Connection) -> None:
            other = connection.execute(question).scalar_one_or_none()
            if other is not None:
                raise CrawlUnderWay(CrawlId(other))

        self.scope.explain(crawls, under_way)


def _key(scope: Scope, id: UUID) -> dict[str, Any]:
    return {"p_organization_id": scope.organization_id, "p_id": id}


@lru_cache(maxsize=2)
def _one_of(table: Table) -> Executable:
    return select(table).where(
        table.c.organization_id == bindparam("p_organization_id"), table.c.id == bindparam("p_id")
    )
