"""What happens to every request, found or not: an id, a log line, HEAD, and no unhandled error."""

import logging
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import attrs

from application.kernel.ports import NewId
from entrypoints.http.context import begin_request

logger = logging.getLogger("frontdesk.access")

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
AsgiApp = Callable[[Any, Any, Any], Awaitable[None]]

HEADER = b"x-request-id"
SHAPE = re.compile(rb"[A-Za-z0-9._-]{1,64}")

ALWAYS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-store"),
)


@attrs.frozen(kw_only=True)
class FrontDoor:
    app: AsgiApp
    new_id: NewId
    seconds: Callable[[], float]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        id = self._id(scope)
        begin_request(id)
        answer = Outgoing(send=send, id=id.encode(), bodiless=scope["method"] == "HEAD")
        if answer.bodiless:
            scope["method"] = "GET"
        began = self.seconds()
        await self.app(scope, receive, answer)
        if logger.isEnabledFor(logging.INFO):
            method = "HEAD" if answer.bodiless else scope["method"]
            # The template, not the path: identifiers and queries may be personal.
            logger.info(
                "%s %s %s in %.1f ms (%s)",
                method,
                scope.get("path_template") or "no route",
                answer.status,
                (self.seconds() - began) * 1000,
                id,
            )

    def _id(self, scope: Scope) -> str:
        given = next((value for name, value in scope["headers"] if name == HEADER), b"")
        return given.decode() if SHAPE.fullmatch(given) else str(self.new_id())


@attrs.define(kw_only=True)
class Outgoing:
    """Passes the answer on, with the id and the headers every answer has."""

    send: Send
    id: bytes
    bodiless: bool
    status: int = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            given = {name.lower() for name, _ in message["headers"]}
            added = [header for header in ALWAYS if header[0] not in given]
            message["headers"] = [*message["headers"], (HEADER, self.id), *added]
        elif self.bodiless and message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await self.send(message)
