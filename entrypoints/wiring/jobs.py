"""Wiring of the job engine."""

from collections.abc import Callable
from functools import partial

from dependency_injector import containers, providers
from sqlalchemy import Engine, create_engine, inspect

from adapters.jobs.addresses import SCHEMA, engine_url, file_of, is_sqlite
from adapters.jobs.engine import DbosJobEngine
from adapters.jobs.settings import JobSettings
from adapters.jobs.sqlite_time import connection_arguments
from adapters.jobs.stored_jobs import StoredJobs
from application.kernel.figures import Figures
from application.kernel.ports import Clock
from application.kernel.told_figures import TAKEOVERS
from domain.kernel.actors import Actor
from entrypoints.wiring.settings import Settings

TABLE = "workflow_status"


def _counting(figures: Figures) -> Callable[[], None]:
    return partial(figures.add, TAKEOVERS)


def _job_settings(settings: Settings) -> JobSettings:
    """On SQLite the engine gets a file of its own, beside that of the business."""
    own_file = f"sqlite:///{settings.sqlite_folder}/jobs.db"
    return JobSettings(
        database_url=own_file if settings.on_sqlite else settings.url,
        poll_interval=settings.worker_poll_milliseconds / 1000,
    )


def tables_of(settings: JobSettings, clock: Clock) -> Engine | None:
    """The tables of the job engine, for whoever is not it; None if it never set them up."""
    url = settings.database_url
    on_sqlite = is_sqlite(url)
    if on_sqlite and not file_of(url).exists():
        return None
    arguments = connection_arguments(clock) if on_sqlite else {}
    engine = create_engine(engine_url(url), connect_args=arguments)
    if inspect(engine).has_table(TABLE, schema=None if on_sqlite else SCHEMA):
        return engine
    engine.dispose()
    return None


class JobsContainer(containers.DeclarativeContainer):
    settings = providers.Dependency(instance_of=Settings)
    clock: providers.Dependency[object] = providers.Dependency()
    new_id: providers.Dependency[object] = providers.Dependency()
    figures: providers.Dependency[object] = providers.Dependency()

    # New with every process: its name is what others look for to see whether it is alive.
    executor_id = providers.Singleton(str, new_id.provided.call())
    job_settings = providers.Singleton(_job_settings, settings)
    failed = providers.Singleton(
        StoredJobs, providers.Callable(tables_of, job_settings, clock).provider
    )
    engine = providers.Singleton(
        DbosJobEngine,
        job_settings,
        executor_id=executor_id,
        actor_of=providers.Object(Actor.system),
        clock=clock,
        taken_over=providers.Callable(_counting, figures),
    )
