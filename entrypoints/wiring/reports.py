"""Wiring of reports. A new one is one line in `every_report`."""

from collections.abc import Iterator, Sequence
from typing import Any

import attrs
from dependency_injector import containers, providers

from adapters.readers.exports import SqlExportViews
from adapters.readers.reports.audit import audit_report
from adapters.readers.reports.bookings import booking_report, ledger_report, payment_report
from adapters.readers.reports.calls import call_report, escalation_report, evaluation_report
from adapters.rendering.charts import PygalCharts
from adapters.rendering.download_links import PURPOSE, SignedDownloadLinks
from adapters.rendering.parquet_files import ParquetMaker, parquet_is_installed
from adapters.rendering.report_printer import ReportPrinter
from adapters.rendering.row_writers import CsvWriter, JsonLinesWriter, MessagePacker
from adapters.rendering.workbooks import WorkbookMaker
from adapters.repositories.exports import SqlExportWork
from adapters.signing.tokens import Signer
from adapters.sql.database import Database
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.analytics.booking_reports import booking_reports
from application.analytics.call_reports import call_reports
from application.analytics.charts import ChartRenderer
from application.analytics.draw_report import DrawReportHandler
from application.analytics.export_ports import Admission
from application.analytics.reports import (
    ChartPlan,
    Column,
    Report,
    ReportQuestion,
    Reports,
    RowPage,
)
from application.analytics.request_export import RequestExportHandler
from application.analytics.revenue_reports import revenue_reports
from application.analytics.run_export import RunExportHandler
from application.analytics.steer_export import CancelExportHandler, DeleteExportHandler
from application.analytics.tables import FileMaker, FileMakers, RowWriters
from application.analytics.take_export import FollowLinkHandler, TakeExportHandler
from application.analytics.take_report import TakeReportHandler
from application.identity.count_requests import Tiers
from application.identity.ports import OrganizationViews
from application.kernel.pages import Key
from domain.analytics.exports import ExportFormat
from domain.identity.tiers import Feature
from domain.kernel.actors import Actor, Permission
from entrypoints.wiring.ambient import new_secret
from entrypoints.wiring.link_secrets import link_secrets
from entrypoints.wiring.report_schedules import ReportSchedulesContainer
from entrypoints.wiring.settings import Settings
from entrypoints.wiring.wrapping import Observe, observed, use_case


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
    chart: ChartPlan | None

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
            chart=report.chart,
        )

    async def page(
        self, actor: Actor, question: ReportQuestion, *, after: Key | None, limit: int
    ) -> RowPage:
        """Raises NotInTier."""
        (await self.tiers(actor.organization_id)).must_have(self.feature)
        return await self.report.page(actor, question, after=after, limit=limit)


def every_report(
    database: Database,
    tiers: Tiers,
    calls: Sequence[Report],
    booking: Sequence[Report],
    revenue: Sequence[Report],
) -> Reports:
    def reports() -> Iterator[Report]:
        yield call_report(database)
        yield escalation_report(database)
        yield evaluation_report(database)
        yield from calls
        yield booking_report(database)
        yield from booking
        yield payment_report(database)
        yield from revenue
        yield ledger_report(database)
        yield OfSomeTiers.having(Feature.AUDIT, tiers, audit_report(database))

    return Reports.of(reports())


@attrs.frozen
class AsItStands(Admission):
    organizations: OrganizationViews

    async def __call__(self, actor: Actor, /) -> Actor:
        """Raises OrganizationDeactivated or OrganizationNotFound."""
        organization = await self.organizations.organization(actor)
        return organization.status.admitted(actor)


def _download_links(settings: Settings) -> SignedDownloadLinks:
    secrets = link_secrets(settings, new_secret)
    return SignedDownloadLinks(
        base=settings.public_url.rstrip("/"), signer=Signer(purpose=PURPOSE, secrets=secrets)
    )


def _file_makers(settings: Settings, charts: ChartRenderer) -> FileMakers:
    makers: dict[ExportFormat, FileMaker] = {
        ExportFormat.XLSX: WorkbookMaker(),
        ExportFormat.PDF: ReportPrinter(charts=charts, fonts=settings.fonts_dir),
    }
    if parquet_is_installed():
        makers[ExportFormat.PARQUET] = ParquetMaker()
    return makers


def _formats(writers: RowWriters, makers: FileMakers) -> frozenset[ExportFormat]:
    return frozenset({*writers, *makers})


class ReportsContainer(containers.DeclarativeContainer):
    settings = providers.Dependency(instance_of=Settings)
    database: providers.Dependency[object] = providers.Dependency()
    clock: providers.Dependency[object] = providers.Dependency()
    new_id: providers.Dependency[object] = providers.Dependency()
    chance: providers.Dependency[object] = providers.Dependency()
    observe: providers.Dependency[Observe] = providers.Dependency()
    tiers: providers.Dependency[object] = providers.Dependency()
    identity: Any = providers.DependenciesContainer()
    people: Any = providers.DependenciesContainer()
    timetable: providers.Dependency[object] = providers.Dependency()
    mailer: providers.Dependency[object] = providers.Dependency()
    analytics: Any = providers.DependenciesContainer()
    booking_figures: Any = providers.DependenciesContainer()

    reports: Any = providers.Singleton(
        every_report,
        database,
        tiers,
        providers.Singleton(call_reports, analytics.call_views, analytics.agent_performances),
        providers.Singleton(
            booking_reports, booking_figures.bookings, booking_figures.days, booking_figures.shapes
        ),
        providers.Singleton(revenue_reports, booking_figures.revenue, booking_figures.standing),
    )
    row_writers: Any = providers.Dict(
        {
            ExportFormat.CSV: providers.Singleton(CsvWriter),
            ExportFormat.JSON_LINES: providers.Singleton(JsonLinesWriter),
        }
    )
    charts: Any = providers.Singleton(PygalCharts)
    file_makers: Any = providers.Singleton(_file_makers, settings, charts)
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
    draw_report: Any = use_case(
        Permission.EXPORT,
        providers.Singleton(DrawReportHandler, reports=reports, renderer=charts),
        observe,
    )
    formats: Any = providers.Singleton(_formats, row_writers, file_makers)
    views: Any = providers.Singleton(SqlExportViews, database)
    download_links: Any = providers.Singleton(_download_links, settings)
    request_export: Any = use_case(
        Permission.EXPORT,
        providers.Singleton(
            RequestExportHandler,
            reports=reports,
            formats=formats,
            unit_of_work=unit_of_work,
            clock=clock,
            new_id=new_id,
            kept_for=settings.provided.exports_kept_for,
        ),
        observe,
    )
    cancel_export: Any = use_case(
        Permission.EXPORT,
        providers.Singleton(CancelExportHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    delete_export: Any = use_case(
        Permission.EXPORT,
        providers.Singleton(DeleteExportHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    take_export: Any = use_case(
        Permission.EXPORT,
        providers.Singleton(
            TakeExportHandler,
            reports=reports,
            views=views,
            unit_of_work=unit_of_work,
            clock=clock,
        ),
        observe,
    )
    follow_link: Any = observed(
        providers.Singleton(
            FollowLinkHandler,
            links=download_links,
            admitted=providers.Singleton(AsItStands, identity.organization_views),
            views=views,
            unit_of_work=unit_of_work,
            clock=clock,
        ),
        observe,
    )
    run_export: Any = providers.Singleton(
        RunExportHandler,
        reports=reports,
        views=views,
        unit_of_work=unit_of_work,
        clock=clock,
        row_writers=row_writers,
        file_makers=file_makers,
        packer=providers.Singleton(MessagePacker),
    )
    schedules: Any = providers.Container(
        ReportSchedulesContainer,
        settings=settings,
        database=database,
        clock=clock,
        new_id=new_id,
        observe=observe,
        reports=reports,
        formats=formats,
        run_export=run_export,
        export_views=views,
        download_links=download_links,
        organization_views=identity.organization_views,
        keys=identity.views,
        people_views=people.views,
        timetable=timetable,
        mailer=mailer,
    )
    send_report: Any = schedules.send_report
