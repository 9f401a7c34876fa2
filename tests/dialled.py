"""What this process dials, and what is heard of it at every address it has for itself."""

import asyncio
import socket
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import attrs

HERE = ("127.0.0.1", "127.0.0.2", "127.255.255.254", "::1")


@attrs.frozen
class Ear:
    """A real listener; `heard` are the addresses at which a connection came in."""

    port: int
    heard: list[str]


@asynccontextmanager
async def listening() -> AsyncIterator[Ear]:
    """At one port of every address of this machine that leads nowhere else."""
    heard, servers = list[str](), list[asyncio.Server]()

    async def hear(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(writer.get_extra_info("sockname")[0])
        writer.close()

    port = 0
    try:
        for address in HERE:
            servers.append(await asyncio.start_server(hear, address, port))
            port = servers[0].sockets[0].getsockname()[1]
        yield Ear(port, heard)
        await asyncio.sleep(0)  # who has dialled is heard by now
    finally:
        for server in servers:
            server.close()
            await server.wait_closed()


_watching: list[list[str]] = []


def _hear(event: str, given: tuple[Any, ...]) -> None:
    if event == "socket.connect" and _watching and given[0].family != socket.AF_UNIX:
        for dialled in _watching:
            dialled.append(str(given[1][0]))


sys.addaudithook(_hear)


@contextmanager
def watched() -> Iterator[list[str]]:
    """Every address that a socket of this process is told to connect to meanwhile."""
    dialled = list[str]()
    _watching.append(dialled)
    try:
        yield dialled
    finally:
        _watching.remove(dialled)
