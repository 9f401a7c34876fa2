"""Servers and clients, each in processes of their own."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

import attrs

from benchmarks.load import Task
from benchmarks.measuring import Figures
from tests.servers import at_the_desk, free_port

PATIENCE, BETWEEN_LOOKS = 30.0, 0.05  # seconds
SERVE = ("-m", "entrypoints.cli.main", "serve")


class NotMeasured(Exception):
    """Something answered otherwise than it should, so its speed says nothing."""


@attrs.frozen(kw_only=True)
class Crowd:
    """What a crowd of clients was told."""

    figures: Figures
    outcomes: Mapping[str, int]


@asynccontextmanager
async def served(
    url: str, *, processes: int, module: Sequence[str] | None = None
) -> AsyncIterator[int]:
    """Yields the port at which so many processes serve the database."""
    port = free_port()
    options = {**options_of(url, port), "FRONTDESK_HTTP_PROCESSES": str(processes)}
    async with running([sys.executable, *(module or SERVE)], options, port):
        yield port


def options_of(url: str, port: int) -> Mapping[str, str]:
    """Of a program that serves the database there, and says next to nothing."""
    return {
        "FRONTDESK_DATABASE_URL": at_the_desk(url),
        "FRONTDESK_HTTP_PORT": str(port),
        "FRONTDESK_LOG_LEVEL": "ERROR",
    }


@asynccontextmanager
async def running(
    command: Sequence[str], options: Mapping[str, str], port: int
) -> AsyncIterator[int]:
    """Yields the group of its processes."""
    server = await asyncio.create_subprocess_exec(
        *command, env={**os.environ, **options}, start_new_session=True
    )
    try:
        async with asyncio.timeout(PATIENCE):
            await _listening(port, server)
        yield server.pid
    finally:
        if server.returncode is None:
            os.killpg(server.pid, signal.SIGTERM)
        try:
            async with asyncio.timeout(PATIENCE):
                await server.wait()
        except TimeoutError:
            os.killpg(server.pid, signal.SIGKILL)


async def _listening(port: int, server: asyncio.subprocess.Process) -> None:
    while True:
        if server.returncode is not None:
            raise NotMeasured(f"the server ended with {server.returncode}")
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(BETWEEN_LOOKS)
        else:
            writer.close()
            return


async def crowd(task: Task) -> Crowd:
    clients = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "benchmarks.load",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await clients.communicate(json.dumps(attrs.asdict(task)).encode())
    if clients.returncode:
        raise NotMeasured("the clients failed")
    told = json.loads(output)
    return Crowd(figures=Figures.of(told["seconds"], told["latencies"]), outcomes=told["outcomes"])


async def all_answered(task: Task, status: str) -> Figures:
    """Raises NotMeasured if any answer had another status."""
    told = await crowd(task)
    if set(told.outcomes) != {status}:
        raise NotMeasured(f"not all was answered with {status}: {dict(told.outcomes)}")
    return told.figures
