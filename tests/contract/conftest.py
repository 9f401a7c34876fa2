"""Fixtures of the contract tests: everything over nothing, over a file and over PostgreSQL."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import attrs
import pytest

from adapters.sql.database import Database
from tests.contract.crawling import Crawling, sql_crawling
from tests.contract.crowds import at_the_doors
from tests.contract.databases import create_tables, empty, opened
from tests.contract.job_engines import Engines, actor_of, dbos_engine, now, set_up
from tests.contract.memory_storage import MemoryStorage
from tests.contract.offices import Office, office
from tests.contract.storages import SqlStorage, Storage, sql_storage
from tests.crawler import Crawler, to
from tests.fakes.crawls import MemoryCrawling
from tests.fakes.jobs import MemoryJobEngine
from tests.servers import create_database, drop_database
from tests.web_sites import WebSite


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


@pytest.fixture(scope="session")
def sqlite_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with all tables and no rows, to be copied."""
    path = tmp_path_factory.mktemp("tables") / "frontdesk.db"
    asyncio.run(create_tables(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgres_tables(postgres_admin_url: str) -> Iterator[str]:
    """A database with all tables and no rows, to be copied."""
    url = asyncio.run(create_database(postgres_admin_url))
    asyncio.run(create_tables(url))
    yield url
    asyncio.run(drop_database(postgres_admin_url, url))


@pytest.fixture
def sqlite_storage_url(sqlite_tables: Path, tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(sqlite_tables, tmp_path / 'frontdesk.db')}"


@pytest.fixture(scope="session")
def common_postgres_url(postgres_admin_url: str, postgres_tables: str) -> Iterator[str]:
    """For the many tests that leave nothing behind but rows: a database takes long to create."""
    url = asyncio.run(create_database(postgres_admin_url, template=postgres_tables))
    yield url
    asyncio.run(drop_database(postgres_admin_url, url))


@pytest.fixture
async def postgres_storage_url(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    common_postgres_url: str,
) -> AsyncIterator[str]:
    yield common_postgres_url
    await empty(common_postgres_url)


@pytest.fixture
async def own_postgres_url(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    postgres_admin_url: str,
    postgres_tables: str,
) -> AsyncIterator[str]:
    """A database that the test may alter."""
    url = await create_database(postgres_admin_url, template=postgres_tables)
    yield url
    await drop_database(postgres_admin_url, url)


@pytest.fixture(params=["sqlite", "postgres"])
def storage_url(request: pytest.FixtureRequest) -> str:
    url = request.getfixturevalue(f"{request.param}_storage_url")
    assert isinstance(url, str)
    return url


@pytest.fixture
async def database(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    storage_url: str,
) -> AsyncIterator[Database]:
    async with opened(storage_url) as database:
        yield database


@pytest.fixture
async def postgres(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    postgres_storage_url: str,
) -> AsyncIterator[Database]:
    async with opened(postgres_storage_url) as database:
        yield database


@pytest.fixture
def sql(database: Database) -> SqlStorage:
    return sql_storage(database)


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def any_storage_url(request: pytest.FixtureRequest) -> str | None:
    """None stands for memory."""
    if request.param == "memory":
        return None
    url = request.getfixturevalue(f"{request.param}_storage_url")
    assert isinstance(url, str)
    return url


@pytest.fixture
async def storage(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    any_storage_url: str | None,
) -> AsyncIterator[Storage]:
    if any_storage_url is None:
        yield MemoryStorage()
        return
    async with opened(any_storage_url) as database:
        yield sql_storage(database)


@pytest.fixture
async def crowded(storage: Storage) -> Storage:
    """With as many connections as there can be, so that many really are at it at once."""
    if isinstance(storage, SqlStorage):
        await at_the_doors(storage.database)
    return storage


@pytest.fixture
async def people(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    any_storage_url: str | None,
) -> AsyncIterator[Office]:
    async with office(any_storage_url) as office_:
        yield office_


@pytest.fixture
async def crawling(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    any_storage_url: str | None,
) -> AsyncIterator[Crawling]:
    if any_storage_url is None:
        yield MemoryCrawling()
        return
    async with opened(any_storage_url) as database:
        yield sql_crawling(database)


@pytest.fixture
async def crawler(web_: WebSite) -> AsyncIterator[Crawler]:
    """Reads the site of the module's own."""
    egress = to(web_.host)
    yield Crawler(work=MemoryCrawling(), fetch=egress)
    await egress.close()


@pytest.fixture
def stored(crawler: Crawler, crawling: Crawling) -> Crawler:
    """The same in every storage."""
    return attrs.evolve(crawler, work=crawling)
