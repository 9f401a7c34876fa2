"""Answers that are written while they are sent, by whoever has only a part of them at a time."""

import asyncio
from collections.abc import AsyncIterator, Mapping

from litestar.response.streaming import ASGIStreamingResponse
from litestar.types import Receive, Send


class Streamed(ASGIStreamingResponse):
    """Ends with what it streams, or as soon as nobody listens any more."""

    def __init__(
        self, parts: AsyncIterator[bytes], *, media_type: str, headers: Mapping[str, str]
    ) -> None:
        super().__init__(
            iterator=parts, media_type=media_type, headers=dict(headers), status_code=200
        )
        self._parts = parts

    async def send_body(self, send: Send, receive: Receive) -> None:
        """Raises what listening raises of a client that is gone, or what there is to stream."""
        listening = asyncio.create_task(_until_gone(receive))
        try:
            async for part in self._parts:
                if listening.done():
                    return listening.result()
                await send({"type": "http.response.body", "body": part, "more_body": True})
        finally:
            listening.cancel()
            await asyncio.wait({listening})
            if not listening.cancelled():
                listening.exception()  # that nobody listens any more is no news by now
        await send({"type": "http.response.body", "body": b"", "more_body": False})
        return None


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
