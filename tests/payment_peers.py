"""Stand-ins for Stripe that others have written, each a process of its own.

localstripe is GPL: it is started, and never imported.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.npm_peers import CACHE, installed

STATEFUL_MOCK = "stripe-stateful-mock@0.0.16"
SERVE_MOCK = (
    'require("http").createServer(require("stripe-stateful-mock").createExpressApp())'
    '.listen({port}, "127.0.0.1")'
)
ATTEMPTS, BETWEEN = 300, 0.1


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port


@contextmanager
def served(command: Sequence[str], port: int, folder: Path, **variables: str) -> Iterator[str]:
    process = subprocess.Popen(  # noqa: S603
        command,
        cwd=folder,
        env={**os.environ, **variables},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(ATTEMPTS):
        if process.poll() is not None:
            raise RuntimeError(f"it ended with {process.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(BETWEEN)
        else:
            return
    raise TimeoutError


@pytest.fixture(scope="session")
def localstripe(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = free_port()
    command = (
        f"{sys.executable} -m gunicorn localstripe.server:app --workers 1 "
        f"--no-control-socket --worker-class aiohttp.GunicornWebWorker --bind 127.0.0.1:{port}"
    )
    folder = tmp_path_factory.mktemp("localstripe")
    with served(command.split(), port, folder, TMPDIR=str(folder)) as url:
        yield url


@pytest.fixture(scope="session")
def stateful_mock() -> Iterator[str]:
    node, _ = installed(STATEFUL_MOCK)
    port = free_port()
    command = [node, "-e", SERVE_MOCK.format(port=port)]
    with served(command, port, CACHE, LOG_LEVEL="silent") as url:
        yield url
