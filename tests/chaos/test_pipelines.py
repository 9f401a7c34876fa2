"""Whoever runs a pipeline is killed in the midst of a page, and each record is taken once.

`pytest tests/chaos/test_pipelines.py --chaos-records=20000 --chaos-database=postgres`.
"""

from collections.abc import Callable
from typing import Any

import anyio
import attrs
import pytest
from sqlalchemy import func, select

from adapters.schema.inventory import resources
from adapters.schema.pipelines import pipeline_rows, pipeline_runs, posted_events, run_pages
from adapters.sql.database import EVERYBODY
from adapters.sql.databases import open_database
from application.pipelines.keep_pipelines import AddPipeline
from application.pipelines.post_events import PostEvents
from application.pipelines.start_run import StartRun
from domain.kernel.actors import Actor
from domain.pipelines.definition import Definition
from domain.pipelines.imports import ImportTarget
from domain.pipelines.pipeline import Policy
from domain.pipelines.posted_events import PostedEvent
from domain.pipelines.steps import Constant, Drop, Move
from entrypoints.cli.keys import organization_called
from entrypoints.wiring.ambient import pause, utc_now
from entrypoints.wiring.container import Container
from entrypoints.wiring.settings import Settings
from tests.chaos.conftest import Place
from tests.chaos.lone_worker import LoneWorker
from tests.chaos.programs import Site
from tests.cli.warm import warm
from tests.contract.databases import PATIENT

pytestmark = pytest.mark.anyio

AT_ONCE = 500
KILLED_AT = (1 / 2,)
PATIENCE = 120.0
DEFINITION = Definition(
    key="id",
    steps=(
        Move(field="id", to="key"),
        Move(field="said.name", to="name"),
        Constant(field="zone", value="Europe/Lisbon"),
        Constant(field="offering.kind", value="hotel"),
        Constant(field="offering.beds", value=2),
        Drop(fields=("said", "kind", "occurred_at")),
    ),
)


@attrs.frozen
class Brought:
    state: str
    new: int
    pages: int
    kept: int
    there: int
    waiting: int
    seen: int


async def look(site: Site) -> Brought:
    database = open_database(site.url, pooling=PATIENT, pause=pause, allow_unsafe=True)
    waits = posted_events.c.taken_at.is_(None)

    def number(connection: Any, of: Any, *where: Any) -> int:
        question = select(func.count()).select_from(of).where(*where)
        counted: int = connection.execute(question).scalar_one()
        return counted

    def ask(connection: Any) -> Brought:
        run = connection.execute(select(pipeline_runs)).one()
        return Brought(
            run.state,
            run.new,
            run.pages,
            number(connection, pipeline_rows),
            number(connection, resources),
            number(connection, posted_events, waits),
            number(connection, run_pages),
        )

    try:
        return await database.read(ask, of=EVERYBODY)
    finally:
        await database.close()


async def seen(site: Site, expected: Callable[[Brought], bool]) -> None:
    while not expected(await look(site)):  # noqa: ASYNC110  (it is another process)
        await anyio.sleep(0.05)


async def begun(site: Site, rows: int) -> None:
    """Accepted, as over HTTP; the rest is left to workers."""
    container: Any = Container(settings=Settings(database_url=site.url, data_dir=site.folder))
    organization = await organization_called(container, "desk")
    actor, runs = Actor.system(organization.id), container.pipelines.runs
    pipeline = await runs.add_pipeline()(
        AddPipeline(
            actor=actor,
            name="Rooms",
            target=ImportTarget.OFFERINGS,
            definition=DEFINITION,
            policy=Policy(),
            event_kind="room",
        )
    )
    for first in range(0, rows, AT_ONCE):
        events = [
            PostedEvent(
                id=f"room-{number}", kind="room", occurred_at=utc_now(), said={"name": "Double"}
            )
            for number in range(first, min(first + AT_ONCE, rows))
        ]
        await runs.post_events()(PostEvents(actor=actor, events=events))
    await runs.start_run()(StartRun(actor=actor, pipeline_id=pipeline.id))
    await container.database().close()


async def test_every_record_is_taken_once_whoever_dies(
    chosen_place: Place, pytestconfig: pytest.Config
) -> None:
    site, rows = chosen_place.site, int(pytestconfig.getoption("chaos_records", 1000))
    assert warm().run(["migrate"], site.environment(), "").returncode == 0
    await begun(site, rows)
    with anyio.fail_after(PATIENCE):
        for share in KILLED_AT:
            running = LoneWorker.at(site)
            await seen(site, lambda brought, share=share: brought.new >= rows * share)  # type: ignore[misc]
            await running.kill()
        running = LoneWorker.at(site)
        await seen(site, lambda brought: brought.state == "succeeded")
    ended = await running.stop()

    brought = await look(site)
    assert (ended, brought.new, brought.kept, brought.there) == (0, rows, rows, rows)
    assert (brought.waiting, brought.seen) == (0, 0)
