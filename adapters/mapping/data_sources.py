"""Data sources and what came of asking them, from their rows."""

from typing import Any

from sqlalchemy import Row

from adapters.sql.documents import new_converter
from domain.kernel.schedules import CronSchedule
from domain.pipelines.attempts import Asked, Attempt
from domain.pipelines.source_options import OPTIONS, SourceKind
from domain.pipelines.sources import Connection, DataSourceState, Health, Source

converter = new_converter()

PART_OF_FILE = 256 * 1024
PLAIN = "base64"
"""As a part of a file is kept where nothing is sealed."""


def document_of(connection: Connection) -> dict[str, Any]:
    """But for the kind, which has a column."""
    return {
        "address": connection.address,
        "credentials": dict(connection.credentials),
        "timeout_seconds": connection.timeout_seconds,
        "options": converter.unstructure(connection.options),
    }


def connection_of(kind: SourceKind, document: dict[str, Any]) -> Connection:
    return Connection(
        kind=kind,
        address=document["address"],
        credentials=document["credentials"],
        timeout_seconds=document["timeout_seconds"],
        options=converter.structure(document["options"], OPTIONS[kind]),
    )


def source_of(row: Row[Any]) -> Source:
    return Source(
        id=row.id,
        name=row.name,
        connection=connection_of(SourceKind(row.kind), row.connection),
        description=row.description,
        tags=tuple(row.tags),
        schedule=None if row.schedule is None else converter.structure(row.schedule, CronSchedule),
        next_due_at=row.next_due_at,
        state=DataSourceState(row.state),
        health=Health(row.health),
        version=row.version,
    )


def attempt_of(row: Row[Any]) -> Attempt:
    return Attempt(
        id=row.id,
        data_source_id=row.data_source_id,
        asked=Asked(row.asked),
        at=row.at,
        milliseconds=row.milliseconds,
        records=row.records,
        reason=row.reason,
        version=row.version,
        clock_difference_ms=row.clock_difference_ms,
    )
