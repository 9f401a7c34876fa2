"""Fixtures of the contract tests: job engines over nothing, over a file and over PostgreSQL."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.contract.job_engines import Engines, actor_of, dbos_engine, now, set_up
from tests.fakes.jobs import MemoryJobEngine
from tests.servers import create_database, drop_database


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that an engine has set up, so that not every test has to wait for that."""
    path = tmp_path_factory.mktemp("jobs") / "jobs.db"
    asyncio.run(set_up(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_admin_url: str) -> str:
    url = asyncio.run(create_database(postgres_admin_url))
    asyncio.run(set_up(url))
    return url


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    copy = shutil.copy(sqlite_template, tmp_path / "jobs.db")
    return f"sqlite+aiosqlite:///{copy}"


@pytest.fixture
async def engine_postgres_url(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    postgres_admin_url: str,
    postgres_template: str,
) -> AsyncIterator[str]:
    url = await create_database(postgres_admin_url, template=postgres_template)
    yield url
    await drop_database(postgres_admin_url, url)


@pytest.fixture(params=["sqlite_url", "engine_postgres_url"])
def database_url(request: pytest.FixtureRequest) -> str:
    url = request.getfixturevalue(request.param)
    assert isinstance(url, str)
    return url


@pytest.fixture(params=["memory", "sqlite_url", "engine_postgres_url"])
def engines(request: pytest.FixtureRequest) -> Engines:
    """Makes engines that find what the one before them left, as after a restart."""
    if request.param == "memory":
        memory = MemoryJobEngine(clock=now, actor_of=actor_of)
        return lambda: memory
    url = request.getfixturevalue(request.param)
    return lambda: dbos_engine(url)
