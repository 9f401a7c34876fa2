"""Give an export up, or take it away with its file, however far it is by then."""

import attrs

from application.analytics.export_ports import ExportWork
from application.kernel.once import Once
from application.kernel.ports import Clock, UnitOfWork
from domain.analytics.exports import Export, ExportNotFound
from domain.kernel.actors import Actor, Permission
from domain.kernel.identifiers import ExportId


@attrs.frozen(kw_only=True)
class CancelExport:
    actor: Actor
    export_id: ExportId
    once: Once[Export] | None = None


@attrs.frozen(kw_only=True)
class CancelExportHandler:
    unit_of_work: UnitOfWork[ExportWork]
    clock: Clock

    async def __call__(self, command: CancelExport, /) -> Export:
        """Raises ExportNotFound or ExportOver."""

        def cancel(work: ExportWork) -> Export:
            export = visible(command.actor, work.exports.get(command.export_id))
            cancelled = export.cancel(now=self.clock())
            work.exports.drop_rows(export)
            work.exports.drop_file(export)
            return work.exports.save(cancelled)

        return await self.unit_of_work(command.actor, cancel, once=command.once)


@attrs.frozen(kw_only=True)
class DeleteExport:
    actor: Actor
    export_id: ExportId


@attrs.frozen(kw_only=True)
class DeleteExportHandler:
    unit_of_work: UnitOfWork[ExportWork]
    clock: Clock

    async def __call__(self, command: DeleteExport, /) -> Export:
        """Raises ExportNotFound."""

        def delete(work: ExportWork) -> Export:
            export = visible(command.actor, work.exports.get(command.export_id))
            work.exports.delete(export.delete(now=self.clock()))
            return export

        return await self.unit_of_work(command.actor, delete)


def sees_all(actor: Actor) -> bool:
    """Who may know who took what may see what others have taken."""
    return Permission.READ_AUDIT in actor.permissions


def visible(actor: Actor, export: Export) -> Export:
    """Raises ExportNotFound for those of others."""
    if export.ordered.by != actor.id and not sees_all(actor):
        raise ExportNotFound(export.id)
    return export
