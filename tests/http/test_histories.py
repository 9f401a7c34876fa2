"""What came of things long done is kept for as long as the organization says."""

from datetime import timedelta
from uuid import uuid4

import attrs
import pytest
from sqlalchemy import Table, func, select

from adapters.schema.imports import import_refusals
from adapters.schema.pipelines import pipeline_runs, posted_events, run_notes
from application.identity.set_tier import SetTier
from domain.identity.tiers import Tier
from domain.kernel.identifiers import DataSourceId
from domain.pipelines.attempts import Asked, Attempt
from domain.pipelines.source_options import CsvOptions, SourceKind
from domain.pipelines.sources import Connection, Source
from entrypoints.worker.guard import Guard
from entrypoints.worker.histories import HistoriesAreForgotten
from tests.http.desk import Desk
from tests.http.people import Staff
from tests.http.report_scheduling import scheduled, send
from tests.http.sales import set_to
from tests.http.test_imports import bring
from tests.http.test_imports import run as run_import
from tests.http.test_pipelines import added, posted, room, run

pytestmark = pytest.mark.anyio

DAY = timedelta(days=1)


def forgetting(desk: Desk) -> HistoriesAreForgotten:
    container = desk.container
    return HistoriesAreForgotten(
        organizations=container.identity.views(),
        settings=container.identity.business_settings(),
        retention=container.schedules.history_retention(),
        clock=desk.clock,
        guard=Guard(container.seconds(), container.telemetry.figures()),
    )


async def asked(desk: Desk, source_id: DataSourceId, *, reason: str | None) -> None:
    """Somebody asked the source, and without a reason it answered."""
    attempt = Attempt(
        id=uuid4(),
        data_source_id=source_id,
        asked=Asked.CHECK,
        at=desk.clock(),
        milliseconds=1,
        reason=reason,
    )
    attempt = attrs.evolve(attempt, id=desk.container.new_id()())
    work = desk.container.pipelines.sources.unit_of_work()
    await work(desk.actor, lambda work: work.attempts.add(attempt))


async def source_of(desk: Desk) -> DataSourceId:
    source = Source(
        id=DataSourceId(uuid4()),
        name="Elsewhere",
        connection=Connection(kind=SourceKind.CSV, options=CsvOptions()),
    )
    work = desk.container.pipelines.sources.unit_of_work()
    await work(desk.actor, lambda work: work.sources.save(source))
    return source.id


async def kept(desk: Desk, path: str) -> int:
    return len((await desk.get(path)).json()["items"])


async def test_each_history_has_its_own_age_and_the_last_attempts_stay(any_desk: Desk) -> None:
    staff, source_id = await Staff.of(any_desk), await source_of(any_desk)
    schedule = (await scheduled(any_desk, staff.ada, "Daily")).json()["id"]
    runs = f"/v1/report-schedules/{schedule}"
    attempts = f"/v1/data-sources/{source_id}/attempts"
    begun = await any_desk.post(f"{runs}/run")
    await send(any_desk, begun.json())
    for reason in ("unreachable", None, None, "unreachable", "unreachable"):
        await asked(any_desk, source_id, reason=reason)
        any_desk.clock.passes(timedelta(seconds=1))
    await set_to(any_desk, "histories.source_days", 10)
    await set_to(any_desk, "histories.report_days", 20)

    forget = forgetting(any_desk)
    for days, left in ((9, (5, 1)), (2, (2, 1)), (10, (2, 0))):
        any_desk.clock.passes(days * DAY)
        await forget()
        assert (await kept(any_desk, attempts), await kept(any_desk, f"{runs}/runs")) == left


async def test_no_history_is_kept_for_longer_than_the_tier_says(any_desk: Desk) -> None:
    source_id = await source_of(any_desk)
    for _ in range(2):
        await asked(any_desk, source_id, reason=None)
    await set_to(any_desk, "histories.source_days", 3650)
    any_desk.clock.passes(31 * DAY)

    forget, left = forgetting(any_desk), []
    for tier in (Tier.STARTER, Tier.FREE):
        await any_desk.container.identity.set_tier()(SetTier(actor=any_desk.actor, tier=tier))
        await forget()
        left.append(await kept(any_desk, f"/v1/data-sources/{source_id}/attempts"))

    assert left == [2, 1], "the last one stays"


async def rows_of(desk: Desk, table: Table) -> int:
    question = select(func.count()).select_from(table)
    counted: int = await desk.container.database().read(
        lambda connection: connection.execute(question).scalar_one(),
        of=desk.actor.organization_id,
    )
    return counted


async def test_what_came_of_pipelines_and_imports_is_forgotten(any_desk: Desk) -> None:
    pipeline = await added(any_desk)
    await posted(any_desk, room("a"))
    await run(any_desk, pipeline)
    await posted(any_desk, room("b"), room("c") | {"said": {"name": ""}})
    quiet = [await run(any_desk, pipeline), await run(any_desk, pipeline)]
    refused = await bring(any_desk, "offerings", "key,name\n1,\n")
    await run_import(any_desk, refused)
    await posted(any_desk, room("d"))
    await set_to(any_desk, "histories.run_days", 3650)
    await set_to(any_desk, "histories.event_days", 20)
    tables = (pipeline_runs, run_notes, import_refusals, posted_events)
    before = [await rows_of(any_desk, table) for table in tables]

    forget = forgetting(any_desk)
    any_desk.clock.passes(30 * DAY)
    await forget()
    after_a_month = [await rows_of(any_desk, table) for table in tables]
    any_desk.clock.passes(4000 * DAY)
    await forget()
    await forget()

    assert [ended["counts"]["new"] for ended in quiet] == [1, 0]
    assert after_a_month == [*before[:3], 1], "what waits is never forgotten"
    assert [await rows_of(any_desk, table) for table in tables] == [3, 0, 0, 1]
    await run(any_desk, pipeline)
    any_desk.clock.passes(4000 * DAY)
    await forget()
    assert await rows_of(any_desk, pipeline_runs) == 3, "the one that brought nothing is gone"


async def test_what_is_under_way_is_never_forgotten(desk: Desk) -> None:
    staff = await Staff.of(desk)
    schedule = (await scheduled(desk, staff.ada, "Daily")).json()["id"]
    await desk.post(f"/v1/report-schedules/{schedule}/run")
    desk.clock.passes(4000 * DAY)
    assert await forgetting(desk)() == 0
