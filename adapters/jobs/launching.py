"""DBOS itself: how it is set up for this application and put away again."""

import logging
from collections.abc import Callable
from datetime import datetime
from threading import Lock

from dbos import DBOS, DBOSConfig

from adapters.jobs.addresses import SCHEMA, engine_url, is_sqlite
from adapters.jobs.documents import JobDocument
from adapters.jobs.failures import JobFailed
from adapters.jobs.serializer import JsonSerializer
from adapters.jobs.settings import JobSettings
from adapters.jobs.sqlite_time import connection_arguments

APPLICATION = "frontdesk"
VERSION = "jobs-1"
"""Fixed: jobs of another version are not picked up, and by default every change of code is one."""
QUEUE = "jobs"
WORKFLOW = "run_job"

_in_use = Lock()


def set_up(
    settings: JobSettings,
    *,
    executor_id: str,
    clock: Callable[[], datetime],
    run_job: Callable[[JobDocument], None],
) -> DBOS:
    if not _in_use.acquire(blocking=False):
        raise RuntimeError("there can be only one job engine in a process")
    try:
        return _launched(settings, _config(settings, executor_id, clock), run_job)
    except BaseException:
        put_away()
        raise


def put_away() -> None:
    DBOS.destroy(destroy_registry=True)
    _in_use.release()


def _launched(
    settings: JobSettings, config: DBOSConfig, run_job: Callable[[JobDocument], None]
) -> DBOS:
    _tame(logging.getLogger("dbos"))
    dbos = DBOS(config=config)

    @DBOS.workflow(name=WORKFLOW)
    def run(document: JobDocument) -> None:
        run_job(document)

    DBOS.launch()
    DBOS.register_queue(
        QUEUE,
        worker_concurrency=settings.concurrency,
        partition_worker_concurrency=settings.concurrency_per_organization,
        polling_interval_sec=settings.poll_interval,
        on_conflict="always_update",
    )
    return dbos


def _tame(library_logger: logging.Logger) -> None:
    # With a handler of its own the library neither adds one nor stops passing records on.
    if not library_logger.handlers:
        library_logger.addHandler(logging.NullHandler())
    library_logger.addFilter(_is_news)


def _is_news(record: logging.LogRecord) -> bool:
    """Failed jobs are logged by us, with less of a trace through the library."""
    return not (record.exc_info and isinstance(record.exc_info[1], JobFailed))


def _config(settings: JobSettings, executor_id: str, clock: Callable[[], datetime]) -> DBOSConfig:
    on_sqlite = is_sqlite(settings.database_url)
    return DBOSConfig(
        name=APPLICATION,
        system_database_url=engine_url(settings.database_url),
        dbos_system_schema=SCHEMA,
        sys_db_pool_size=10,
        db_engine_kwargs={"connect_args": connection_arguments(clock)} if on_sqlite else None,
        application_version=VERSION,
        executor_id=executor_id,
        serializer=JsonSerializer(),
        enable_otlp=False,
        log_level="WARNING",
        # Only asks a dictionary as long as nobody waits; stopping waits for one round of it.
        notification_listener_polling_interval_sec=settings.poll_interval,
    )
