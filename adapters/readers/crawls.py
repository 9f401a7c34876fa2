"""Views of sites and crawls in SQL."""

from collections.abc import Sequence

import attrs
from sqlalchemy import Connection, func, select

from adapters.mapping.crawls import crawl_of, site_of, tally_of
from adapters.schema.crawls import crawl_urls, crawls, sites
from adapters.sql.database import Database
from application.documentation.crawl_views import CrawlViews, PageFailed, Progress
from domain.documentation.crawl import CrawlNotFound
from domain.documentation.frontier import PageState
from domain.documentation.site import Site
from domain.kernel.actors import Actor
from domain.kernel.identifiers import CrawlId


@attrs.frozen
class SqlCrawlViews(CrawlViews):
    database: Database

    async def site_from(self, actor: Actor, start: str) -> Site | None:
        question = (
            select(sites)
            .where(sites.c.organization_id == actor.organization_id)
            .order_by(sites.c.id)
        )

        def ask(connection: Connection) -> Site | None:
            found = map(site_of, connection.execute(question))
            return next((site for site in found if start in site.reading.starts), None)

        return await self.database.read(ask, of=actor.organization_id)

    async def progress(self, actor: Actor, crawl_id: CrawlId) -> Progress:
        one = select(crawls).where(
            crawls.c.organization_id == actor.organization_id, crawls.c.id == crawl_id
        )
        counting = (
            select(crawl_urls.c.state, func.count().label("number"), func.sum(crawl_urls.c.size))
            .where(
                crawl_urls.c.organization_id == actor.organization_id,
                crawl_urls.c.crawl_id == crawl_id,
            )
            .group_by(crawl_urls.c.state)
        )

        def ask(connection: Connection) -> Progress:
            row = connection.execute(one).one_or_none()
            if row is None:
                raise CrawlNotFound(crawl_id)
            return Progress(crawl_of(row), tally_of(connection.execute(counting).all()))

        return await self.database.read(ask, of=actor.organization_id)

    async def failed(self, actor: Actor, crawl_id: CrawlId, *, limit: int) -> Sequence[PageFailed]:
        question = (
            select(crawl_urls.c.url, crawl_urls.c.reason)
            .where(
                crawl_urls.c.organization_id == actor.organization_id,
                crawl_urls.c.crawl_id == crawl_id,
                crawl_urls.c.state == PageState.FAILED.value,
            )
            .order_by(crawl_urls.c.key)
            .limit(limit)
        )
        return await self.database.read(
            lambda it: [PageFailed(url, reason) for url, reason in it.execute(question)],
            of=actor.organization_id,
        )
