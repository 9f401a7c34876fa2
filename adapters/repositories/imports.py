"""Imports in SQL."""

from collections.abc import Sequence
from typing import Any

import attrs
import msgspec
from sqlalchemy import delete, select

from adapters.mapping.imports import documents_of, import_of, rows_of
from adapters.mapping.sealed_parts import SEALED, place_of
from adapters.repositories.seals import Seals
from adapters.schema.data_keys import data_keys
from adapters.schema.imports import import_chunks, import_refusals, imports
from adapters.sql.bulk import Bulk
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from adapters.sql.versions import store
from application.kernel.rows import Row, RowRefused
from application.pipelines.ports import Imports
from domain.kernel.identifiers import ImportId
from domain.pipelines.imports import Import, ImportNotFound, ImportState, ImportTarget

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
        if import_.state is ImportState.COMPLETED and import_.version:
            Seals(self.scope).forget(import_.id)
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
        # Whoever has refused rows of it holds on to its key until the end: with the stronger lock
        # two of them would wait for each other.
        question = (
            select(imports)
            .where(self.scope.owns(imports), imports.c.id == import_id)
            .with_for_update(key_share=True)
        )
        row = self.scope.execute(question).one_or_none()
        if row is None:
            raise ImportNotFound(import_id)
        return import_of(row)

    def put(self, import_id: ImportId, chunk: int, rows: Sequence[Row]) -> None:
        documents: Any = documents_of(rows)
        seals = Seals(self.scope)
        if self.scope.vault.is_set_up:
            documents = {SEALED: seals.whole(import_id, msgspec.json.encode(documents))}
        self.scope.add(import_chunks, import_id=import_id, chunk=chunk, rows=documents)
        seals.keep_key(import_id)

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
        return (
            []
            if taken is None
            else rows_of(self.target(import_id), self._opened(import_id, taken))
        )

    def _opened(self, import_id: ImportId, rows: Any) -> Any:
        if SEALED not in rows:
            return rows
        key = self.scope.ask(
            select(data_keys.c.wrapped).where(
                self.scope.owns(data_keys), data_keys.c.id == import_id
            )
        ).scalar_one()
        place = place_of(self.scope.organization_id, import_id)
        return msgspec.json.decode(self.scope.vault.open(key, rows[SEALED], place))

    def refuse(self, import_id: ImportId, refused: Sequence[RowRefused]) -> None:
        if refused:
            rows = [{"import_id": import_id, **attrs.asdict(row)} for row in refused]
            self.scope.write(REFUSING, rows)
