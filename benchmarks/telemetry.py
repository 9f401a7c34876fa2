"""Measurements, log lines and spans in full batches, against bare inserts of the same rows."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import datetime, timedelta, timezone
from functools import partial
from typing import Any

import anyio
from sqlalchemy import Table, column, insert, select
from sqlalchemy import table as bare_table

from adapters.schema.telemetry import log_lines, measurements, spans
from application.pipelines.post_telemetry import PostTelemetry
from benchmarks.imports import Spent, Watch, make_empty
from benchmarks.measuring import Effort
from benchmarks.stages import Stage, fresh_folder, fresh_postgres, stage
from benchmarks.tables import Cell, heading, table
from domain.pipelines.telemetry import LogLevel, LogLine, Measurement, PostedSpan, Telemetry
from entrypoints.http.ingestion_shapes import MOST_AT_ONCE
from tests.servers import postgres_server

POSTED, AT_ONCE = 20_000, (1, 16)
NOW = datetime(2027, 3, 1, 12, tzinfo=timezone.utc)
LABELS = {"site": "lisbon"}


def measured(number: int) -> Measurement:
    return Measurement(
        id=f"bot-{number}",
        name=f"queue.{number % 20}",
        at=NOW + timedelta(seconds=number),
        value=number / 8,
        unit="ms",
        labels=LABELS,
    )


def logged(number: int) -> LogLine:
    return LogLine(
        id=f"bot-{number}",
        at=NOW + timedelta(seconds=number),
        level=LogLevel.INFO,
        source="bot",
        message=f"looked up a room for caller {number} and found three that are free",
        trace_id=f"{number // 10 + 1:032x}",
        labels=LABELS,
    )


def traced(number: int) -> PostedSpan:
    return PostedSpan(
        trace_id=f"{number // 10 + 1:032x}",
        span_id=f"{number + 1:016x}",
        parent_id=None,
        name="look up a room",
        source="bot",
        begins_at=NOW + timedelta(seconds=number),
        ends_at=NOW + timedelta(seconds=number + 1),
        failed=False,
        labels=LABELS,
    )


KINDS: Mapping[str, tuple[Callable[[int], Telemetry], Table]] = {
    "measurements": (measured, measurements),
    "log lines": (logged, log_lines),
    "spans": (traced, spans),
}


async def spent_on(acts: Sequence[Callable[[], Awaitable[object]]], at_once: int) -> Spent:
    """So many at once, as the next of them comes."""
    waiting = iter(acts)

    async def work() -> None:
        for act in waiting:
            await act()

    watch = Watch()
    async with anyio.create_task_group() as hands:
        for _ in range(at_once):
            hands.start_soon(work)
    return watch.stopped()


async def posting(on: Stage, said: Sequence[Telemetry], at_once: int) -> Spent:
    post = on.container.pipelines.telemetry.post_telemetry()
    batches = [said[first : first + MOST_AT_ONCE] for first in range(0, len(said), MOST_AT_ONCE)]
    commands = [PostTelemetry(actor=on.actor, said=batch) for batch in batches]
    return await spent_on([partial(post, command) for command in commands], at_once)


async def bare(on: Stage, copied: Table, at_once: int) -> Spent:
    """The same rows into a table without keys, as many a transaction."""
    database, name = on.container.database(), f"bare_{copied.name}_{at_once}"
    into = bare_table(name, *(column(one.name, one.type) for one in copied.columns))
    await make_empty(on, name, copied)
    rows = await database.read(
        lambda it: [dict(row) for row in it.execute(select(copied).limit(POSTED)).mappings()],
        of=on.actor.organization_id,
    )

    def write(some: Sequence[Mapping[str, Any]]) -> Awaitable[object]:
        put: Awaitable[object] = database.write(
            lambda it: it.execute(insert(into), some) and None, of=on.actor.organization_id
        )
        return put

    batches = [rows[first : first + MOST_AT_ONCE] for first in range(0, len(rows), MOST_AT_ONCE)]
    return await spent_on([partial(write, batch) for batch in batches], at_once)


async def measure(on: Stage, name: str) -> None:
    rows: list[list[Cell]] = []
    for kind, (made, copied) in KINDS.items():
        for place, at_once in enumerate(AT_ONCE):
            said = [made(place * POSTED + number) for number in range(POSTED)]
            spent = await posting(on, said, at_once)
            again = await posting(on, said, at_once)
            plain = await bare(on, copied, at_once)
            rows.append(
                [
                    kind,
                    at_once,
                    POSTED / spent.seconds,
                    POSTED / again.seconds,
                    POSTED / plain.seconds,
                    f"{plain.seconds / spent.seconds:.0%}",
                    1e6 * spent.cpu / POSTED,
                    1e6 * plain.cpu / POSTED,
                ]
            )
    heading(f"Telemetry, {MOST_AT_ONCE} a batch: {name}")
    titles = [
        "",
        "at once",
        "rows/s",
        "again",
        "bare rows/s",
        "of bare",
        "cpu µs a row",
        "bare cpu",
    ]
    table(titles, rows)


async def run(_effort: Effort) -> None:
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(
            fresh_postgres(stack.enter_context(postgres_server(durable=True)))
        )
        await measure(await stack.enter_async_context(stage(url)), "PostgreSQL, durable")
    with fresh_folder() as folder:
        async with stage(f"sqlite:///{folder}/telemetry.db") as on:
            await measure(on, "SQLite, synchronous=FULL")
