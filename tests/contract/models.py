"""A stand-in for an endpoint that speaks as OpenAI's chat completions do, on a port of its own."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from typing import Any

import attrs
import msgspec


@attrs.define
class StandIn:
    """Answers what it is told to, and remembers what it was asked."""

    status: int = 200
    body: bytes = b""
    waits: float = 0
    hangs_up: bool = False
    trickles: bool = False
    url: str = ""
    asked: list[Any] = attrs.field(factory=list)
    keys: list[str] = attrs.field(factory=list)
    serving: set[asyncio.Task[None]] = attrs.field(factory=set)

    def says(self, *sentiments: float, summary: str = "About a room") -> None:
        heard = {
            "sentiments": [
                {"line": line, "sentiment": one} for line, one in enumerate(sentiments, 1)
            ],
            "summary": summary,
        }
        self.says_plainly(msgspec.json.encode(heard).decode())

    def says_plainly(self, content: str) -> None:
        choice = {"index": 0, "message": {"role": "assistant", "content": content}}
        self.body = msgspec.json.encode({"id": "x", "choices": [choice]})

    def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serve(reader, writer))
        self.serving.add(task)
        task.add_done_callback(self.serving.discard)

    async def stop(self) -> None:
        """Whoever still waits for an answer gets none."""
        for task in (*self.serving,):
            task.cancel()
        await asyncio.gather(*self.serving, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with closing(writer), suppress(ConnectionError, asyncio.IncompleteReadError):
            while not self.hangs_up:
                await self._serve_one(reader, writer)
            await self._read(reader)

    async def _serve_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self._read(reader)
        await asyncio.sleep(self.waits)
        await self._answer(writer)

    async def _read(self, reader: asyncio.StreamReader) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        fields = dict(
            line.split(": ", 1) for line in head.decode().split("\r\n")[1:] if ": " in line
        )
        headers = {name.lower(): value for name, value in fields.items()}
        asked = await reader.readexactly(int(headers["content-length"]))
        self.asked.append(msgspec.json.decode(asked))
        self.keys.append(headers.get("authorization", ""))

    async def _answer(self, writer: asyncio.StreamWriter) -> None:
        start = f"HTTP/1.1 {self.status} OK\r\nContent-Length: {len(self.body)}\r\n\r\n"
        writer.write(start.encode())
        if not self.trickles:
            writer.write(self.body)
            return
        for byte in self.body:
            if writer.is_closing():
                return
            writer.write(bytes([byte]))
            await asyncio.sleep(0.02)


@asynccontextmanager
async def stand_in() -> AsyncIterator[StandIn]:
    model = StandIn()
    server = await asyncio.start_server(model.serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    model.url = f"http://127.0.0.1:{port}/v1"
    try:
        yield model
    finally:
        server.close()
        await model.stop()
