"""Trouble on the way to a provider: between us and whoever answers, on this machine."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from enum import Enum
from urllib.parse import urlsplit

import attrs


class Trouble(Enum):
    """What happens to one request. `DROPPED` is forwarded, and the answer is lost."""

    DROPPED = "dropped"
    REFUSED = "refused"
    TWICE = "twice"
    LATE = "late"
    CONFLICT = "409 Conflict"
    TOO_MANY = "429 Too Many Requests"
    BROKEN = "500 Internal Server Error"
    NONSENSE = "200 OK"


@attrs.define
class FaultProxy:
    """`troubles` befall the next requests, one each; those after them go well."""

    upstream: str
    troubles: list[Trouble] = attrs.field(factory=list)
    forwarded: list[bytes] = attrs.field(factory=list)
    late: float = 0.5
    url: str = ""
    _serving: "set[asyncio.Task[None]]" = attrs.field(factory=set, init=False)

    def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serve(reader, writer))
        self._serving.add(task)
        task.add_done_callback(self._serving.discard)

    async def finish(self) -> None:
        """Whoever has hung up is answered all the same."""
        await asyncio.gather(*self._serving)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            async with _closing(writer):
                request = await _message(reader)
                trouble = self.troubles.pop(0) if self.troubles else None
                writer.write(await self._answer(request, trouble))
                await writer.drain()

    async def _answer(self, request: bytes, trouble: Trouble | None) -> bytes:
        match trouble:
            case Trouble.REFUSED:
                return b""
            case Trouble.CONFLICT | Trouble.TOO_MANY | Trouble.BROKEN:
                return _said(trouble.value, b'{"error": {"type": "api_error"}}')
            case Trouble.NONSENSE:
                return _said(trouble.value, b"<html>a captive portal</html>")
            case Trouble.LATE:
                await asyncio.sleep(self.late)
            case Trouble.TWICE:
                await self._forward(request)
            case _:
                pass
        answer = await self._forward(request)
        return b"" if trouble is Trouble.DROPPED else answer

    async def _forward(self, request: bytes) -> bytes:
        self.forwarded.append(request)
        parts = urlsplit(self.upstream)
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        head, _, body = request.partition(b"\r\n\r\n")
        lines = [
            line for line in head.split(b"\r\n") if not line.lower().startswith(b"connection")
        ]
        async with _closing(writer):
            writer.write(b"\r\n".join([*lines, b"Connection: close"]) + b"\r\n\r\n" + body)
            return await reader.read()


@asynccontextmanager
async def fault_proxy(upstream: str) -> AsyncIterator[FaultProxy]:
    proxy = FaultProxy(upstream)
    server = await asyncio.start_server(proxy.serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    proxy.url = f"http://127.0.0.1:{port}"
    try:
        yield proxy
    finally:
        server.close()
        await server.wait_closed()
        await proxy.finish()


@asynccontextmanager
async def _closing(writer: asyncio.StreamWriter) -> AsyncIterator[None]:
    """Quietly, if the other side has gone."""
    try:
        yield
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


async def _message(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    lengths = [
        int(line.partition(b":")[2])
        for line in head.split(b"\r\n")
        if line.lower().startswith(b"content-length")
    ]
    return head + await reader.readexactly(lengths[0] if lengths else 0)


def _said(status: str, body: bytes) -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    return head.encode() + body
