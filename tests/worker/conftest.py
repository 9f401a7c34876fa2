"""Fixtures of the worker's tests: an empty office on each kind of database."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from entrypoints.wiring.ambient import utc_now
from entrypoints.wiring.container import Container
from tests.contract.desks import Desk
from tests.fakes.time import Time
from tests.servers import create_database, drop_database
from tests.worker.offices import Place, furnish


@pytest.fixture(scope="session")
def furnished_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("furnished")
    asyncio.run(furnish(Place(f"sqlite:///{folder}/frontdesk.db", folder)))
    return folder


@pytest.fixture(scope="session")
def furnished_url(postgres_admin_url: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    url = asyncio.run(create_database(postgres_admin_url))
    asyncio.run(furnish(Place(url, tmp_path_factory.mktemp("furnished"))))
    return url


@pytest.fixture
def sqlite_place(furnished_folder: Path, tmp_path: Path) -> Place:
    folder = shutil.copytree(furnished_folder, tmp_path / "office")
    return Place(f"sqlite:///{folder}/frontdesk.db", folder)


@pytest.fixture
async def postgres_place(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    postgres_admin_url: str,
    furnished_url: str,
    tmp_path: Path,
) -> AsyncIterator[Place]:
    url = await create_database(postgres_admin_url, template=furnished_url)
    yield Place(url, tmp_path)
    await drop_database(postgres_admin_url, url)


@pytest.fixture(params=["sqlite_place", "postgres_place"])
def place(request: pytest.FixtureRequest) -> Place:
    place = request.getfixturevalue(request.param)
    assert isinstance(place, Place)
    return place


@pytest.fixture
def clock() -> Time:
    return Time(utc_now())


@pytest.fixture
async def container(place: Place, clock: Time) -> AsyncIterator[Container]:
    async with place.program(clock) as container:
        yield container


@pytest.fixture
async def desk(container: Container) -> Desk:
    return await Desk.opened(container, "demo")
