"""Imports in SQL."""

from collections.abc import Sequence

import attrs
from sqlalchemy import delete, select

from adapters.mapping.imports import documents_of, import_of, rows_of
from adapters.schema.imports import import_chunks, import_refusals, imports
from adapters.sql.bulk import Bulk
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from adapters.sql.versions import store
from application.kernel.rows import Row, RowRefused
from application.pipelines.ports import Imports
from domain.kernel.identifiers import ImportId
from domain.pipelines.imports import Import, ImportNotFound, ImportTarget

REFUSING = Bulk.into(import_refusals)


@attrs.frozen
class SqlImports(Imports):
    scope: Scope

    def save(self, import_: Import) -> Import:
        version = store(
            self.scope,
            imports,
            import_.id,
            import_.version,
            target=import_.target.value,
            state=import_.state.value,
            rows=import_.rows,
            taken=import_.taken,
            refused=import_.refused,
        )
        EventLog(self.scope).publish(import_.events)
        return attrs.evolve(import_, version=version, events=())

    def target(self, import_id: ImportId) -> ImportTarget:
        question = select(imports.c.target).where(
            self.scope.owns(imports), imports.c.id == import_id
        )
        target = self.scope.ask(question).scalar_one_or_none()
        if target is None:
            raise ImportNotFound(import_id)
        return ImportTarget(target)

    def locked(self, import_id: ImportId) -> Import:
        question = (
            select(imports)
            .where(self.scope.owns(imports), imports.c.id == import_id)
            .with_for_update()
        )
        row = self.scope.execute(question).one_or_none()
        if row is None:
            raise ImportNotFound(import_id)
        return import_of(row)

    def put(self, import_id: ImportId, chunk: int, rows: Sequence[Row]) -> None:
        self.scope.add(import_chunks, import_id=import_id, chunk=chunk, rows=documents_of(rows))

    def take(self, import_id: ImportId, chunk: int) -> Sequence[Row]:
        taken = self.scope.execute(
            delete(import_chunks)
            .where(
                self.scope.owns(import_chunks),
                import_chunks.c.import_id == import_id,
                import_chunks.c.chunk == chunk,
            )
            .returning(import_chunks.c.rows)
        ).scalar_one_or_none()
        return [] if taken is None else rows_of(self.target(import_id), taken)

    def refuse(self, import_id: ImportId, refused: Sequence[RowRefused]) -> None:
        if refused:
            rows = [{"import_id": import_id, **attrs.asdict(row)} for row in refused]
            self.scope.write(REFUSING, rows)
