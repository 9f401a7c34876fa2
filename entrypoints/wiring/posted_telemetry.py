"""Wiring of what programs of an organization measure, log and trace."""

from typing import Any

from dependency_injector import containers, providers

from adapters.readers.logs_and_traces import SqlLogViews, SqlTraceViews
from adapters.readers.measurements import SqlMeasurementViews
from adapters.repositories.posted_telemetry import SqlTelemetryWork
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.pipelines.post_telemetry import PostTelemetryHandler
from domain.kernel.actors import Permission
from entrypoints.wiring.wrapping import Observe, use_case


class PostedTelemetryContainer(containers.DeclarativeContainer):
    database: providers.Dependency[object] = providers.Dependency()
    clock: providers.Dependency[object] = providers.Dependency()
    new_id: providers.Dependency[object] = providers.Dependency()
    observe: providers.Dependency[Observe] = providers.Dependency()

    unit_of_work: Any = providers.Singleton(
        SqlUnitOfWork,
        database=database,
        work_on=providers.Object(SqlTelemetryWork.on),
        new_id=new_id,
        clock=clock,
    )
    measurement_views = providers.Singleton(SqlMeasurementViews, database)
    log_views = providers.Singleton(SqlLogViews, database)
    trace_views = providers.Singleton(SqlTraceViews, database)
    post_telemetry = use_case(
        Permission.WRITE_PIPELINES,
        providers.Singleton(PostTelemetryHandler, unit_of_work=unit_of_work),
        observe,
    )
