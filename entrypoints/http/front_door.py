"""What happens to every request, found or not: an id, a log line, HEAD, and no unhandled error."""

import logging
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import attrs

from application.kernel.once import Answer
from application.kernel.ports import NewId
from entrypoints.http.context import begin_request
from entrypoints.http.problems import MEDIA_TYPE, refused
from entrypoints.http.refusals import InternalError

access = logging.getLogger("frontdesk.access")
logger = logging.getLogger(__name__)

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
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
)


class Gone(BaseException):
    """The client hung up before its request was complete; nobody waits for an answer.

    Not an Exception, so that nothing on its way turns it into one.
    """


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
        method, began = scope["method"], self.seconds()
        if method == "HEAD":
            scope["method"] = "GET"
        answer = Outgoing(send=send, id=id.encode(), bodiless=method == "HEAD")
        await self._answer(scope, Incoming(receive), answer)
        if access.isEnabledFor(logging.INFO):
            # The template, not the path: identifiers and queries may be personal.
            access.info(
                "%s %s %s in %.1f ms (%s)",
                method,
                scope.get("path_template") or "no route",
                answer.status or "gone",
                (self.seconds() - began) * 1000,
                id,
            )

    async def _answer(self, scope: Scope, receive: "Incoming", answer: "Outgoing") -> None:
        try:
            await self.app(scope, receive, answer)
        except Gone:
            return
        except Exception:
            logger.exception("unexpected error outside of the routes")
            if answer.status:
                raise  # the server breaks the connection, so that half an answer is seen as one
            await answer.whole(refused(InternalError()), MEDIA_TYPE)

    def _id(self, scope: Scope) -> str:
        given = next((value for name, value in scope["headers"] if name == HEADER), b"")
        return given.decode() if SHAPE.fullmatch(given) else str(self.new_id())


@attrs.frozen
class Incoming:
    receive: Receive

    async def __call__(self) -> Message:
        message = await self.receive()
        if message["type"] == "http.disconnect":
            raise Gone
        return message


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

    async def whole(self, answer: Answer, media_type: str) -> None:
        """An answer that no framework sends for us."""
        headers = {
            "content-type": media_type,
            "content-length": str(len(answer.body)),
            **dict(answer.headers),
        }
        raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        await self({"type": "http.response.start", "status": answer.status, "headers": raw})
        await self({"type": "http.response.body", "body": answer.body})
