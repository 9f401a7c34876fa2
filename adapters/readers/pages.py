"""Views of pages in SQL."""

from typing import Any

import attrs
from sqlalchemy import Connection, Row, select

from adapters.schema.documentation import pages
from adapters.sql.database import Database
from adapters.sql.keysets import page_of
from application.documentation.views import PageNotFound, PageShown, PageViews
from application.kernel.pages import Page, Slice
from domain.documentation.kinds import DocumentationKind
from domain.kernel.actors import Actor
from domain.kernel.identifiers import PageId, SiteId


@attrs.frozen
class SqlPageViews(PageViews):
    database: Database

    async def page(self, actor: Actor, page_id: PageId) -> PageShown:
        question = select(pages).where(
            pages.c.organization_id == actor.organization_id, pages.c.id == page_id
        )

        def ask(connection: Connection) -> PageShown:
            row = connection.execute(question).one_or_none()
            if row is None:
                raise PageNotFound(page_id)
            return _shown(row)

        return await self.database.read(ask, of=actor.organization_id)

    async def pages(
        self, actor: Actor, *, site_id: SiteId | None, slice: Slice
    ) -> Page[PageShown]:
        question = select(pages).where(pages.c.organization_id == actor.organization_id)
        if site_id is not None:
            question = question.where(pages.c.site_id == site_id)
        keys = (pages.c.url, pages.c.id)
        return await self.database.read(
            lambda connection: page_of(connection, question, keys, slice, _shown),
            of=actor.organization_id,
        )


def _shown(row: Row[Any]) -> PageShown:
    return PageShown(
        id=PageId(row.id),
        site_id=SiteId(row.site_id),
        url=row.url,
        title=row.title,
        kind=DocumentationKind(row.kind),
        language=row.language,
        version=row.edition,
        fetched_at=row.fetched_at,
        changed_at=row.changed_at,
    )
