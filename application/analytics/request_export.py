"""Have a report made into a file in the background."""

from datetime import datetime, timedelta
from typing import ClassVar

import attrs

from application.analytics.export_ports import ExportWork
from application.analytics.reports import ReportQuestion, Reports, must_be_allowed
from application.analytics.run_export import RunExport
from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, UnitOfWork
from domain.analytics.exports import Export, ExportFormat, Ordered
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ExportId
from domain.kernel.refusals import Invalid


@attrs.frozen
class FormatNotAvailable(Invalid):
    """What it takes to make such files is not installed."""

    code: ClassVar[str] = "format_not_available"
    field: ClassVar[str] = "format"
    format: str

    def __str__(self) -> str:
        return f"no files are made as {self.format} here"


@attrs.frozen(kw_only=True)
class RequestExport:
    actor: Actor
    report: str
    format: ExportFormat
    question: ReportQuestion
    once: Once[Export] | None = None


@attrs.frozen(kw_only=True)
class RequestExportHandler:
    reports: Reports
    unit_of_work: UnitOfWork[ExportWork]
    clock: Clock
    new_id: NewId
    kept_for: timedelta
    formats: frozenset[ExportFormat]

    async def __call__(self, command: RequestExport, /) -> Export:
        """Raises ReportNotFound, NotPermitted, FormatNotAvailable, UnknownFilter or BadFilter."""
        report = self.reports.called(command.report)
        must_be_allowed(command.actor, report)
        if command.format not in self.formats:
            raise FormatNotAvailable(command.format.value)
        # What nobody can answer is refused now, not in the background.
        await report.page(command.actor, command.question, after=None, limit=1)

        def request(work: ExportWork) -> Export:
            return begin(
                work,
                ExportId(self.new_id()),
                ordered(command.actor, command.report, command.format, command.question),
                now=self.clock(),
                kept_for=self.kept_for,
            )

        return await self.unit_of_work(command.actor, request, once=command.once)


def ordered(actor: Actor, report: str, format: ExportFormat, question: ReportQuestion) -> Ordered:
    return Ordered(
        report=report,
        format=format,
        period=question.period,
        zone=question.zone,
        interval=question.interval,
        filters=question.filters,
        by=actor.id,
        permissions=actor.permissions,
    )


def begin(
    work: ExportWork, id: ExportId, ordered: Ordered, *, now: datetime, kept_for: timedelta
) -> Export:
    """From here on it goes on by itself."""
    export = work.exports.save(Export.request(id, ordered, now=now, kept_for=kept_for))
    work.jobs.enqueue(RunExport(export_id=id).job)
    return export
