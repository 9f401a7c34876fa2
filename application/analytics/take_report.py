"""Let somebody have a report straight away, and note that they have."""

from collections.abc import AsyncIterator

import attrs

from application.analytics.export_ports import ExportWork
from application.analytics.reports import ReportQuestion, Reports, RowPage, must_be_allowed
from application.kernel.ports import Clock, NewId, UnitOfWork
from domain.analytics.export_events import ReportTaken
from domain.analytics.exports import ExportFormat
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ExportId

ROWS_AT_ONCE = 2_000


@attrs.frozen(kw_only=True)
class TakeReport:
    actor: Actor
    report: str
    question: ReportQuestion
    format: ExportFormat


@attrs.frozen(kw_only=True)
class TakeReportHandler:
    reports: Reports
    unit_of_work: UnitOfWork[ExportWork]
    clock: Clock
    new_id: NewId

    async def __call__(self, command: TakeReport, /) -> AsyncIterator[RowPage]:
        """The first rows are there before it is noted, so that what is refused is not.

        Raises ReportNotFound, NotPermitted, UnknownFilter or BadFilter.
        """
        report = self.reports.called(command.report)
        must_be_allowed(command.actor, report)
        first = await report.page(command.actor, command.question, after=None, limit=ROWS_AT_ONCE)

        def note(work: ExportWork) -> None:
            work.facts.publish([self._taken(command)])

        await self.unit_of_work(command.actor, note)

        async def pages() -> AsyncIterator[RowPage]:
            page = first
            yield page
            while page.next is not None:
                page = await report.page(
                    command.actor, command.question, after=page.next, limit=ROWS_AT_ONCE
                )
                yield page

        return pages()

    def _taken(self, command: TakeReport) -> ReportTaken:
        question = command.question
        return ReportTaken(
            export_id=ExportId(self.new_id()),
            report=command.report,
            format=command.format.value,
            starts_at=question.period.starts_at,
            ends_at=question.period.ends_at,
            filters=tuple(sorted(question.filters)),
            occurred_at=self.clock(),
        )
