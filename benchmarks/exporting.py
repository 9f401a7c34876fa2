"""Exports of `--calls` calls in every format, against the csv module over the bare statement.

Memory is what the process had at most beyond what it had before, for a tenth of the calls and for
all of them: what stays flat is the same for both.
"""

import csv
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
TENTH, ALL = YEAR / 10, YEAR + timedelta(days=1)
Measured = tuple[float, float, int, float]
"""Seconds, those of the processor, rows, and megabytes."""


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

    before, began, cpu = begin_peak(), perf_counter(), process_time()
    rows: int = await on.container.database().read(write, of=on.actor.organization_id)
    return perf_counter() - began, process_time() - cpu, rows, megabytes("VmHWM") - before


async def exported(on: Stage, format: ExportFormat, length: timedelta) -> Measured:
    """From the request to the end of the file, as a worker makes it."""
    reports = on.container.reports
    question = ReportQuestion(
        period=Period(BEGAN - timedelta(days=1), BEGAN + length),
        zone=Zone("Europe/Lisbon"),
    )
    before, began, cpu = begin_peak(), perf_counter(), process_time()
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
    return took, spent, done.rows, megabytes("VmHWM") - before


async def measure(on: Stage, name: str, folder: Path, many: int) -> None:
    await write_calls(on, many)
    took, spent, _, most = floor = await bare(on, folder)
    rows: list[list[Cell]] = [["bare csv", many / took, many / spent, 1.0, 1.0, "", most]]
    for each in WHOLE:
        *_, first, little = await exported(on, each, TENTH)
        took, spent, number, most = await exported(on, each, ALL)
        if number != many or not 0 < first < many:
            raise NotMeasured(f"{first} and {number} rows of {many}")
        shares = floor[0] / took, floor[1] / spent
        rows.append([each.value, many / took, many / spent, *shares, little, most])
    heading(f"exports of {many:,} calls: {name}")
    speeds = ["rows/s", "rows/s of CPU", "of bare", "of bare, CPU"]
    table(["", *speeds, "MB for a tenth", "MB for all"], rows)


def begin_peak() -> float:
    """Lets the system forget the most memory there was; what there is, in megabytes."""
    Path("/proc/self/clear_refs").write_text("5")
    return megabytes("VmRSS")


def megabytes(name: str) -> float:
    told = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in told.splitlines() if line.startswith(name)) / 1024


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
