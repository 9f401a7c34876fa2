"""Whoever writes the file of an export is killed at it, and every row is in it once.

`pytest tests/chaos/test_exports.py --chaos-rows=1000000` is a long one.
"""

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import anyio
import pytest
from sqlalchemy import Connection, insert

from adapters.schema.calls import calls
from adapters.sql.database import Database
from adapters.sql.databases import open_database
from application.analytics.export_ports import ExportViews
from application.analytics.reports import ReportQuestion
from application.analytics.request_export import RequestExport
from domain.analytics.exports import Export, ExportFormat, ExportState
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId
from domain.kernel.periods import Period, Zone
from entrypoints.cli.keys import organization_called
from entrypoints.wiring.ambient import pause
from entrypoints.wiring.container import Container
from entrypoints.wiring.settings import Settings
from tests.chaos.conftest import Place
from tests.chaos.lone_worker import LoneWorker
from tests.cli.warm import warm
from tests.contract.databases import PATIENT

pytestmark = pytest.mark.anyio

BEGAN = datetime(2026, 1, 1, tzinfo=timezone.utc)
YEAR = ReportQuestion(
    period=Period(BEGAN, BEGAN + timedelta(days=365)), zone=Zone("Europe/Lisbon")
)
PATIENCE = 120.0
AT_ONCE = 5_000


def call(organization_id: OrganizationId, number: int) -> dict[str, Any]:
    """Many begin at the same moment, so that pages end between calls that only ids tell apart."""
    return {
        "organization_id": organization_id,
        "id": UUID(int=number + 1),
        "version": 1,
        "direction": "inbound",
        "status": "completed",
        "started_at": BEGAN + timedelta(seconds=number // 3),
        "seconds": 60,
        "qa_milli": -1,
        "escalated": False,
        "people": {},
        "details": {},
    }


async def add_calls(database: Database, organization_id: OrganizationId, rows: int) -> None:
    for first in range(0, rows, AT_ONCE):
        some = [
            call(organization_id, number) for number in range(first, min(first + AT_ONCE, rows))
        ]

        def add(connection: Connection, some: list[dict[str, Any]] = some) -> None:
            connection.execute(insert(calls), some)

        await database.write(add, of=organization_id)


async def test_every_row_is_written_once_whoever_dies(chosen_place: Place, rows: int) -> None:
    site = chosen_place.site
    assert warm().run(["migrate"], site.environment(), "").returncode == 0
    container = Container(settings=Settings(database_url=site.url, data_dir=site.folder))
    organization = await organization_called(container, "desk")
    actor = Actor.system(organization.id)
    owned = open_database(site.url, pooling=PATIENT, pause=pause, allow_unsafe=True)
    await add_calls(owned, organization.id, rows)
    await owned.close()
    requested: Export = await container.reports.request_export()(
        RequestExport(actor=actor, report="calls", format=ExportFormat.CSV, question=YEAR)
    )
    views: ExportViews = container.reports.views()

    async def seen(expected: Callable[[Export], bool]) -> Export:
        while not expected(export := await views.export(actor, requested.id)):  # noqa: ASYNC110
            await anyio.sleep(0.02)
        return export

    with anyio.fail_after(PATIENCE):
        running = LoneWorker.at(site)
        await seen(lambda export: export.rows >= rows / 3)
        await running.kill()
        running = LoneWorker.at(site)
        done = await seen(lambda export: export.is_over)
    ended = await running.stop()

    file = b"".join([part async for part in views.file(actor, done)])
    ids = [line.partition(b",")[0] for line in file.splitlines()[1:]]
    await container.database().close()
    assert (ended, done.state, done.rows) == (0, ExportState.COMPLETED, rows)
    assert ids == [str(UUID(int=number + 1)).encode() for number in range(rows)]
