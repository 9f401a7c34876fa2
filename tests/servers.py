"""A real PostgreSQL for tests and benchmarks: found, started, and gone without a trace."""

import os
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from uuid import uuid4

import asyncpg  # type: ignore[import-untyped]
import pytest

from tests.postgres_programs import Installation, NoPostgres, installed

SUPERUSER = "frontdesk"
# Whom the program works as: it owns nothing, so that the wall is there for it.
DESK_ROLE = "frontdesk_desk"
ATTEMPTS_TO_FIND_A_PORT = 5

# `builtin` sorts the same on every machine, but only PostgreSQL 17 and later have it.
LOCALES = (("--locale-provider=builtin", "--locale=C.UTF-8"), ("--locale=C.UTF-8",))

SETTINGS = """
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = '{folder}'
max_connections = 200
timezone = 'UTC'
lc_messages = 'C'
"""
DURABLE = """
fsync = on
synchronous_commit = on
full_page_writes = on
"""
FORGETFUL = """
fsync = off
synchronous_commit = off
full_page_writes = off
"""

ROLE = f"""
DO $$ BEGIN
    CREATE ROLE {DESK_ROLE} LOGIN PASSWORD '{DESK_ROLE}';
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL;
END $$
"""


@contextmanager
def postgres_server(*, durable: bool = False) -> Iterator[str]:
    """Yields the URL of a superuser's database on a server that ends with the block.

    A durable one keeps what it committed, as in production. `FRONTDESK_TEST_PG_URL` names a
    server that runs already and is taken as it is. Raises NoPostgres.
    """
    running = os.environ.get("FRONTDESK_TEST_PG_URL")
    if running:
        yield for_product(running)
        return
    with installed("frontdesk-postgres-") as (installation, folder):
        port = start(installation, folder, DURABLE if durable else FORGETFUL)
        yield f"postgresql+asyncpg://{SUPERUSER}@127.0.0.1:{port}/postgres"


def start(installation: Installation, folder: Path, durability: str) -> int:
    """The port it listens on."""
    initialize(installation, folder / "data")
    configuration = folder / "data" / "postgresql.conf"
    defaults = configuration.read_text()
    for _ in range(ATTEMPTS_TO_FIND_A_PORT):  # somebody may take the port before the server does
        port = free_port()
        settings = SETTINGS.format(port=port, folder=folder) + durability
        configuration.write_text(defaults + settings)
        started = installation.run(
            "pg_ctl", "start", "-w", "-D", f"{folder}/data", "-l", f"{folder}/log"
        )
        if started.returncode == 0:
            return port
    raise RuntimeError(f"PostgreSQL did not start:\n{(folder / 'log').read_text()}")


def initialize(installation: Installation, data: Path) -> None:
    complaints = []
    for locale in LOCALES:
        outcome = installation.run(
            "initdb", "--no-sync", "-A", "trust", "-U", SUPERUSER, "-E", "UTF8", *locale, str(data)
        )
        if outcome.returncode == 0:
            return
        complaints.append(outcome.stderr)
    raise RuntimeError("PostgreSQL could not be initialized:\n" + "\n".join(complaints))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def for_product(url: str) -> str:
    return "postgresql+asyncpg://" + url.partition("://")[2]


def named(url: str, database: str) -> str:
    """The URL of another database on the same server."""
    return f"{url.partition('?')[0].rpartition('/')[0]}/{database}"


def at_the_desk(url: str) -> str:
    """The same database, for whom the wall is there; SQLite has none."""
    kind, _, place = url.partition("://")
    if kind.startswith("sqlite"):
        return url
    return f"{kind}://{DESK_ROLE}:{DESK_ROLE}@{place.rpartition('@')[2]}"


def owner_of(url: str) -> str | None:
    """The URL of whoever made it, where whoever works with it is somebody else."""
    return None if url.startswith("sqlite") else url


async def create_database(admin_url: str, *, template: str | None = None) -> str:
    """The URL of a new database; `template` is the name or URL of one that nobody is using."""
    database = f"test_{uuid4().hex}"
    origin = (template or "template0").partition("?")[0].rpartition("/")[2]
    async with administrator(admin_url) as connection:
        await connection.execute(ROLE)
        await connection.execute(
            f'CREATE DATABASE "{database}" TEMPLATE "{origin}" STRATEGY FILE_COPY'
        )
    return named(admin_url, database)


async def drop_database(admin_url: str, url: str) -> None:
    """Drops it even while somebody is connected."""
    async with administrator(admin_url) as connection:
        await connection.execute(f'DROP DATABASE "{url.rpartition("/")[2]}" WITH (FORCE)')


@asynccontextmanager
async def administrator(admin_url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(admin_url.replace("+asyncpg", "", 1), timeout=10)
    try:
        yield connection
    finally:
        await connection.close()


@pytest.fixture(scope="session")
def postgres_admin_url() -> Iterator[str]:
    """One server for all tests. Without PostgreSQL they are skipped, except where CI is set."""
    with ExitStack() as running:
        try:
            url = running.enter_context(postgres_server())
        except NoPostgres as missing:
            if os.environ.get("CI"):
                pytest.fail(str(missing))
            pytest.skip(str(missing))
        yield url


@pytest.fixture
async def postgres_url(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    postgres_admin_url: str,
) -> AsyncIterator[str]:
    """An empty database of the test's own."""
    url = await create_database(postgres_admin_url)
    try:
        yield url
    finally:
        await drop_database(postgres_admin_url, url)
