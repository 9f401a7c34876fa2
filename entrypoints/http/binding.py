"""One application: routes that all share, and what they use in this one."""

from collections.abc import Awaitable, Callable, Mapping
from contextvars import ContextVar
from typing import Any

import attrs

from entrypoints.http.asgi import AsgiApp, Receive, Scope, Send
from entrypoints.http.denied import Denying
from entrypoints.http.security import Guard
from entrypoints.http.strictness import Strictness


@attrs.frozen(kw_only=True)
class Used:
    """`values` are given to handlers that have a parameter of that name."""

    values: Mapping[str, Any]
    guard: Guard
    strictness: Strictness
    denying: Denying


@attrs.frozen(kw_only=True)
class Bound:
    """`closing` is awaited in its order when the server stops."""

    routes: AsgiApp
    used: Used
    closing: tuple[Callable[[], Awaitable[None]], ...]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        _used.set(self.used)
        await self.routes(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        for close in self.closing:
            await close()
        await send({"type": "lifespan.shutdown.complete"})


_used: ContextVar[Used] = ContextVar("used")


def used() -> Used:
    """What the application that was asked uses, wherever in its routes that is."""
    return _used.get()
