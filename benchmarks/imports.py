"""Bringing in offerings, their nights and old bookings, against bare inserts of the same rows."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import date, timedelta
from functools import partial
from time import perf_counter, process_time
from typing import Any

import attrs
from sqlalchemy import Table, column, insert, select, text
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
from tests.servers import administrator, postgres_server

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


@attrs.frozen
class Spent:
    """So many seconds passed, of which this process was so many at work."""

    seconds: float
    cpu: float


class Watch:
    def __init__(self) -> None:
        self._began, self._worked = perf_counter(), process_time()

    def stopped(self) -> Spent:
        return Spent(perf_counter() - self._began, process_time() - self._worked)


async def bring(
    on: Stage, target: ImportTarget, lines: Sequence[str], *, dirty: bool = False
) -> Spent:
    """From the text to the last commit; only of dirty lines some are refused."""
    watch = Watch()
    said = read_rows(target, Format.JSON_LINES, lines, on.actor.organization_id)
    pipelines = on.container.pipelines
    import_: Import = await pipelines.start_import()(
        StartImport(actor=on.actor, target=target, rows=said.rows, refused=said.refused)
    )
    waiting = await pipelines.views().waiting(on.actor, import_.id)
    take = pipelines.take_chunk()
    commands = [TakeChunk(actor=on.actor, import_id=import_.id, chunk=chunk) for chunk in waiting]
    await pipelines.hands()([partial(take, command) for command in commands])
    spent = watch.stopped()
    done = await pipelines.views().import_(on.actor, import_.id)
    if done.taken != len(lines) and not dirty:
        raise NotMeasured(f"{done.refused} of {done.rows} rows were refused")
    return spent


async def bare(on: Stage, copied: Table) -> tuple[int, Spent]:
    """The rows that came of it, into a table without keys: how many, and what that took."""
    database, name = on.container.database(), f"bare_{copied.name}"
    into = bare_table(name, *(column(one.name, one.type) for one in copied.columns))
    await make_empty(on, name, copied)
    rows = await database.read(
        lambda connection: [dict(row) for row in connection.execute(select(copied)).mappings()],
        of=on.actor.organization_id,
    )
    watch = Watch()
    for first in range(0, len(rows), HEAVIEST_CHUNK):
        some = rows[first : first + HEAVIEST_CHUNK]
        await database.write(
            lambda connection, some=some: connection.execute(insert(into), some) and None,
            of=on.actor.organization_id,
        )
    return len(rows), watch.stopped()


async def make_empty(on: Stage, name: str, copied: Table) -> None:
    """On PostgreSQL only the owner of tables may make one, and say who writes into it."""
    empty = f"CREATE TABLE {name} AS SELECT * FROM {copied.name} WHERE 1 = 0"  # noqa: S608
    owner = on.container.settings().database_owner_url
    if owner is None:
        await on.container.database().write(
            lambda connection: connection.execute(text(empty)) and None,
            of=on.actor.organization_id,
        )
        return
    async with administrator(owner) as connection:
        await connection.execute(empty)
        await connection.execute(f"GRANT ALL ON {name} TO PUBLIC")


async def measure(on: Stage, name: str) -> None:
    rows: list[list[Cell]] = []
    for target, (lines, copied) in IMPORTS.items():
        said = [json.dumps(line) for line in lines()]
        spent = await bring(on, target, said)
        written, plain = await bare(on, copied)
        per_second = written / spent.seconds
        rows.append(
            [
                target.value,
                len(said),
                written,
                len(said) / spent.seconds,
                per_second,
                f"{plain.seconds / spent.seconds:.0%}",
                1e6 * spent.cpu / written,
                1e6 * plain.cpu / written,
            ]
        )
    heading(f"Imports: {name}")
    table(["", "lines", "rows", "lines/s", "rows/s", "of bare", "cpu µs a row", "bare cpu"], rows)


async def run(_effort: Effort) -> None:
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(
            fresh_postgres(stack.enter_context(postgres_server(durable=True)))
        )
        await measure(await stack.enter_async_context(stage(url)), "PostgreSQL, durable")
    with fresh_folder() as folder:
        async with stage(f"sqlite:///{folder}/imports.db") as on:
            await measure(on, "SQLite, synchronous=FULL")
