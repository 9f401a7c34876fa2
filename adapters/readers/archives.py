"""Views of archives in SQL."""

from collections.abc import Iterator
from typing import Any

import attrs
from sqlalchemy import ColumnElement, Connection, Row, select

from adapters.schema.archives import archives
from adapters.sql.database import Database
from adapters.sql.keysets import page_of
from application.identity.archive_views import ArchiveFilter, ArchiveViews
from application.kernel.pages import Page, Slice
from domain.identity.archives import Archive, ArchiveNotFound
from domain.kernel.actors import Actor
from domain.kernel.histories import History
from domain.kernel.identifiers import ArchiveId

TOLD = [column for column in archives.columns if column.name not in ("organization_id", "content")]


@attrs.frozen
class SqlArchiveViews(ArchiveViews):
    database: Database

    async def archives(
        self, actor: Actor, wanted: ArchiveFilter, *, slice: Slice
    ) -> Page[Archive]:
        question = select(*TOLD).where(
            archives.c.organization_id == actor.organization_id, *_wanted(wanted)
        )
        return await self.database.read(
            lambda connection: page_of(connection, question, (archives.c.id,), slice, _archive_of),
            of=actor.organization_id,
        )

    async def archive(self, actor: Actor, archive_id: ArchiveId) -> Archive:
        return _archive_of(await self._row(actor, archive_id, *TOLD))

    async def content(self, actor: Actor, archive_id: ArchiveId) -> bytes:
        content: bytes = (await self._row(actor, archive_id, archives.c.content)).content
        return content

    async def _row(self, actor: Actor, archive_id: ArchiveId, *columns: Any) -> Row[Any]:
        question = select(*columns).where(
            archives.c.organization_id == actor.organization_id, archives.c.id == archive_id
        )

        def ask(connection: Connection) -> Row[Any]:
            row = connection.execute(question).one_or_none()
            if row is None:
                raise ArchiveNotFound(archive_id)
            return row

        return await self.database.read(ask, of=actor.organization_id)


def _wanted(wanted: ArchiveFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.history is not None:
        yield archives.c.history == wanted.history.value
    if wanted.since is not None:
        yield archives.c.archived_at >= wanted.since
    if wanted.until is not None:
        yield archives.c.archived_at < wanted.until


def _archive_of(row: Row[Any]) -> Archive:
    return Archive(
        id=row.id,
        history=History(row.history),
        before=row.before,
        archived_at=row.archived_at,
        rows=row.rows,
        size=row.size,
        digest=row.digest,
    )
