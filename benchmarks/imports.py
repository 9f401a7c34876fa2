"""Bringing in offerings, their nights and old bookings, against bare inserts of the same rows."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import date, timedelta
from functools import partial
from time import perf_counter
from typing import Any

from sqlalchemy import Connection, Table, column, insert, select, text
from sqlalchemy import table as bare_table

from adapters.schema.bookings import bookings
from adapters.schema.inventory import pools, resources
from application.pipelines.run_import import TakeChunk
from application.pipelines.start_import import HEAVIEST_CHUNK, StartImport
from benchmarks.measuring import Effort
from benchmarks.serving import NotMeasured
from benchmarks.stages import FIRST_NIGHT, Stage, fresh_folder, fresh_postgres, stage
from benchmarks.tables import Cell, heading, table
from domain.pipelines.imports import Import, ImportTarget
from entrypoints.http.importing.lines import Format
from entrypoints.http.importing.reading_rows import read_rows
from tests.servers import postgres_server

ROOMS, NIGHTS, BOOKINGS = 2000, 10, 10_000
LONG_AGO = date(2020, 1, 1)
Lines = Iterator[Mapping[str, Any]]


def offerings() -> Lines:
    for number in range(ROOMS):
        yield {
            "key": f"room-{number}",
            "name": f"Room {number:05}",
            "zone": "Europe/Lisbon",
            "offering": {"kind": "hotel", "beds": 2},
        }


def openings() -> Lines:
    """A line for each room, and a pool for each of its nights."""
    until = FIRST_NIGHT + timedelta(days=NIGHTS)
    for number in range(ROOMS):
        yield {
            "resource_key": f"room-{number}",
            "from": FIRST_NIGHT.isoformat(),
            "until": until.isoformat(),
            "capacity": 5,
        }


def past_bookings() -> Lines:
    for number in range(BOOKINGS):
        check_in = LONG_AGO + timedelta(days=number % 1000)
        yield {
            "resource_key": f"room-{number % ROOMS}",
            "request": {
                "kind": "hotel",
                "contact": {"name": f"Guest {number}", "email": f"guest-{number}@example.com"},
                "check_in": check_in.isoformat(),
                "check_out": (check_in + timedelta(days=2)).isoformat(),
                "rooms": 1,
                "guests": 2,
            },
            "state": "completed",
            "booked_at": "2019-12-01T12:00:00Z",
            "total_minor": 19_800,
            "currency": "EUR",
        }


IMPORTS: Mapping[ImportTarget, tuple[Any, Table]] = {
    ImportTarget.OFFERINGS: (offerings, resources),
    ImportTarget.POOLS: (openings, pools),
    ImportTarget.PAST_BOOKINGS: (past_bookings, bookings),
}


async def bring(on: Stage, target: ImportTarget, lines: Sequence[str]) -> float:
    """Rows a second, from the text to the last commit."""
    began = perf_counter()
    said = read_rows(target, Format.JSON_LINES, lines, on.actor.organization_id)
    pipelines = on.container.pipelines
    import_: Import = await pipelines.start_import()(
        StartImport(actor=on.actor, target=target, rows=said.rows, refused=said.refused)
    )
    waiting = await pipelines.views().waiting(on.actor, import_.id)
    take = pipelines.take_chunk()
    commands = [TakeChunk(actor=on.actor, import_id=import_.id, chunk=chunk) for chunk in waiting]
    await pipelines.hands()([partial(take, command) for command in commands])
    passed = perf_counter() - began
    done = await pipelines.views().import_(on.actor, import_.id)
    if done.taken != len(lines):
        raise NotMeasured(f"{done.refused} of {done.rows} rows were refused")
    return len(lines) / passed


async def bare(on: Stage, copied: Table) -> tuple[int, float]:
    """The rows that came of it, into a table without keys: how many, and in how many seconds."""
    database, name = on.container.database(), f"bare_{copied.name}"
    into = bare_table(name, *(column(one.name, one.type) for one in copied.columns))

    def prepare(connection: Connection) -> list[dict[str, Any]]:
        rows = [dict(row) for row in connection.execute(select(copied)).mappings()]
        empty = f"CREATE TABLE {name} AS SELECT * FROM {copied.name} WHERE 1 = 0"  # noqa: S608
        connection.execute(text(empty))
        return rows

    rows = await database.write(prepare, of=on.actor.organization_id)
    began = perf_counter()
    for first in range(0, len(rows), HEAVIEST_CHUNK):
        some = rows[first : first + HEAVIEST_CHUNK]
        await database.write(
            lambda connection, some=some: connection.execute(insert(into), some) and None,
            of=on.actor.organization_id,
        )
    return len(rows), perf_counter() - began


async def measure(on: Stage, name: str) -> None:
    rows: list[list[Cell]] = []
    for target, (lines, copied) in IMPORTS.items():
        said = [json.dumps(line) for line in lines()]
        rate = await bring(on, target, said)
        written, seconds = await bare(on, copied)
        per_second = written / len(said) * rate
        share = per_second / (written / seconds)
        rows.append([target.value, len(said), written, rate, per_second, f"{share:.0%}"])
    heading(f"Imports: {name}")
    table(["", "lines", "rows", "lines/s", "rows/s", "of bare inserts"], rows)


async def run(_effort: Effort) -> None:
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(
            fresh_postgres(stack.enter_context(postgres_server(durable=True)))
        )
        await measure(await stack.enter_async_context(stage(url)), "PostgreSQL, durable")
    with fresh_folder() as folder:
        async with stage(f"sqlite:///{folder}/imports.db") as on:
            await measure(on, "SQLite, synchronous=FULL")
