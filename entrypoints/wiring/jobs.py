"""Wiring of the job engine."""

from dependency_injector import containers, providers

from adapters.jobs.engine import DbosJobEngine
from adapters.jobs.settings import JobSettings
from domain.kernel.actors import Actor
from entrypoints.wiring.settings import Settings


def _job_settings(settings: Settings) -> JobSettings:
    """On SQLite the engine gets a file of its own, beside that of the business."""
    own_file = f"sqlite:///{settings.sqlite_folder}/jobs.db"
    return JobSettings(
        database_url=own_file if settings.on_sqlite else settings.url,
        poll_interval=settings.worker_poll_milliseconds / 1000,
    )


class JobsContainer(containers.DeclarativeContainer):
    settings = providers.Dependency(instance_of=Settings)
    clock: providers.Dependency[object] = providers.Dependency()
    new_id: providers.Dependency[object] = providers.Dependency()

    # New with every process: its name is what others look for to see whether it is alive.
    executor_id = providers.Singleton(str, new_id.provided.call())
    job_settings = providers.Singleton(_job_settings, settings)
    engine = providers.Singleton(
        DbosJobEngine,
        job_settings,
        executor_id=executor_id,
        actor_of=providers.Object(Actor.system),
        clock=clock,
    )
