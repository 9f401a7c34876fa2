"""What programs post of themselves: kept once, apart by organization, and found by indexes."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import anyio
import pytest
from sqlalchemy import Connection

from adapters.readers.logs_and_traces import SqlLogViews, SqlTraceViews
from adapters.readers.measurements import SqlMeasurementViews
from adapters.repositories.history_retention import SqlHistoryRetention
from adapters.repositories.posted_telemetry import SqlTelemetryWork
from adapters.sql.database import Database
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.kernel.pages import Slice
from application.kernel.retention import Forgetting
from application.pipelines.post_telemetry import PostTelemetry, PostTelemetryHandler
from application.pipelines.telemetry_ports import TelemetryWork
from application.pipelines.telemetry_views import LinesMeeting, MeasurementsMeeting
from domain.kernel.actors import Actor
from domain.kernel.histories import TELEMETRY, History
from domain.kernel.periods import Period
from domain.pipelines.telemetry import LogLevel, LogLine, Measurement, PostedSpan, Telemetry
from tests.contract.databases import execute, opened
from tests.contract.plans_of_calls import asked, nodes
from tests.samples import DAY, DESK, HOUR, NOW, OTHER_DESK

pytestmark = pytest.mark.anyio

ALL = Slice(limit=100)
NAMES = 20


def measured(number: int) -> Measurement:
    return Measurement(
        id=str(number),
        name=f"name.{number % NAMES:02}",
        at=NOW + timedelta(minutes=number),
        value=number / 8,
        unit="ms",
        labels={"site": "lisbon"},
    )


def logged(number: int) -> LogLine:
    return LogLine(
        id=str(number),
        at=NOW + timedelta(minutes=number),
        level=LogLevel.INFO,
        source=f"program {number % NAMES}",
        message="fetched",
        trace_id=f"{number % NAMES + 1:032x}" if number % 2 else None,
        labels={},
    )


def traced(number: int) -> PostedSpan:
    return PostedSpan(
        trace_id=f"{number % NAMES + 1:032x}",
        span_id=f"{number + 1:016x}",
        parent_id=None,
        name="a step",
        source="bot",
        begins_at=NOW + timedelta(minutes=number),
        ends_at=NOW + timedelta(minutes=number),
        failed=False,
        labels={},
    )


KINDS: Sequence[Callable[[int], Telemetry]] = (measured, logged, traced)


async def post(database: Database, *said: Telemetry, actor: Actor = DESK) -> int:
    """How many of them are new."""
    work = SqlUnitOfWork[TelemetryWork](
        database=database, work_on=SqlTelemetryWork.on, new_id=uuid4, clock=lambda: NOW
    )
    posted = await PostTelemetryHandler(unit_of_work=work)(PostTelemetry(actor=actor, said=said))
    return posted.new


@pytest.mark.parametrize("kind", KINDS)
async def test_of_many_who_post_the_same_at_once_it_counts_once(
    database: Database, kind: Callable[[int], Telemetry]
) -> None:
    batch, new = [kind(number) for number in range(100)], list[int]()

    async def posts(said: Sequence[Telemetry]) -> None:
        new.append(await post(database, *said))

    async with anyio.create_task_group() as others:
        for turned in (False, True) * 5:
            others.start_soon(posts, batch[::-1] if turned else batch)

    assert sorted(new) == [0] * 9 + [100]
    assert await post(database, *batch, kind(100)) == 1


async def test_values_come_back_as_they_were_said(database: Database) -> None:
    values = [0.1, 1 / 3, -1e18, 5e-324, 2.0**53 + 2, 1e-7]
    for number, value in enumerate(values):
        said = measured(0)
        await post(
            database,
            Measurement(
                id=str(value),
                name=f"v{number}",
                at=NOW,
                value=value,
                unit="1",
                labels=said.labels,
            ),
        )

    page = await SqlMeasurementViews(database).names(DESK, slice=ALL)

    assert [last.value for last in page.items] == values


async def test_a_batch_of_anything_takes_one_statement_a_kind(database: Database) -> None:
    with asked(database) as statements:
        await post(database, *(kind(number) for kind in KINDS for number in range(100)))
    inserts = [told for told, _ in statements if told.startswith("INSERT")]
    assert len(inserts) == 3


async def test_organizations_do_not_see_each_other(database: Database) -> None:
    await post(database, *(kind(1) for kind in KINDS))
    assert await post(database, *(kind(1) for kind in KINDS), actor=OTHER_DESK) == 3
    await post(database, *(kind(21) for kind in KINDS))
    measurements, logs = SqlMeasurementViews(database), SqlLogViews(database)

    page = await measurements.names(OTHER_DESK, slice=ALL)
    lines = await logs.lines(OTHER_DESK, LinesMeeting(), slice=ALL)
    spans = await SqlTraceViews(database).spans(OTHER_DESK, f"{2:032x}", limit=100)

    assert [last.value for last in page.items] == [1 / 8]
    assert [line.id for line in lines.items] == ["1"]
    assert [span.span_id for span in spans] == [f"{2:016x}"]


async def test_what_is_old_is_forgotten_a_few_at_a_time(database: Database) -> None:
    retention = SqlHistoryRetention(database=database, new_id=uuid4)
    await post(database, *(kind(number) for kind in KINDS for number in range(5)))
    old = Forgetting(before=NOW + timedelta(minutes=3))

    for history in TELEMETRY:
        forget = partial(retention.forget, history=history, forgetting=old, limit=2)
        assert await forget(OTHER_DESK) == 0
        forgotten = [await forget(DESK) for _ in range(3)]
        assert forgotten == [2, 1, 0]
    assert await post(database, *(kind(0) for kind in KINDS)) == 3, "an id is as good as new"


def of_last(asked: Sequence[tuple[str, Any]], connection: Connection) -> str:
    """What the last question or deletion goes by."""
    statement, given = next(
        told for told in reversed(asked) if told[0].startswith(("SELECT", "WITH", "DELETE"))
    )
    if connection.dialect.name == "postgresql":
        told = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", given)
        (plan,) = told.scalar_one()
        return str([node.get("Index Name", node["Node Type"]) for node in nodes(plan["Plan"])])
    steps = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
    return str([step.detail for step in steps])


async def test_all_of_it_is_found_by_indexes(storage_url: str) -> None:
    async with opened(storage_url) as database:
        for first in range(0, 4000, 1000):
            numbers = range(first, first + 1000)
            await post(database, *(kind(number) for kind in KINDS for number in numbers))
        if storage_url.startswith("postgresql"):
            await execute(storage_url, "ANALYZE")
        measurements, logs = SqlMeasurementViews(database), SqlLogViews(database)
        few, retention = Slice(limit=10), SqlHistoryRetention(database=database, new_id=uuid4)
        meeting = MeasurementsMeeting(name="name.03", unit="ms")
        cut = [Period(NOW, NOW + HOUR), Period(NOW + HOUR, NOW + 2 * HOUR)]
        old = partial(retention.forget, DESK, forgetting=Forgetting(before=NOW - DAY), limit=9)
        asking: Sequence[tuple[str, Callable[[], Awaitable[object]]]] = (
            ("ix_measurements_by_name", partial(measurements.names, DESK, slice=few)),
            ("ix_measurements_by_name", partial(measurements.last, DESK, "name.03")),
            (
                "ix_measurements_by_name",
                partial(measurements.measured, DESK, meeting, cut=cut),
            ),
            ("ix_log_lines_by_age", partial(logs.lines, DESK, LinesMeeting(), slice=few)),
            (
                "ix_log_lines_by_source",
                partial(logs.lines, DESK, LinesMeeting(source="program 3"), slice=few),
            ),
            (
                "ix_log_lines_of_traces",
                partial(logs.lines, DESK, LinesMeeting(trace_id=f"{2:032x}"), slice=few),
            ),
            ("ix_measurements_by_age", partial(old, history=History.MEASUREMENTS)),
            ("ix_log_lines_by_age", partial(old, history=History.LOG_LINES)),
            ("ix_spans_by_age", partial(old, history=History.SPANS)),
        )
        for index, ask in asking:
            with asked(database) as statements:
                await ask()
            found = await database.write(
                partial(of_last, list(statements)), of=DESK.organization_id
            )
            assert index in found
