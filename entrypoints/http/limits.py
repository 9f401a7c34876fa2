"""How much one request may be, how long it may take, and how many there may be at once."""

from asyncio import get_running_loop, timeout

import attrs

from entrypoints.http.asgi import AsgiApp, Message, Receive, Scope, Send
from entrypoints.http.refusals import AddressTooLong, HeadersTooLarge, Overloaded, TookTooLong

LONGEST_ADDRESS = 8192
MOST_HEADERS = 100
LARGEST_HEADERS = 32_768  # bytes, of all names and values together

# Whoever supervises the process must not take a busy one for a dead one.
ALWAYS_ANSWERED = "/livez"
AT_ONCE = 0.0


@attrs.define(kw_only=True)
class Limits:
    """Raises what is refused. A request that ran out of time is cancelled where it waits."""

    app: AsgiApp
    seconds: float
    at_once: int
    _running: int = attrs.field(default=0, init=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        _must_be_short(scope)
        if self._running >= self.at_once and scope["path"] != ALWAYS_ANSWERED:
            raise Overloaded
        self._running += 1
        try:
            await self._in_time(scope, receive, send)
        finally:
            self._running -= 1

    async def _in_time(self, scope: Scope, receive: Receive, send: Send) -> None:
        limit, later = timeout(None), get_running_loop().call_later
        ending = later(self.seconds, limit.reschedule, AT_ONCE)

        async def send_on(message: Message) -> None:
            nonlocal ending
            await send(message)
            if message.get("more_body"):  # as long as an answer goes on, it has not stopped
                ending.cancel()
                ending = later(self.seconds, limit.reschedule, AT_ONCE)

        try:
            async with limit:
                await self.app(scope, receive, send_on)
        except TimeoutError:
            if limit.expired():
                raise TookTooLong from None
            raise
        finally:
            ending.cancel()


def _must_be_short(scope: Scope) -> None:
    if len(scope["raw_path"] or b"") + len(scope["query_string"]) > LONGEST_ADDRESS:
        raise AddressTooLong
    headers = scope["headers"]
    if (
        len(headers) > MOST_HEADERS
        or sum(len(name) + len(value) for name, value in headers) > LARGEST_HEADERS
    ):
        raise HeadersTooLarge
