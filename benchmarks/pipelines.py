"""Nested bookings through a pipeline, of the past and to come, and the same again, against bare
inserts of the rows.
"""

from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from dependency_injector import providers
from sqlalchemy import Connection, Table, func, select

from adapters.schema.bookings import bookings
from adapters.schema.events import event_log
from adapters.schema.inventory import resources
from adapters.schema.pipelines import pipeline_rows, quarantined_rows
from application.kernel.jobs import QueuedJob
from application.pipelines.connecting import Record
from application.pipelines.keep_pipelines import AddPipeline
from application.pipelines.start_run import RunPipeline, StartRun
from benchmarks.imports import Spent, Watch, bare, offerings, past_bookings
from benchmarks.measuring import Effort
from benchmarks.serving import NotMeasured
from benchmarks.stages import FIRST_NIGHT, Stage, fresh_folder, fresh_postgres, stage
from benchmarks.tables import Cell, heading, table
from domain.inventory.resources import Resource
from domain.kernel.identifiers import DataSourceId, JobId
from domain.pipelines.definition import Definition
from domain.pipelines.imports import ImportTarget
from domain.pipelines.pipeline import Pipeline, Policy
from domain.pipelines.runs import PipelineRunState, Run
from domain.pipelines.source_options import CsvOptions, SourceKind
from domain.pipelines.sources import Connection as SourceConnection
from domain.pipelines.sources import DataSourceState, Source
from domain.pipelines.steps import Drop
from entrypoints.http.importing.row_shapes import understood_tree
from entrypoints.wiring.lasting import set_aside
from tests.fakes.connectors import MemoryConnector, SameConnector
from tests.http.test_imports import Context
from tests.servers import postgres_server

SOURCE = DataSourceId(UUID(int=1))
NIGHTS, TO_COME = 300, 10_000
WRITTEN = (bookings, pipeline_rows, quarantined_rows)


async def prepared(on: Stage) -> MemoryConnector:
    connector = MemoryConnector(())
    runs = on.container.pipelines.runs
    runs.connectors.override(providers.Object(SameConnector(connector)))
    runs.understood().by = understood_tree
    source = Source(
        id=SOURCE,
        name="Elsewhere",
        connection=SourceConnection(kind=SourceKind.CSV, options=CsvOptions()),
        state=DataSourceState.ACTIVE,
    )
    await runs.unit_of_work()(on.actor, lambda work: work.data_sources.save(source))
    return connector


async def pipeline(on: Stage, target: ImportTarget, definition: Definition) -> Pipeline:
    made: Pipeline = await on.container.pipelines.runs.add_pipeline()(
        AddPipeline(
            actor=on.actor,
            name=target.value,
            target=target,
            definition=definition,
            policy=Policy(),
            source_id=SOURCE,
        )
    )
    return made


async def run_of(on: Stage, of: Pipeline) -> Spent:
    """Until it came to a good end."""
    runs = on.container.pipelines.runs
    watch = Watch()
    started: Run = await runs.start_run()(StartRun(actor=on.actor, pipeline_id=of.id))
    job = QueuedJob(
        name=RunPipeline.JOB,
        payload={"run_id": str(started.id)},
        id=JobId(uuid4()),
        organization_id=on.actor.organization_id,
    )
    await runs.run_pipeline()(job, Context(actor=on.actor))
    spent = watch.stopped()
    ended: Run = await runs.views().run(on.actor, started.id)
    if ended.state is not PipelineRunState.SUCCEEDED:
        raise NotMeasured(f"{ended.state.value}: {ended.reason} {ended.counts}")
    return spent


async def written(on: Stage) -> Sequence[int]:
    """Rows of what is brought, and events about it."""

    def count(connection: Connection) -> list[int]:
        counts = [
            connection.execute(select(func.count()).select_from(each)).scalar_one()
            for each in WRITTEN
        ]
        about = event_log.c.name.like("booking%")
        events = select(func.count()).select_from(event_log).where(about)
        return [*counts, connection.execute(events).scalar_one()]

    counted: Sequence[int] = await on.container.database().read(count, of=on.actor.organization_id)
    return counted


async def measure(on: Stage, name: str) -> None:
    set_aside()  # as whoever works for long does
    connector = await prepared(on)
    connector.records = list(offerings())
    rooms = await pipeline(on, ImportTarget.OFFERINGS, Definition(key="key"))
    rows = [await told(on, rooms, resources, len(connector.records))]
    connector.records = named(list(past_bookings()))
    stays = await pipeline(
        on, ImportTarget.PAST_BOOKINGS, Definition(key="id", steps=(Drop(fields=("id",)),))
    )
    rows.append(await told(on, stays, bookings, len(connector.records)))
    rows.append(await to_come(on, connector))
    heading(f"Pipelines: {name}")
    table(
        [
            "",
            "records",
            "first, s",
            "rows/s",
            "cpu µs a row",
            "of bare inserts",
            "bare cpu",
            "unchanged, s",
            "cpu µs a row",
        ],
        rows,
    )


async def told(on: Stage, of: Pipeline, copied: Table, records: int) -> list[Cell]:
    first, again = await twice(on, of)
    rows, plain = await bare(on, copied)
    if rows != records:
        raise NotMeasured(f"{records} records became {rows} rows")
    share = f"{plain.seconds / first.seconds:.0%}"
    return line(of, records, first, again, share=share, plain=1e6 * plain.cpu / records)


async def to_come(on: Stage, connector: MemoryConnector) -> list[Cell]:
    """Each is held and confirmed as if by hand; there are no rows of theirs alone to copy."""
    rooms = await on.add_nights(NIGHTS)
    connector.records = [wanted(rooms, number) for number in range(TO_COME)]
    of = await pipeline(on, ImportTarget.BOOKINGS, Definition(key="key"))
    return line(of, TO_COME, *await twice(on, of))


def wanted(rooms: Resource, number: int) -> Record:
    check_in = FIRST_NIGHT + timedelta(days=number % (NIGHTS - 2))
    return {
        "key": f"theirs-{number}",
        "request": {
            "kind": "hotel",
            "resource_id": str(rooms.id),
            "contact": {"name": f"Guest {number}", "email": f"guest-{number}@example.com"},
            "check_in": check_in.isoformat(),
            "check_out": (check_in + timedelta(days=2)).isoformat(),
            "rooms": 1,
            "guests": 2,
        },
    }


async def twice(on: Stage, of: Pipeline) -> tuple[Spent, Spent]:
    first = await run_of(on, of)
    before = await written(on)
    again = await run_of(on, of)
    if before != await written(on):
        raise NotMeasured("what had not changed was written")
    return first, again


def line(
    of: Pipeline, records: int, first: Spent, again: Spent, *, share: Cell = "", plain: Cell = ""
) -> list[Cell]:
    return [
        of.target.value,
        records,
        first.seconds,
        records / first.seconds,
        1e6 * first.cpu / records,
        share,
        plain,
        again.seconds,
        1e6 * again.cpu / records,
    ]


def named(records: Sequence[Any]) -> Sequence[Record]:
    return [{"id": f"old-{number}", **record} for number, record in enumerate(records)]


async def run(_effort: Effort) -> None:
    with fresh_folder() as folder:
        async with stage(f"sqlite:///{folder}/pipelines.db") as on:
            await measure(on, "SQLite, synchronous=FULL")
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(
            fresh_postgres(stack.enter_context(postgres_server(durable=True)))
        )
        await measure(await stack.enter_async_context(stage(url)), "PostgreSQL, durable")
