"""The servers that tests and benchmarks rely on are what they say they are."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg  # type: ignore[import-untyped]
import pytest

from tests.postgres_programs import NoPostgres, find_programs
from tests.servers import (
    administrator,
    create_database,
    drop_database,
    postgres_server,
)

START_AND_WAIT = """
import time
from tests.servers import postgres_server
with postgres_server() as url:
    print(url, flush=True)
    time.sleep(60)
"""


async def setting(url: str, name: str) -> str:
    async with administrator(url) as connection:
        value = await connection.fetchval("SELECT current_setting($1)", name)
    assert isinstance(value, str)
    return value


@pytest.fixture
def ours() -> None:
    """The test is about servers that we start, so there must be one to start."""
    try:
        find_programs()
    except NoPostgres as missing:
        pytest.skip(str(missing))
    if os.environ.get("FRONTDESK_TEST_PG_URL"):
        pytest.skip("a server was given")


@pytest.fixture
def temporary_folder() -> Iterator[Path]:
    """Open to everybody, as /tmp is, which pytest's own are not."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)
    yield folder
    shutil.rmtree(folder)


@pytest.mark.anyio
@pytest.mark.usefixtures("ours")
async def test_tests_do_not_wait_for_the_disk(postgres_admin_url: str) -> None:
    assert await setting(postgres_admin_url, "fsync") == "off"


@pytest.mark.anyio
@pytest.mark.usefixtures("ours")
async def test_benchmarks_wait_for_the_disk() -> None:
    with postgres_server(durable=True) as url:
        durability = [await setting(url, name) for name in ("fsync", "synchronous_commit")]

    assert durability == ["on", "on"]


@pytest.mark.anyio
async def test_every_test_has_a_database_of_its_own(
    postgres_url: str, postgres_admin_url: str
) -> None:
    async with administrator(postgres_url) as connection:
        await connection.execute("CREATE TABLE seats (number int)")

    copy = await create_database(postgres_admin_url, template=postgres_url)
    async with administrator(copy) as connection:
        assert await connection.fetchval("SELECT count(*) FROM seats") == 0
    await drop_database(postgres_admin_url, copy)

    with pytest.raises(asyncpg.InvalidCatalogNameError):
        await setting(copy, "fsync")


@pytest.mark.usefixtures("ours")
@pytest.mark.parametrize("end", ["SIGINT", "SIGTERM", "SIGKILL"])
def test_nothing_is_left_behind(temporary_folder: Path, end: str) -> None:
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", START_AND_WAIT],
        env={**os.environ, "TMPDIR": str(temporary_folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as started:
        assert started.stdout is not None
        url = urlsplit(started.stdout.readline())
        assert url.scheme == "postgresql+asyncpg"
        started.send_signal(signal.Signals[end])

    deadline = time.monotonic() + 20
    while any(temporary_folder.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not list(temporary_folder.iterdir())
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((url.hostname, url.port), timeout=5)
