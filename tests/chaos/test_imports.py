"""Whoever takes the rows of an import is killed in the midst of it, and each row is taken once."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import anyio
import attrs
import pytest
from sqlalchemy import func, select

from adapters.schema.events import event_log
from adapters.schema.imports import import_chunks, imports
from adapters.sql.database import EVERYBODY
from adapters.sql.databases import open_database
from application.pipelines.start_import import StartImport
from domain.kernel.actors import Actor
from domain.pipelines.imports import ImportTarget
from entrypoints.cli.keys import organization_called
from entrypoints.http.importing.lines import Format
from entrypoints.http.importing.reading_rows import read_rows
from entrypoints.wiring.ambient import pause
from entrypoints.wiring.container import Container
from entrypoints.wiring.settings import Settings
from tests.chaos.conftest import Place
from tests.chaos.lone_worker import LoneWorker
from tests.chaos.programs import Site
from tests.cli.warm import warm
from tests.contract.databases import PATIENT

pytestmark = pytest.mark.anyio

ROWS = 1_000
HEAD = "key,name,zone,offering.kind,offering.beds\n"
KILLED_AT = (1 / 2,)
PATIENCE = 120.0
CREATED = "resource_added"


@attrs.frozen
class Taken:
    """`left` is how many chunks wait, `events` how often each sort of fact was told."""

    rows: int
    state: str
    left: int
    events: Counter[str]


async def look(site: Site) -> Taken:
    database = open_database(site.url, pooling=PATIENT, pause=pause, allow_unsafe=True)
    told = select(event_log.c.name, func.count()).group_by(event_log.c.name)

    def ask(connection: Any) -> Taken:
        import_ = connection.execute(select(imports)).one()
        left = connection.execute(select(func.count()).select_from(import_chunks)).scalar_one()
        return Taken(
            import_.taken, import_.state, left, Counter(dict(map(tuple, connection.execute(told))))
        )

    try:
        return await database.read(ask, of=EVERYBODY)
    finally:
        await database.close()


async def seen(site: Site, expected: Callable[[Taken], bool]) -> None:
    while not expected(await look(site)):  # noqa: ASYNC110  (it is another process)
        await anyio.sleep(0.1)


async def begun(site: Site) -> None:
    """Accepted, as over HTTP: the rows are stored, and the rest is left to workers."""
    lines = [HEAD, *(f"room-{number},Double,Europe/Lisbon,hotel,2\n" for number in range(ROWS))]
    container = Container(settings=Settings(database_url=site.url, data_dir=site.folder))
    organization = await organization_called(container, "desk")
    said = read_rows(ImportTarget.OFFERINGS, Format.CSV, lines, organization.id)
    await container.pipelines.start_import()(
        StartImport(
            actor=Actor.system(organization.id),
            target=ImportTarget.OFFERINGS,
            rows=said.rows,
            refused=said.refused,
        )
    )
    await container.database().close()


async def test_every_row_is_taken_once_whoever_dies(chosen_place: Place) -> None:
    site = chosen_place.site
    assert warm().run(["migrate"], site.environment(), "").returncode == 0
    await begun(site)
    with anyio.fail_after(PATIENCE):
        for share in KILLED_AT:
            running = LoneWorker.at(site, IMPORT_HANDS="1")
            await seen(site, lambda taken, share=share: taken.rows >= ROWS * share)  # type: ignore[misc]
            await running.kill()
        running = LoneWorker.at(site, IMPORT_HANDS="1")
        await seen(site, lambda taken: taken.state == "completed")
    ended = await running.stop()

    taken = await look(site)
    assert (ended, taken.rows, taken.left) == (0, ROWS, 0)
    assert taken.events[CREATED] == ROWS, taken.events
