"""What happens to every request, found or not: an id, a log line, HEAD, and no unhandled error."""

import logging
import re
from collections.abc import Callable

import attrs
from litestar.status_codes import HTTP_503_SERVICE_UNAVAILABLE

from application.kernel.once import Answer
from application.kernel.ports import NewId
from application.kernel.tracing import Serving, at_hand
from domain.kernel.refusals import Refusal
from entrypoints.http.asgi import AsgiApp, Message, Receive, Scope, Send
from entrypoints.http.client_address import Proxies
from entrypoints.http.context import begin_request
from entrypoints.http.cross_origin import CrossOrigin
from entrypoints.http.deprecation import deprecation_of
from entrypoints.http.failures import forsaken, note
from entrypoints.http.problems import MEDIA_TYPE, refused
from entrypoints.http.rate_limiting import headers_of
from entrypoints.http.refusals import InternalError
from entrypoints.http.security_headers import ALWAYS, Headers
from entrypoints.http.trace_headers import trace_of
from entrypoints.http.unread import Gone, Incoming
from entrypoints.wiring.at_work import at_work_on

access = logging.getLogger("frontdesk.access")

HEADER = b"x-request-id"
NO_ROUTE = "no route"
TRACE = b"traceresponse"
SHAPE = re.compile(rb"[A-Za-z0-9._-]{1,64}")


@attrs.frozen(kw_only=True)
class FrontDoor:
    app: AsgiApp
    new_id: NewId
    seconds: Callable[[], float]
    serving: Serving
    headers: Headers = ALWAYS
    cross_origin: CrossOrigin = attrs.field(factory=CrossOrigin)
    proxies: Proxies = attrs.field(factory=Proxies)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        id = self._id(scope)
        begin_request(id, client=self.proxies.client_of(scope))
        method, began = scope["method"], self.seconds()
        span = self.serving(trace_of(scope["headers"]))
        trace = span.trace
        at_work_on(request_id=id, trace_id=trace.trace_id, span_id=trace.span_id)
        if method == "HEAD":
            scope["method"] = "GET"
        incoming = Incoming.of(scope, receive)
        answer = Outgoing(
            send=send,
            incoming=incoming,
            asked=scope,
            id=id.encode(),
            trace=str(trace).encode(),
            bodiless=method == "HEAD",
            headers=self.headers,
            cross_origin=self.cross_origin,
        )
        try:
            with at_hand(trace):
                await self._answer(scope, incoming, answer)
        finally:
            route = scope.get("path_template") or NO_ROUTE
            span.end(method=method, route=route, status=answer.status)
            if access.isEnabledFor(logging.INFO):
                # The template, not the path: identifiers and queries may be personal.
                access.info(
                    "answered" if answer.status else "gone",
                    extra={
                        "method": method,
                        "route": route,
                        "status": answer.status,
                        "milliseconds": round((self.seconds() - began) * 1000, 1),
                    },
                )

    async def _answer(self, scope: Scope, receive: Incoming, answer: "Outgoing") -> None:
        try:
            await self.app(scope, receive, answer)
        except Gone:
            return
        except Refusal as refusal:
            note(refusal)
            if answer.status:
                raise  # as below
            await answer.whole(refused(refusal), MEDIA_TYPE)
        except Exception as error:
            forsaken(error, method=scope["method"], route=scope.get("path_template") or NO_ROUTE)
            if answer.status:
                raise  # the server breaks the connection, so that half an answer is seen as one
            await answer.whole(refused(InternalError()), MEDIA_TYPE)

    def _id(self, scope: Scope) -> str:
        given = next((value for name, value in scope["headers"] if name == HEADER), b"")
        return given.decode() if SHAPE.fullmatch(given) else str(self.new_id())


@attrs.define(kw_only=True)
class Outgoing:
    """Passes the answer on, with the id and the headers every answer has."""

    send: Send
    incoming: Incoming
    asked: Scope
    id: bytes
    trace: bytes
    bodiless: bool
    headers: Headers
    cross_origin: CrossOrigin
    status: int = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            # Who is overrun listens to nobody.
            if self.incoming.rest and self.status != HTTP_503_SERVICE_UNAVAILABLE:
                await self.incoming.hear_out()
            own = list(message["headers"])
            given = {name.lower() for name, _ in own}
            added = [header for header in self.headers if header[0] not in given]
            shared = self.cross_origin.headers(self.asked, own)
            old = deprecation_of(self.asked.get("route_handler"))
            shared += old.headers() if old else []
            limits = headers_of(self.asked)
            named = [(HEADER, self.id), (TRACE, self.trace)]
            message["headers"] = [*own, *named, *limits, *added, *shared]
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
