"""Wiring of reports. A new one is one line in `every_report`."""

from collections.abc import Iterator, Sequence
from typing import Any

import attrs
from dependency_injector import containers, providers

from adapters.readers.reports.audit import audit_report
from adapters.readers.reports.bookings import booking_report, ledger_report, payment_report
from adapters.readers.reports.calls import call_report, escalation_report, evaluation_report
from adapters.rendering.row_writers import CsvWriter, JsonLinesWriter
from adapters.repositories.exports import SqlExportWork
from adapters.sql.database import Database
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.analytics.reports import Column, Report, ReportQuestion, Reports, RowPage
from application.analytics.take_report import TakeReportHandler
from application.identity.count_requests import Tiers
from application.kernel.pages import Key
from domain.analytics.exports import ExportFormat
from domain.identity.tiers import Feature
from domain.kernel.actors import Actor, Permission
from entrypoints.wiring.settings import Settings
from entrypoints.wiring.wrapping import Observe, use_case


@attrs.frozen(kw_only=True)
class OfSomeTiers(Report):
    """A report that not every tier has."""

    report: Report
    feature: Feature
    tiers: Tiers
    name: str
    title: str
    columns: Sequence[Column]
    needs: frozenset[Permission]
    filters: frozenset[str]

    @classmethod
    def having(cls, feature: Feature, tiers: Tiers, report: Report) -> "OfSomeTiers":
        return cls(
            report=report,
            feature=feature,
            tiers=tiers,
            name=report.name,
            title=report.title,
            columns=report.columns,
            needs=report.needs,
            filters=report.filters,
        )

    async def page(
        self, actor: Actor, question: ReportQuestion, *, after: Key | None, limit: int
    ) -> RowPage:
        """Raises NotInTier."""
        (await self.tiers(actor.organization_id)).must_have(self.feature)
        return await self.report.page(actor, question, after=after, limit=limit)


def every_report(database: Database, tiers: Tiers) -> Reports:
    def reports() -> Iterator[Report]:
        yield call_report(database)
        yield escalation_report(database)
        yield evaluation_report(database)
        yield booking_report(database)
        yield payment_report(database)
        yield ledger_report(database)
        yield OfSomeTiers.having(Feature.AUDIT, tiers, audit_report(database))

    return Reports.of(reports())


class ReportsContainer(containers.DeclarativeContainer):
    settings = providers.Dependency(instance_of=Settings)
    database: providers.Dependency[object] = providers.Dependency()
    clock: providers.Dependency[object] = providers.Dependency()
    new_id: providers.Dependency[object] = providers.Dependency()
    chance: providers.Dependency[object] = providers.Dependency()
    observe: providers.Dependency[Observe] = providers.Dependency()
    tiers: providers.Dependency[object] = providers.Dependency()

    reports: Any = providers.Singleton(every_report, database, tiers)
    row_writers: Any = providers.Dict(
        {
            ExportFormat.CSV: providers.Singleton(CsvWriter),
            ExportFormat.JSON_LINES: providers.Singleton(JsonLinesWriter),
        }
    )
    unit_of_work: Any = providers.Singleton(
        SqlUnitOfWork,
        database=database,
        work_on=providers.Object(SqlExportWork.on),
        new_id=new_id,
        clock=clock,
    )
    take_report: Any = use_case(
        Permission.EXPORT,
        providers.Singleton(
            TakeReportHandler,
            reports=reports,
            unit_of_work=unit_of_work,
            clock=clock,
            new_id=new_id,
        ),
        observe,
    )
