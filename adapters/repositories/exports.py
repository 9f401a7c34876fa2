"""Exports in SQL, and their transaction."""

import zlib

import attrs
from sqlalchemy import ColumnElement, delete, select

from adapters.mapping.exports import export_of, values_of
from adapters.repositories.queued_jobs import SqlJobQueue
from adapters.schema.exports import export_parts, exports
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from adapters.sql.versions import store
from application.analytics.export_ports import Exports, ExportWork
from domain.analytics.exports import Export, ExportNotFound
from domain.kernel.identifiers import ExportId

QUICKLY = 1  # rows of a table are small already


@attrs.frozen
class SqlExports(Exports):
    scope: Scope

    def get(self, export_id: ExportId) -> Export:
        question = select(exports).where(self.scope.owns(exports), exports.c.id == export_id)
        row = self.scope.ask(question).one_or_none()
        if row is None:
            raise ExportNotFound(export_id)
        return export_of(row)

    def save(self, export: Export) -> Export:
        version = store(self.scope, exports, export.id, export.version, **values_of(export))
        EventLog(self.scope).publish(export.events)
        return attrs.evolve(export, version=version, events=())

    def write(self, export: Export, part: bytes) -> None:
        self._add(export, part, number=export.parts - 1, waiting=False)

    def put_by(self, export: Export, part: bytes) -> None:
        self._add(export, part, number=export.waiting - 1, waiting=True)

    def drop_file(self, export: Export) -> None:
        self._drop(export, export_parts.c.waiting.is_(False))

    def drop_rows(self, export: Export) -> None:
        self._drop(export, export_parts.c.waiting)

    def delete(self, export: Export) -> None:
        self._drop(export)
        this = exports.c.id == export.id
        self.scope.execute(delete(exports).where(self.scope.owns(exports), this))
        EventLog(self.scope).publish(export.events)

    def _add(self, export: Export, part: bytes, *, number: int, waiting: bool) -> None:
        self.scope.add(
            export_parts,
            export_id=export.id,
            waiting=waiting,
            number=number,
            size=len(part),
            content=zlib.compress(part, QUICKLY),
        )

    def _drop(self, export: Export, *which: ColumnElement[bool]) -> None:
        of_it = export_parts.c.export_id == export.id
        self.scope.execute(
            delete(export_parts).where(self.scope.owns(export_parts), of_it, *which)
        )


@attrs.frozen(kw_only=True)
class SqlExportWork(ExportWork):
    exports: SqlExports
    facts: EventLog
    jobs: SqlJobQueue

    @classmethod
    def on(cls, scope: Scope) -> "SqlExportWork":
        return cls(exports=SqlExports(scope), facts=EventLog(scope), jobs=SqlJobQueue(scope))
