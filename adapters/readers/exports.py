"""Export views in SQL."""

import zlib
from collections.abc import AsyncIterator

import attrs
from sqlalchemy import Connection, select

from adapters.mapping.exports import export_of
from adapters.schema.exports import export_parts, exports
from adapters.sql.database import Database
from adapters.sql.keysets import page_of
from application.analytics.export_ports import ExportViews
from application.kernel.pages import Page, Slice
from domain.analytics.exports import Export, ExportNotFound
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ExportId


@attrs.frozen
class SqlExportViews(ExportViews):
    database: Database

    async def export(self, actor: Actor, export_id: ExportId) -> Export:
        question = select(exports).where(
            exports.c.organization_id == actor.organization_id, exports.c.id == export_id
        )

        def ask(connection: Connection) -> Export:
            row = connection.execute(question).one_or_none()
            if row is None:
                raise ExportNotFound(export_id)
            return export_of(row)

        return await self.database.read(ask, of=actor.organization_id)

    async def exports(self, actor: Actor, *, everybodys: bool, slice: Slice) -> Page[Export]:
        question = select(exports).where(exports.c.organization_id == actor.organization_id)
        if not everybodys:
            question = question.where(exports.c.requested_by == actor.id)
        return await self.database.read(
            lambda connection: page_of(connection, question, (exports.c.id,), slice, export_of),
            of=actor.organization_id,
        )

    async def file(self, actor: Actor, export: Export) -> AsyncIterator[bytes]:
        for number in range(export.parts):
            yield await self._part(actor, export, number, waiting=False)

    async def rows(self, actor: Actor, export: Export) -> AsyncIterator[bytes]:
        for number in range(export.waiting):
            yield await self._part(actor, export, number, waiting=True)

    async def _part(self, actor: Actor, export: Export, number: int, *, waiting: bool) -> bytes:
        """Raises ExportNotFound if it was deleted meanwhile."""
        question = select(export_parts.c.content).where(
            export_parts.c.organization_id == actor.organization_id,
            export_parts.c.export_id == export.id,
            export_parts.c.waiting.is_(waiting),
            export_parts.c.number == number,
        )
        found = await self.database.read(
            lambda connection: connection.execute(question).scalar_one_or_none(),
            of=actor.organization_id,
        )
        if found is None:
            raise ExportNotFound(export.id)
        return zlib.decompress(found)
