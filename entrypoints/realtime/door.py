"""Who may open a socket, and what it carries until it is closed."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs, urlsplit

import attrs

from application.identity.redeem_ticket import Admission, RedeemTicket
from application.kernel.ports import UseCase
from application.kernel.refusals import TEMPORARY
from domain.identity.api_keys import ApiKeyNotFound, Unauthenticated
from domain.identity.tickets import TicketRefused
from domain.kernel.refusals import Forbidden
from entrypoints.realtime.closing import TICKET_REFUSED, TOO_MANY_SOCKETS, TRY_LATER, Closing
from entrypoints.realtime.conversation import Conversation, UseCases
from entrypoints.realtime.hub import Hub, Socket

logger = logging.getLogger(__name__)

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

PATH = "/v1/realtime"
PROTOCOL = "frontdesk.v1"
LAST_WORDS = 5.0  # seconds for what is still to be sent when a socket is closed


@attrs.frozen(kw_only=True)
class Door:
    """`origins` are pages that may open sockets, beside those of this server's own address.

    Browsers always say which page it is; what is no browser says nothing, and has a ticket.
    """

    hub: Hub
    redeem_ticket: UseCase[RedeemTicket, Admission]
    use_cases: UseCases
    origins: frozenset[str]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()  # the wish to connect
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        if scope["path"] != PATH or not self._is_from_here(headers):
            await send({"type": "websocket.close", "code": 1008})  # answers 403
            return
        offered = [name.strip() for name in headers.get(b"sec-websocket-protocol", "").split(",")]
        spoken = PROTOCOL if PROTOCOL in offered else None
        await send({"type": "websocket.accept", "subprotocol": spoken})
        admitted = await self._admitted(_ticket(scope, offered))
        if isinstance(admitted, Closing):
            await _close(admitted, send)
            return
        socket = await self.hub.join(admitted)
        try:
            await self._serve(socket, receive, send)
        finally:
            self.hub.part(socket)

    def _is_from_here(self, headers: Mapping[bytes, str]) -> bool:
        origin = headers.get(b"origin")
        if origin is None or origin in self.origins:
            return True
        return urlsplit(origin).netloc == headers.get(b"host")

    async def _admitted(self, ticket: str) -> Admission | Closing:
        try:
            admission = await self.redeem_ticket(RedeemTicket(secret=ticket))
        except (TicketRefused, Unauthenticated, ApiKeyNotFound, Forbidden):
            return TICKET_REFUSED
        except TEMPORARY:
            return TRY_LATER
        return TOO_MANY_SOCKETS if self.hub.is_full_for(admission) else admission

    async def _serve(self, socket: Socket, receive: Receive, send: Send) -> None:
        """Until either side has had enough."""
        conversation = Conversation(
            socket=socket,
            use_cases=self.use_cases,
            limits=self.hub.limits,
            seconds=self.hub.seconds,
        )
        conversation.begin()
        hearing = asyncio.create_task(_hear(conversation, receive))
        telling = asyncio.create_task(socket.outbox.deliver(send))
        closed = asyncio.create_task(socket.outbox.closed())
        tasks = (hearing, telling, closed)
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            if not hearing.done():
                await asyncio.wait({telling}, timeout=LAST_WORDS)
        finally:
            # Granian sends no close while somebody waits to receive.
            for task in tasks:
                task.cancel()
            heard, told, _ = await asyncio.gather(*tasks, return_exceptions=True)
        if isinstance(heard, Exception):
            logger.error("a socket failed", exc_info=heard)
        if socket.outbox.closing is not None and told is None:
            await _close(socket.outbox.closing, send)


async def _close(closing: Closing, send: Send) -> None:
    """Unless somebody does not listen any more, who is then simply left."""
    message = {"type": "websocket.close", "code": closing.code, "reason": closing.reason}
    with suppress(Exception):
        async with asyncio.timeout(LAST_WORDS):
            await send(message)


async def _hear(conversation: Conversation, receive: Receive) -> None:
    while True:
        message = await receive()
        if message["type"] == "websocket.disconnect":
            return
        text = message.get("text")
        await conversation.hear(text if text is not None else _decoded(message.get("bytes")))


def _decoded(binary: bytes | None) -> str:
    return (binary or b"").decode(errors="replace")


def _ticket(scope: Scope, offered: list[str]) -> str:
    """From the query, or from among the protocols, which addresses do not show."""
    query = parse_qs(scope["query_string"].decode("latin-1"))
    shown = [*query.get("ticket", ()), *(name for name in offered if name not in {"", PROTOCOL})]
    return shown[0] if len(shown) == 1 else ""
