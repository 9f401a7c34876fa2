"""Wiring of data sources, and of what they are read with."""

from typing import Any

from dependency_injector import containers, providers

from adapters.connectors.buckets import Bucket, BucketConnector
from adapters.connectors.by_kind import ByKind
from adapters.connectors.calendars import CalendarConnector
from adapters.connectors.databases import SqlConnector
from adapters.connectors.handed_in import ByAddress, PartsHandedIn
from adapters.connectors.json_api import JsonApiConnector
from adapters.connectors.json_lines import JsonLinesConnector
from adapters.connectors.parts import WebParts
from adapters.connectors.reading_ahead import ReadingAhead
from adapters.connectors.separated import CsvConnector
from adapters.connectors.signatures import sign_by_minio
from adapters.connectors.timetables import CronTimetable
from adapters.egress.addresses import is_outside
from adapters.egress.names import resolved_by_system
from adapters.readers.data_sources import SqlDueSources, SqlSourceViews
from adapters.readers.source_files import SqlFilesHandedIn
from adapters.repositories.data_sources import SqlSourceWork
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.kernel.secrets import Secrets
from application.pipelines.check_source import Checked, CheckSourceAsJob, CheckSourceHandler
from application.pipelines.credentials import Credentials
from application.pipelines.keep_sources import (
    AddSourceHandler,
    ChangeSourceHandler,
    HandInFileHandler,
    SteerSourceHandler,
)
from application.pipelines.sources_come_due import SourcesComeDueHandler
from domain.kernel.actors import Permission
from domain.pipelines.source_options import SourceKind
from entrypoints.wiring.environment import environment
from entrypoints.wiring.secrets import secrets_of
from entrypoints.wiring.settings import Settings
from entrypoints.wiring.wrapping import Observe, counted_sync, use_case


def kept_secrets(settings: Settings) -> Secrets:
    return secrets_of(settings.secret_places, environment())


def _was_reached(checked: Checked) -> bool:
    return checked.attempt.succeeded


class SourcesContainer(containers.DeclarativeContainer):
    settings = providers.Dependency(instance_of=Settings)
    database: providers.Dependency[object] = providers.Dependency()
    clock: providers.Dependency[object] = providers.Dependency()
    new_id: providers.Dependency[object] = providers.Dependency()
    observe: providers.Dependency[Observe] = providers.Dependency()
    seconds: providers.Dependency[object] = providers.Dependency()
    fetch: providers.Dependency[object] = providers.Dependency()
    figures: providers.Dependency[object] = providers.Dependency()

    unit_of_work: Any = providers.Singleton(
        SqlUnitOfWork,
        database=database,
        work_on=providers.Object(SqlSourceWork.on),
        new_id=new_id,
        clock=clock,
    )
    views = providers.Singleton(SqlSourceViews, database)
    due = providers.Singleton(SqlDueSources, database)
    timetable = providers.Singleton(CronTimetable)
    credentials = providers.Singleton(Credentials, providers.Singleton(kept_secrets, settings))
    by_address = providers.Singleton(
        ByAddress,
        web=providers.Singleton(WebParts, fetch=fetch, credentials=credentials, clock=clock),
        handed_in=providers.Singleton(
            PartsHandedIn, providers.Singleton(SqlFilesHandedIn, database)
        ),
    )
    parts = providers.Singleton(ReadingAhead, parts=by_address, clock=clock)
    bucket = providers.Singleton(
        Bucket,
        fetch=fetch,
        credentials=credentials,
        clock=clock,
        sign=providers.Object(sign_by_minio),
    )
    connectors = providers.Singleton(
        ByKind,
        providers.Dict(
            {
                SourceKind.CSV: providers.Singleton(CsvConnector, parts),
                SourceKind.JSON_LINES: providers.Singleton(JsonLinesConnector, parts),
                SourceKind.JSON_API: providers.Singleton(
                    JsonApiConnector,
                    fetch=fetch,
                    credentials=credentials,
                    clock=clock,
                    seconds=seconds,
                ),
                SourceKind.ICALENDAR: providers.Singleton(
                    CalendarConnector, fetch=fetch, credentials=credentials, clock=clock
                ),
                SourceKind.BUCKET: providers.Singleton(BucketConnector, bucket),
                SourceKind.SQL: providers.Singleton(
                    SqlConnector,
                    credentials=credentials,
                    clock=clock,
                    seconds=seconds,
                    resolve=providers.Object(resolved_by_system),
                    is_outside=providers.Object(is_outside),
                    internal=settings.provided.internal_hosts,
                    folder=settings.provided.source_files_dir,
                ),
            }
        ),
    )
    add_source = use_case(
        Permission.WRITE_PIPELINES,
        providers.Singleton(
            AddSourceHandler,
            unit_of_work=unit_of_work,
            clock=clock,
            new_id=new_id,
            timetable=timetable,
        ),
        observe,
    )
    change_source = use_case(
        Permission.WRITE_PIPELINES,
        providers.Singleton(
            ChangeSourceHandler, unit_of_work=unit_of_work, clock=clock, timetable=timetable
        ),
        observe,
    )
    steer_source = use_case(
        Permission.WRITE_PIPELINES,
        providers.Singleton(SteerSourceHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    hand_in_file = use_case(
        Permission.WRITE_PIPELINES,
        providers.Singleton(HandInFileHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    check_source = counted_sync(
        use_case(
            Permission.WRITE_PIPELINES,
            providers.Singleton(
                CheckSourceHandler,
                unit_of_work=unit_of_work,
                views=views,
                connectors=connectors,
                clock=clock,
                new_id=new_id,
                seconds=seconds,
            ),
            observe,
        ),
        figures,
        "sources",
        _was_reached,
    )
    check_source_job = providers.Singleton(CheckSourceAsJob, check=check_source, views=views)
    sources_come_due = use_case(
        Permission.WRITE_PIPELINES,
        providers.Singleton(
            SourcesComeDueHandler, unit_of_work=unit_of_work, clock=clock, timetable=timetable
        ),
        observe,
    )
