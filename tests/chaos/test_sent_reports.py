"""Whoever sends a report is killed at it, and each member gets it once.

`pytest tests/chaos/test_sent_reports.py --chaos-database=postgres`.
"""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import anyio
import attrs
import pytest
from sqlalchemy import Connection, insert, select, update

from adapters.schema.people import members
from adapters.schema.report_schedules import report_runs, report_schedules
from adapters.sql.database import EVERYBODY, Database
from adapters.sql.databases import open_database
from application.analytics.keep_schedules import AddSchedule
from domain.analytics.exports import ExportFormat
from domain.analytics.report_schedules import Covered, ReportSchedule, Sending
from domain.identity.roles import Role
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ActorId, MemberId, OrganizationId
from domain.kernel.periods import Zone
from domain.kernel.schedules import CronSchedule
from entrypoints.cli.keys import organization_called
from entrypoints.wiring.ambient import pause, utc_now
from entrypoints.wiring.container import Container
from entrypoints.wiring.settings import Settings
from tests.chaos.conftest import Place
from tests.chaos.lone_worker import LoneWorker
from tests.chaos.programs import Site
from tests.cli.warm import warm
from tests.contract.databases import PATIENT
from tests.smtp_server import SLOW, Script, smtp_server

pytestmark = pytest.mark.anyio

PATIENCE = 180.0
ADA, BERT, CLEO = PEOPLE = tuple(MemberId(UUID(int=number)) for number in (1, 2, 3))
# The second letter is not taken when its sender is killed. The third one is, and nobody says so.
HELD_UP = {"DATA": ["354 go on", SLOW], ".": ["250 taken", "250 taken", SLOW]}
ALREADY = timedelta(minutes=1)


def address(member: MemberId) -> str:
    return f"member-{member.int}@example.com"


def someone(organization_id: OrganizationId, id: MemberId) -> dict[str, Any]:
    return {
        "organization_id": organization_id,
        "id": id,
        "version": 1,
        "email": address(id),
        "name": "Member",
        "role": Role.MANAGER.value,
        "state": "active",
        "created_at": utc_now(),
    }


async def is_due(site: Site, database: Database) -> None:
    """As if its time came just now."""
    container: Any = Container(settings=Settings(database_url=site.url, data_dir=site.folder))
    organization = await organization_called(container, "desk")

    def join(connection: Connection) -> None:
        connection.execute(insert(members), [someone(organization.id, id) for id in PEOPLE])

    await database.write(join, of=organization.id)
    owner = attrs.evolve(Actor.system(organization.id), id=ActorId(ADA))
    added: ReportSchedule = await container.reports.schedules.add()(
        AddSchedule(
            actor=owner,
            sending=Sending(
                name="Of yesterday",
                report="bookings",
                format=ExportFormat.CSV,
                covers=Covered.DAY,
                schedule=CronSchedule(cron="0 7 * * *", zone=Zone("Europe/Lisbon")),
                recipients=PEOPLE,
            ),
        )
    )
    come = update(report_schedules).where(report_schedules.c.id == added.id)
    await database.write(
        lambda connection: connection.execute(come.values(next_due_at=utc_now() - ALREADY)),
        of=organization.id,
    )
    await container.database().close()


async def until(met: Callable[[], bool]) -> None:
    while not met():  # noqa: ASYNC110  (it is another process)
        await anyio.sleep(0.02)


async def test_a_report_is_sent_once_whoever_dies(chosen_place: Place) -> None:
    site = chosen_place.site
    assert warm().run(["migrate"], site.environment(), "").returncode == 0
    database = open_database(site.url, pooling=PATIENT, pause=pause, allow_unsafe=True)
    await is_due(site, database)
    said = Script(at_first={name: list(lines) for name, lines in HELD_UP.items()})

    async def runs() -> Any:
        return await database.read(
            lambda connection: connection.execute(select(report_runs)).all(), of=EVERYBODY
        )

    with smtp_server(said) as post, anyio.fail_after(PATIENCE):
        options = {
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": str(post.port),
            "SMTP_SECURITY": "none",
        }
        for held_up in HELD_UP:
            running = LoneWorker.at(site, **options)
            await until(lambda held_up=held_up: not said.at_first[held_up])  # type: ignore[misc]
            await running.kill()
        running = LoneWorker.at(site, **options)
        while (await runs())[0].state == "running":  # noqa: ASYNC110
            await anyio.sleep(0.05)
        ended = await running.stop()

    (run,) = await runs()
    await database.close()
    assert (ended, run.state, run.mailed, run.by_hand) == (0, "sent", 3, False)
    assert Counter(mail["To"] for mail in post.inbox) == {
        address(ADA): 1,
        address(BERT): 1,
        address(CLEO): 2,
    }
    assert len({mail["Message-ID"] for mail in post.inbox}) == len(PEOPLE)
    assert site.run("verify") == (0, "all invariants hold\n")
