"""Up from nothing equals the tables; every step goes up, down and up again."""

import sys
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timezone
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import anyio
import asyncpg  # type: ignore[import-untyped]
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, event, insert, select, text
from sqlalchemy.exc import DBAPIError

from adapters.migrations import runner
from adapters.migrations.runner import current, downgrade, pending, upgrade
from adapters.migrations.steps import known
from adapters.schema.identity import organizations
from adapters.schema.inventory import resources
from adapters.schema.metadata import metadata
from adapters.sql.database import EVERYBODY, Database
from tests.architecture.test_schema import registered
from tests.migrations.describing import described, described_with_walls, unhurried
from tests.migrations.starting import opened
from tests.servers import administrator

pytestmark = pytest.mark.anyio

# What a unit of work is wrapped in.
AROUND = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")

# SQLite has no row-level security.
WALLS = {"0024"}
# What is looked through is so from the beginning, in a database that begins today.
LOOKED_THROUGH_LATER = {"0041", "0054"}

STEPS = [step.revision for step in known().walk_revisions()][::-1]
ROOT = Path(__file__).parents[2]


@pytest.fixture
async def reference(urls: Callable[[], Any]) -> AsyncIterator[Database]:
    """A database with the tables as the program knows them."""
    database = opened(await urls())
    await database.write(create_tables, of=EVERYBODY)
    yield database
    await database.close()


def create_tables(connection: Connection) -> None:
    unhurried(connection)
    registered().create_all(connection)


async def started(url: str) -> bytes:
    process = [sys.executable, "-W", "error", "-m", "tests.migrations.starting", url]
    return (await anyio.run_process(process, cwd=ROOT, stderr=None)).stdout


async def test_up_from_nothing_equals_the_tables(database: Database, reference: Database) -> None:
    def differences(connection: Connection) -> list[Any]:
        unhurried(connection)
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        return list(compare_metadata(context, metadata))

    await database.write(upgrade, of=EVERYBODY)

    assert await database.write(differences, of=EVERYBODY) == []
    assert await database.write(described, of=EVERYBODY) == await reference.write(
        described, of=EVERYBODY
    )


@pytest.mark.parametrize("change", ["ix_bookings_overdue", "ix_event_log_waiting"])
async def test_a_difference_is_seen(database: Database, reference: Database, change: str) -> None:
    table = "bookings" if "bookings" in change else "event_log"
    await database.write(upgrade, of=EVERYBODY)
    await database.write(
        lambda connection: connection.execute(text(f"DROP INDEX {change}")), of=EVERYBODY
    )
    await database.write(
        lambda connection: connection.execute(
            text(f"CREATE INDEX {change} ON {table} (organization_id)")
        ),
        of=EVERYBODY,
    )

    assert await database.write(described, of=EVERYBODY) != await reference.write(
        described, of=EVERYBODY
    )


async def test_each_step_goes_up_down_and_up(database: Database) -> None:
    before = await database.write(described_with_walls, of=EVERYBODY)
    for last, step in zip(["base", *STEPS], STEPS, strict=False):
        await database.write(partial(upgrade, revision=step), of=EVERYBODY)
        after = await database.write(described_with_walls, of=EVERYBODY)
        is_seen = step not in WALLS or database.engine.name == "postgresql"
        assert (after != before) == (is_seen and step not in LOOKED_THROUGH_LATER)

        await database.write(partial(downgrade, revision=last), of=EVERYBODY)
        assert await database.write(described_with_walls, of=EVERYBODY) == before

        await database.write(partial(upgrade, revision=step), of=EVERYBODY)
        assert await database.write(described_with_walls, of=EVERYBODY) == after
        assert await database.read(current, of=EVERYBODY) == step
        before = after


async def test_what_older_steps_made_survives(database: Database) -> None:
    organization = {"organization_id": uuid4(), "slug": "demo", "name": "Demo"}
    room = {"organization_id": organization["organization_id"], "id": uuid4(), "version": 1}
    room |= {"kind": "hotel", "name": "Double", "zone": "UTC", "sold_by_day": True, "offering": {}}
    moment = datetime(2026, 1, 1, tzinfo=timezone.utc)

    def fill(connection: Connection) -> None:
        connection.execute(insert(organizations).values(**organization, created_at=moment))
        connection.execute(insert(resources).values(**room))

    def content(connection: Connection) -> list[Any]:
        return [
            tuple(row)
            for table in (organizations, resources)
            for row in connection.execute(select(table))
        ]

    await database.write(upgrade, of=EVERYBODY)
    await database.write(fill, of=EVERYBODY)
    before = await database.read(content, of=EVERYBODY)
    await database.write(partial(downgrade, revision="0002"), of=EVERYBODY)
    assert await database.read(pending, of=EVERYBODY)
    await database.write(upgrade, of=EVERYBODY)

    assert await database.read(content, of=EVERYBODY) == before
    assert len(before) == 2


async def test_steps_are_taken_all_or_none(database: Database) -> None:
    await database.write(
        lambda connection: connection.execute(text("CREATE TABLE answers (id integer)")),
        of=EVERYBODY,
    )

    with pytest.raises(DBAPIError):
        await database.write(upgrade, of=EVERYBODY)

    assert await database.read(current, of=EVERYBODY) is None
    assert list((await database.write(described, of=EVERYBODY))["tables"]) == ["answers"]


async def test_nothing_pending_costs_next_to_nothing(database: Database) -> None:
    assert await database.read(pending, of=EVERYBODY)
    await database.write(upgrade, of=EVERYBODY)
    assert not await database.read(pending, of=EVERYBODY)
    statements: list[str] = []
    event.listen(
        database.engine, "before_cursor_execute", lambda *seen: statements.append(seen[2])
    )

    await database.write(upgrade, of=EVERYBODY)

    assert len([one for one in statements if not one.startswith(AROUND)]) <= 2


async def test_a_second_start_does_without_alembic(urls: Callable[[], Any]) -> None:
    url = await urls()

    assert await started(url) == b"True\n"
    assert await started(url) == b"False\n"


async def test_a_database_ahead_of_the_program_is_left_alone(database: Database) -> None:
    """While processes are replaced one by one, older ones start on the newer schema."""
    await database.write(upgrade, of=EVERYBODY)
    await database.write(
        lambda connection: connection.execute(
            text("UPDATE alembic_version SET version_num='9999'")
        ),
        of=EVERYBODY,
    )

    assert not await database.read(pending, of=EVERYBODY)
    await database.write(upgrade, of=EVERYBODY)

    assert await database.read(current, of=EVERYBODY) == "9999"


def test_the_newest_step_is_known_without_alembic() -> None:
    assert known().get_current_head() == runner.HEAD


def test_numbers_of_steps_ascend() -> None:
    assert [f"{number:04}" for number in range(1, len(STEPS) + 1)] == STEPS


async def test_processes_that_start_together_on_postgres_take_turns(postgres_url: str) -> None:
    async with (
        administrator(postgres_url) as bystander,
        anyio.create_task_group() as processes,
        bystander.transaction(),
    ):
        await bystander.execute(f"SELECT pg_advisory_xact_lock({runner.LOCK})")
        for _ in range(2):
            processes.start_soon(started, postgres_url)
        await waiting(bystander, number=2)
        await anyio.sleep(1.5)  # longer than any statement of theirs may take

    database = opened(postgres_url)
    assert await database.read(current, of=EVERYBODY) == runner.HEAD
    await database.close()


async def waiting(bystander: asyncpg.Connection, *, number: int) -> None:
    question = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    with anyio.fail_after(30):
        while await bystander.fetchval(question) < number:  # noqa: ASYNC110  (it is elsewhere)
            await anyio.sleep(0.05)


async def test_processes_that_start_together_on_sqlite_take_turns(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/frontdesk.db"
    async with anyio.create_task_group() as processes:
        for _ in range(2):
            processes.start_soon(started, url)

    database = opened(url)
    assert await database.read(current, of=EVERYBODY) == runner.HEAD
    await database.close()
