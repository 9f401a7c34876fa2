"""What waits to be sent over one socket: so much and no more."""

from asyncio import Event
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import attrs

from entrypoints.realtime.closing import TOO_SLOW, Closing

Send = Callable[[dict[str, Any]], Awaitable[None]]


@attrs.define(eq=False)
class Outbox:
    """Whoever takes messages more slowly than they come is told so instead of being waited for.

    Nothing that was put in after that is sent: a gap would be worse than a new beginning.
    """

    most: int
    closing: Closing | None = attrs.field(default=None, init=False)
    _waiting: deque[str] = attrs.field(factory=deque, init=False)
    _changed: Event = attrs.field(factory=Event, init=False)
    _closed: Event = attrs.field(factory=Event, init=False)
    _spacious: Event = attrs.field(factory=Event, init=False)

    @property
    def waiting(self) -> Sequence[str]:
        return tuple(self._waiting)

    def put(self, text: str) -> None:
        if self.closing is not None:
            return
        if len(self._waiting) >= self.most:
            self._waiting.clear()
            self.close(TOO_SLOW)
            return
        self._waiting.append(text)
        self._changed.set()

    def close(self, closing: Closing) -> None:
        """What waits is sent before; the first reason counts."""
        self.closing = self.closing or closing
        for event in (self._changed, self._spacious, self._closed):
            event.set()

    async def closed(self) -> None:
        """Until somebody closes it."""
        await self._closed.wait()

    async def spacious(self) -> None:
        """Until half of it is free, for those who can wait, or it is closed."""
        while self.closing is None and len(self._waiting) > self.most // 2:
            self._spacious.clear()
            await self._spacious.wait()

    async def deliver(self, send: Send) -> None:
        """Sends one after the other, until it is closed and empty."""
        while True:
            while self._waiting:
                await send({"type": "websocket.send", "text": self._waiting.popleft()})
                self._spacious.set()
            if self.closing is not None:
                return
            self._changed.clear()
            await self._changed.wait()
