"""The failed jobs of an engine that runs elsewhere, or of none that runs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from dbos import DBOSClient

from adapters.jobs.addresses import SCHEMA
from adapters.jobs.failed_workflows import FailedWorkflows
from adapters.jobs.serializer import JsonSerializer


@contextmanager
def failed_in(tables: Callable[[], Any | None]) -> Iterator[FailedWorkflows | None]:
    """None where there are no tables, since no worker ever was."""
    engine = tables()
    if engine is None:
        yield None
        return
    client = DBOSClient(
        system_database_engine=engine, dbos_system_schema=SCHEMA, serializer=JsonSerializer()
    )
    try:
        yield FailedWorkflows(client)
    finally:
        client.destroy()
        engine.dispose()
