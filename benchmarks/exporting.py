"""Exports of `--calls` calls in every format, against the csv module over the bare statement."""

import csv
import resource
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from time import perf_counter, process_time
from uuid import uuid4

from sqlalchemy import Connection, select

from adapters.schema.calls import calls
from application.analytics.reports import ReportQuestion
from application.analytics.request_export import RequestExport
from application.analytics.run_export import RunExport
from application.kernel.jobs import QueuedJob
from benchmarks.call_rows import BEGAN, YEAR, write_calls
from benchmarks.measuring import Effort
from benchmarks.serving import NotMeasured
from benchmarks.stages import Stage, fresh_folder, fresh_postgres, stage
from benchmarks.tables import Cell, heading, table
from domain.analytics.exports import Export, ExportFormat, ExportState
from domain.kernel.identifiers import JobId
from domain.kernel.periods import Period, Zone
from tests.http.test_imports import Context
from tests.servers import postgres_server

AT_ONCE = 5_000
SHOWN = (
    *("id", "direction", "status", "started_at", "answered_at", "ended_at", "seconds"),
    *("agent_id", "template", "disposition_id", "qa_milli", "sentiment_milli", "escalated"),
)
WHOLE = (ExportFormat.CSV, ExportFormat.JSON_LINES, ExportFormat.PARQUET, ExportFormat.XLSX)
Measured = tuple[float, float, int]
"""Seconds, those of the processor, and rows."""


async def bare(on: Stage, folder: Path) -> Measured:
    """One statement, row by row into a file."""
    asked = select(*(calls.c[name] for name in SHOWN)).where(
        calls.c.organization_id == on.actor.organization_id
    )

    def write(connection: Connection) -> int:
        rows = 0
        with (folder / "bare.csv").open("w", newline="") as file:
            found = connection.execute(asked.order_by(calls.c.started_at))
            for some in found.partitions(AT_ONCE):
                csv.writer(file).writerows(some)
                rows += len(some)
        return rows

    began, cpu = perf_counter(), process_time()
    rows: int = await on.container.database().read(write, of=on.actor.organization_id)
    return perf_counter() - began, process_time() - cpu, rows


async def exported(on: Stage, format: ExportFormat) -> Measured:
    """From the request to the end of the file, as a worker makes it."""
    reports = on.container.reports
    question = ReportQuestion(
        period=Period(BEGAN - timedelta(days=1), BEGAN + YEAR + timedelta(days=1)),
        zone=Zone("Europe/Lisbon"),
    )
    began, cpu = perf_counter(), process_time()
    export: Export = await reports.request_export()(
        RequestExport(actor=on.actor, report="calls", format=format, question=question)
    )
    job = QueuedJob(
        name=RunExport.JOB,
        payload=RunExport(export_id=export.id).job.payload,
        id=JobId(uuid4()),
        organization_id=on.actor.organization_id,
    )
    await reports.run_export()(job, Context(actor=on.actor))
    took, spent = perf_counter() - began, process_time() - cpu
    done: Export = await reports.views().export(on.actor, export.id)
    if done.state is not ExportState.COMPLETED:
        raise NotMeasured(f"{done.state.value}: {done.problem}")
    return took, spent, done.rows


async def measure(on: Stage, name: str, folder: Path, many: int) -> None:
    await write_calls(on, many)
    rows: list[list[Cell]] = []
    floor = await bare(on, folder)
    for label, (took, spent, number) in [
        ("bare csv", floor),
        *[(each.value, await exported(on, each)) for each in WHOLE],
    ]:
        if number != many:
            raise NotMeasured(f"{number} rows of {many}")
        rows.append(
            [label, number / took, number / spent, floor[0] / took, floor[1] / spent, peak()]
        )
    heading(f"exports of {many:,} calls: {name}")
    table(["", "rows/s", "rows/s of CPU", "of bare", "of bare, CPU", "peak MB"], rows)


def peak() -> int:
    """The most memory that this process ever had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


async def run(effort: Effort) -> None:
    with fresh_folder() as folder:
        async with stage(f"sqlite:///{folder}/calls.db") as on:
            await measure(on, "SQLite", folder, effort.calls)
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(
            fresh_postgres(stack.enter_context(postgres_server(durable=True)))
        )
        folder = stack.enter_context(fresh_folder())
        await measure(
            await stack.enter_async_context(stage(url)), "PostgreSQL", folder, effort.calls
        )
