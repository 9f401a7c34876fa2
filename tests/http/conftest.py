"""Fixtures of the HTTP tests: the whole program over a file, and over PostgreSQL."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from entrypoints.wiring.sensitive import Sensitive
from tests.fakes.time import Time
from tests.http.desk import NOW, Desk, program
from tests.http.keys import Keys
from tests.http.till import Till
from tests.newer_release import migrated_by_newer
from tests.servers import create_database, drop_database


async def migrate(url: str) -> None:
    await migrated_by_newer(url)
    async with program(url, Time(NOW)) as container:
        await container.schema().bring()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("migrated") / "frontdesk.db"
    asyncio.run(migrate(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def migrated_database(postgres_admin_url: str) -> str:
    url = asyncio.run(create_database(postgres_admin_url))
    asyncio.run(migrate(url))
    return url


@pytest.fixture
def sqlite_url(migrated_file: Path, tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'frontdesk.db')}"


@pytest.fixture
async def filled_postgres_url(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    postgres_admin_url: str,
    migrated_database: str,
) -> AsyncIterator[str]:
    url = await create_database(postgres_admin_url, template=migrated_database)
    yield url
    await drop_database(postgres_admin_url, url)


@pytest.fixture(params=["sqlite_url", "filled_postgres_url"])
def any_url(request: pytest.FixtureRequest) -> str:
    url = request.getfixturevalue(request.param)
    assert isinstance(url, str)
    return url


@pytest.fixture
def clock() -> Time:
    return Time(NOW)


@pytest.fixture
async def desk(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    sqlite_url: str,
    clock: Time,
) -> AsyncIterator[Desk]:
    """For what no database has a say in."""
    async with program(sqlite_url, clock) as container:
        yield await Desk.opened(container, clock)


@pytest.fixture(scope="module")
async def shared_desk(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    migrated_file: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Desk]:
    """One for a whole module, for tests that mind nothing that others leave there."""
    path = shutil.copy(migrated_file, tmp_path_factory.mktemp("shared") / "frontdesk.db")
    clock = Time(NOW)
    async with program(f"sqlite:///{path}", clock) as container:
        yield await Desk.opened(container, clock)


@pytest.fixture
async def any_desk(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    any_url: str,
    clock: Time,
) -> AsyncIterator[Desk]:
    """Once over SQLite and once over PostgreSQL."""
    async with program(any_url, clock) as container:
        yield await Desk.opened(container, clock)


@pytest.fixture
def keys() -> Keys:
    return Keys()


@pytest.fixture
async def sealed_desk(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    any_url: str,
    clock: Time,
    keys: Keys,
) -> AsyncIterator[Desk]:
    async with program(any_url, clock, personal_keys=Sensitive(keys)) as container:
        yield await Desk.opened(container, clock)


@pytest.fixture
async def till(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    any_url: str,
    clock: Time,
    tmp_path: Path,
) -> AsyncIterator[Till]:
    async with Till.opened(any_url, clock, tmp_path) as till:
        yield till
