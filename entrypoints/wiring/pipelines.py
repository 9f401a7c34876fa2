"""Wiring of the pipelines feature."""

from typing import Any

from dependency_injector import containers, providers

from adapters.extraction.uploads.written import read_text
from adapters.readers.imports import SqlImportViews
from adapters.repositories.import_work import SqlImportWork
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.bookings.import_past_bookings import ImportPastBookings
from application.bookings.take_bookings import TakeBookings
from application.bookings.take_contacts import take_contacts
from application.calls.import_calls import ImportCalls
from application.documentation.take_documents import TakeDocuments
from application.inventory.import_offerings import import_offerings
from application.inventory.import_openings import ImportOpenings
from application.pipelines.run_import import TakeChunkHandler
from application.pipelines.start_import import StartImportHandler
from domain.kernel.actors import Permission
from domain.pipelines.imports import ImportTarget
from entrypoints.wiring.channels import ChannelsContainer
from entrypoints.wiring.fitting import installation_values, numbering, selling
from entrypoints.wiring.hands import Hands
from entrypoints.wiring.pipeline_runs import PipelineRunsContainer, refreshing
from entrypoints.wiring.posted_telemetry import PostedTelemetryContainer
from entrypoints.wiring.settings import Settings
from entrypoints.wiring.sources import SourcesContainer
from entrypoints.wiring.wrapping import Observe, use_case


class PipelinesContainer(containers.DeclarativeContainer):
    settings = providers.Dependency(instance_of=Settings)
    database: providers.Dependency[object] = providers.Dependency()
    clock: providers.Dependency[object] = providers.Dependency()
    new_id: providers.Dependency[object] = providers.Dependency()
    chance: providers.Dependency[object] = providers.Dependency()
    observe: providers.Dependency[Observe] = providers.Dependency()
    offers: providers.Dependency[object] = providers.Dependency()
    freeing: providers.Dependency[object] = providers.Dependency()
    seconds: providers.Dependency[object] = providers.Dependency()
    fetch: providers.Dependency[object] = providers.Dependency()
    figures: providers.Dependency[object] = providers.Dependency()

    sources: Any = providers.Container(
        SourcesContainer,
        settings=settings,
        database=database,
        clock=clock,
        new_id=new_id,
        observe=observe,
        seconds=seconds,
        fetch=fetch,
        figures=figures,
    )
    channels: Any = providers.Container(
        ChannelsContainer,
        database=database,
        clock=clock,
        new_id=new_id,
        chance=chance,
        seconds=seconds,
        observe=observe,
        fetch=fetch,
        credentials=sources.credentials,
        freeing=freeing,
        offers=offers,
        figures=figures,
    )

    unit_of_work = providers.Singleton(
        SqlUnitOfWork,
        database=database,
        work_on=providers.Object(SqlImportWork.on),
        new_id=new_id,
        clock=clock,
    )
    taking = providers.Dict(
        {
            ImportTarget.OFFERINGS: providers.Object(import_offerings),
            ImportTarget.POOLS: providers.Singleton(ImportOpenings, waiting=offers),
            ImportTarget.PAST_BOOKINGS: providers.Singleton(
                ImportPastBookings,
                new_id=new_id,
                chance=chance,
                prefix_of=providers.Singleton(
                    numbering, providers.Singleton(installation_values, settings)
                ),
            ),
            ImportTarget.PAST_CALLS: providers.Singleton(ImportCalls, new_id=new_id),
            ImportTarget.BOOKINGS: providers.Singleton(
                TakeBookings,
                chance=chance,
                freeing=freeing,
                terms_of=providers.Singleton(
                    selling, providers.Singleton(installation_values, settings)
                ),
            ),
            ImportTarget.CONTACTS: providers.Object(take_contacts),
            ImportTarget.DOCUMENTS: providers.Singleton(
                TakeDocuments, read=providers.Object(read_text)
            ),
        }
    )
    start_import = use_case(
        Permission.WRITE_CATALOGUE,
        providers.Singleton(
            StartImportHandler, unit_of_work=unit_of_work, clock=clock, new_id=new_id
        ),
        observe,
    )
    take_chunk = use_case(
        Permission.WRITE_CATALOGUE,
        providers.Singleton(
            TakeChunkHandler, unit_of_work=unit_of_work, clock=clock, taking=taking
        ),
        observe,
    )
    views = providers.Singleton(SqlImportViews, database)
    hands = providers.Singleton(Hands, settings.provided.import_hands)
    runs: Any = providers.Container(
        PipelineRunsContainer,
        database=database,
        clock=clock,
        new_id=new_id,
        observe=observe,
        taking=providers.Singleton(refreshing, taking),
        connectors=sources.connectors,
        timetable=sources.timetable,
        figures=figures,
    )
    telemetry: Any = providers.Container(
        PostedTelemetryContainer, database=database, clock=clock, new_id=new_id, observe=observe
    )
