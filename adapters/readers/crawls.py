"""Views of sites and crawls in SQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import attrs
from sqlalchemy import Connection, Row, Select, func, select

from adapters.mapping.crawls import SUMS, crawl_of, site_of, tally_of
from adapters.schema.crawls import crawl_urls, crawls, sites
from adapters.sql.database import EVERYBODY, Database
from adapters.sql.keysets import page_backwards, page_of
from application.documentation.crawl_views import CrawlViews, PageFailed, Progress
from application.kernel.pages import Page, Slice
from domain.documentation.crawl import Crawl, CrawlNotFound
from domain.documentation.frontier import PageState
from domain.documentation.site import Site, SiteNotFound
from domain.kernel.actors import Actor
from domain.kernel.identifiers import CrawlId, OrganizationId, SiteId

FAILED, SKIPPED = PageState.FAILED.value, PageState.SKIPPED.value


@attrs.frozen
class SqlCrawlViews(CrawlViews):
    database: Database

    async def site(self, actor: Actor, site_id: SiteId) -> Site:
        return await self.database.read(
            lambda connection: _site(connection, actor.organization_id, site_id),
            of=actor.organization_id,
        )

    async def sites(self, actor: Actor, *, slice: Slice) -> Page[Site]:
        question = select(sites).where(
            sites.c.organization_id == actor.organization_id, sites.c.deleted_at.is_(None)
        )
        return await self.database.read(
            lambda connection: page_of(connection, question, (sites.c.id,), slice, site_of),
            of=actor.organization_id,
        )

    async def site_from(self, actor: Actor, start: str) -> Site | None:
        question = (
            select(sites)
            .where(sites.c.organization_id == actor.organization_id, sites.c.deleted_at.is_(None))
            .order_by(sites.c.id)
        )

        def ask(connection: Connection) -> Site | None:
            found = map(site_of, connection.execute(question))
            return next((site for site in found if start in site.reading.starts), None)

        return await self.database.read(ask, of=actor.organization_id)

    async def crawls(self, actor: Actor, site_id: SiteId, *, slice: Slice) -> Page[Crawl]:
        question = select(crawls).where(
            crawls.c.organization_id == actor.organization_id, crawls.c.site_id == site_id
        )

        def ask(connection: Connection) -> Page[Crawl]:
            _site(connection, actor.organization_id, site_id)
            return page_backwards(connection, question, (crawls.c.id,), slice, crawl_of)

        return await self.database.read(ask, of=actor.organization_id)

    async def progress(self, actor: Actor, crawl_id: CrawlId) -> Progress:
        owner = actor.organization_id
        states = _pages_of(owner, crawl_id, crawl_urls.c.state, *SUMS)
        state = crawl_urls.c.state
        reasons = (
            _pages_of(owner, crawl_id, crawl_urls.c.reason, state)
            .where(state.in_([FAILED, SKIPPED]))
            .group_by(state)
        )

        def ask(connection: Connection) -> Progress:
            crawl = _crawl(connection, owner, crawl_id)
            told = connection.execute(reasons).all()
            return Progress(
                crawl=crawl,
                tally=tally_of(connection.execute(states).all()),
                failures={row.reason: row.number for row in told if row.state == FAILED},
                skips={row.reason: row.number for row in told if row.state == SKIPPED},
                is_latest=connection.execute(_latest(owner, crawl.site_id)).scalar() == crawl_id,
            )

        return await self.database.read(ask, of=owner)

    async def failed(self, actor: Actor, crawl_id: CrawlId, *, slice: Slice) -> Page[PageFailed]:
        question = select(
            crawl_urls.c.key, crawl_urls.c.url, crawl_urls.c.reason, crawl_urls.c.status
        ).where(
            crawl_urls.c.organization_id == actor.organization_id,
            crawl_urls.c.crawl_id == crawl_id,
            crawl_urls.c.state == FAILED,
        )

        def ask(connection: Connection) -> Page[PageFailed]:
            _crawl(connection, actor.organization_id, crawl_id)
            return page_of(connection, question, (crawl_urls.c.key,), slice, _failed)

        return await self.database.read(ask, of=actor.organization_id)


@attrs.frozen
class SqlDueSites:
    """Whose sites are to be read by now."""

    database: Database

    async def organizations(self, *, now: datetime) -> Sequence[OrganizationId]:
        question = select(sites.c.organization_id).where(sites.c.next_read_at <= now).distinct()
        return await self.database.read(
            lambda connection: connection.execute(question).scalars().all(), of=EVERYBODY
        )


def _pages_of(owner: OrganizationId, crawl_id: CrawlId, of_each: Any, *sums: Any) -> Select[Any]:
    """How many pages of the crawl there are of each."""
    return (
        select(of_each, func.count().label("number"), *sums)
        .where(crawl_urls.c.organization_id == owner, crawl_urls.c.crawl_id == crawl_id)
        .group_by(of_each)
    )


def _latest(owner: OrganizationId, site_id: SiteId) -> Select[Any]:
    """Ids go up as time goes by."""
    return (
        select(crawls.c.id)
        .where(crawls.c.organization_id == owner, crawls.c.site_id == site_id)
        .order_by(crawls.c.id.desc())
        .limit(1)
    )


def _site(connection: Connection, owner: OrganizationId, site_id: SiteId) -> Site:
    question = select(sites).where(
        sites.c.organization_id == owner, sites.c.id == site_id, sites.c.deleted_at.is_(None)
    )
    row = connection.execute(question).one_or_none()
    if row is None:
        raise SiteNotFound(site_id)
    return site_of(row)


def _crawl(connection: Connection, owner: OrganizationId, crawl_id: CrawlId) -> Crawl:
    question = select(crawls).where(crawls.c.organization_id == owner, crawls.c.id == crawl_id)
    row = connection.execute(question).one_or_none()
    if row is None:
        raise CrawlNotFound(crawl_id)
    return crawl_of(row)


def _failed(row: Row[Any]) -> PageFailed:
    return PageFailed(row.url, row.reason, row.status)
