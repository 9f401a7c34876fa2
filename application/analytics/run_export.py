"""Write the file of an export, part by part; runs as a job, and may be interrupted anywhere.

Each part is kept in the transaction that says how far the export is, so whoever goes on with it
goes on behind the last part there is.
"""

from collections.abc import Callable
from typing import ClassVar
from uuid import UUID

import attrs

from application.analytics.export_ports import ExportViews, ExportWork
from application.analytics.reports import ReportQuestion, Reports
from application.analytics.tables import FileMakers, RowPacker, RowWriters, Table
from application.kernel.jobs import Job, JobContext, QueuedJob
from application.kernel.ports import Clock, Stale, UnitOfWork
from application.kernel.refusals import TEMPORARY
from domain.analytics.exports import Export, ExportNotFound
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ExportId
from domain.kernel.refusals import Refusal

ROWS_IN_A_PART = 5_000


@attrs.frozen(kw_only=True)
class RunExport:
    JOB: ClassVar[str] = "run_export"

    export_id: ExportId

    @property
    def job(self) -> Job:
        return Job(name=self.JOB, payload={"export_id": str(self.export_id)})

    @classmethod
    def of(cls, job: QueuedJob) -> "RunExport":
        return cls(export_id=ExportId(UUID(str(job.payload["export_id"]))))


@attrs.frozen(kw_only=True)
class RunExportHandler:
    """Of two that are at it, the slower finds the export changed, and goes on from there."""

    reports: Reports
    views: ExportViews
    unit_of_work: UnitOfWork[ExportWork]
    clock: Clock
    row_writers: RowWriters
    file_makers: FileMakers
    packer: RowPacker
    rows_in_a_part: int = ROWS_IN_A_PART

    async def __call__(self, job: QueuedJob, context: JobContext, /) -> None:
        actor, export_id = context.actor, RunExport.of(job).export_id
        try:
            export = await self.views.export(actor, export_id)
            while not export.is_over:
                export = await self._moved_on(actor, export)
        except ExportNotFound:
            """Deleted meanwhile."""

    async def _moved_on(self, actor: Actor, export: Export) -> Export:
        try:
            if export.all_read:
                return await self._made(actor, export)
            return await self._read_on(actor, export)
        except Stale:
            return await self.views.export(actor, export.id)
        except (ExportNotFound, *TEMPORARY):
            raise
        except Refusal as refusal:
            code = refusal.code
            return await self._kept(actor, lambda work: _failed(work, export.id, code, self.clock))

    async def _read_on(self, actor: Actor, export: Export) -> Export:
        ordered = export.ordered
        report = self.reports.called(ordered.report)
        page = await report.page(
            ordered.actor(actor.organization_id),
            question_of(export),
            after=export.after,
            limit=self.rows_in_a_part,
        )
        further = export.read(rows=len(page.rows), after=page.next)
        writer = self.row_writers.get(ordered.format)
        if writer is None:
            packed = self.packer.pack(page.rows)

            def put_by(work: ExportWork) -> Export:
                saved = work.exports.save(further.put_by())
                work.exports.put_by(saved, packed)
                return saved

            return await self._kept(actor, put_by)
        lines = writer.lines(report.columns, page.rows, ordered.zone)
        part = lines if export.parts else writer.head(report.columns) + lines

        def write(work: ExportWork) -> Export:
            written = further.written(len(part))
            if further.all_read:
                written = written.complete(now=self.clock())
            saved = work.exports.save(written)
            work.exports.write(saved, part)
            return saved

        return await self._kept(actor, write)

    async def _made(self, actor: Actor, export: Export) -> Export:
        """Of all its rows; whatever there is of an earlier try is dropped."""
        ordered = export.ordered
        table = Table(
            report=self.reports.called(ordered.report),
            question=question_of(export),
            as_of=export.requested_at,
            rows=export.rows,
        )
        export = await self._kept(actor, lambda work: _begun_again(work, export))
        packed = self.views.rows(actor, export)
        rows = (self.packer.unpack(table.report.columns, part) async for part in packed)
        async for part in self.file_makers[ordered.format](table, rows):
            export = await self._kept(
                actor,
                lambda work, export=export, part=part: _written(work, export, part),  # type: ignore[misc]
            )
        return await self._kept(actor, lambda work: _completed(work, export, self.clock))

    async def _kept(self, actor: Actor, change: Callable[[ExportWork], Export]) -> Export:
        return await self.unit_of_work(actor, change)


def question_of(export: Export) -> ReportQuestion:
    ordered = export.ordered
    return ReportQuestion(
        period=ordered.period,
        zone=ordered.zone,
        interval=ordered.interval,
        filters=ordered.filters,
    )


def _begun_again(work: ExportWork, export: Export) -> Export:
    work.exports.drop_file(export)
    return work.exports.save(export.begun_again())


def _written(work: ExportWork, export: Export, part: bytes) -> Export:
    saved = work.exports.save(export.written(len(part)))
    work.exports.write(saved, part)
    return saved


def _completed(work: ExportWork, export: Export, clock: Clock) -> Export:
    work.exports.drop_rows(export)
    return work.exports.save(export.complete(now=clock()))


def _failed(work: ExportWork, export_id: ExportId, code: str, clock: Clock) -> Export:
    export = work.exports.get(export_id)  # its file may have been begun meanwhile
    if export.is_over:
        return export
    work.exports.drop_rows(export)
    work.exports.drop_file(export)
    return work.exports.save(export.fail(code, now=clock()))
