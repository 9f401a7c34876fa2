"""Import views in SQL."""

from collections.abc import Sequence

import attrs
from sqlalchemy import Connection, select

from adapters.mapping.imports import import_of, refused_of
from adapters.schema.imports import import_chunks, import_refusals, imports
from adapters.sql.database import Database
from adapters.sql.keysets import page_of
from application.kernel.pages import Page, Slice
from application.kernel.rows import RowRefused
from application.pipelines.views import ImportViews
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ImportId
from domain.pipelines.imports import Import, ImportNotFound


@attrs.frozen
class SqlImportViews(ImportViews):
    database: Database

    async def import_(self, actor: Actor, import_id: ImportId) -> Import:
        return await self.database.read(
            lambda it: _one(it, actor, import_id), of=actor.organization_id
        )

    async def imports(self, actor: Actor, *, slice: Slice) -> Page[Import]:
        question = select(imports).where(imports.c.organization_id == actor.organization_id)
        return await self.database.read(
            lambda connection: page_of(connection, question, (imports.c.id,), slice, import_of),
            of=actor.organization_id,
        )

    async def refusals(
        self, actor: Actor, import_id: ImportId, *, code: str | None = None, slice: Slice
    ) -> Page[RowRefused]:
        question = select(import_refusals).where(
            import_refusals.c.organization_id == actor.organization_id,
            import_refusals.c.import_id == import_id,
        )
        if code is not None:
            question = question.where(import_refusals.c.code == code)

        def ask(connection: Connection) -> Page[RowRefused]:
            _one(connection, actor, import_id)
            return page_of(connection, question, (import_refusals.c.line,), slice, refused_of)

        return await self.database.read(ask, of=actor.organization_id)

    async def waiting(self, actor: Actor, import_id: ImportId) -> Sequence[int]:
        question = (
            select(import_chunks.c.chunk)
            .where(
                import_chunks.c.organization_id == actor.organization_id,
                import_chunks.c.import_id == import_id,
            )
            .order_by(import_chunks.c.chunk)
        )
        return await self.database.read(
            lambda connection: connection.execute(question).scalars().all(),
            of=actor.organization_id,
        )


def _one(connection: Connection, actor: Actor, import_id: ImportId) -> Import:
    question = select(imports).where(
        imports.c.organization_id == actor.organization_id, imports.c.id == import_id
    )
    row = connection.execute(question).one_or_none()
    if row is None:
        raise ImportNotFound(import_id)
    return import_of(row)
