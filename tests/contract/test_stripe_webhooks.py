"""Webhooks as somebody else signs them are believed, and only with the right secret."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timezone
from typing import Any
from uuid import uuid4

import attrs
import httpx
import pytest

from adapters.signing.signatures import SignedNotifications
from adapters.stripe.reading import event_in
from application.kernel.secrets import Secret
from application.payments.gateway import BadSignature
from tests.contract.payment_accounts import AtLocalstripe, gateway_at
from tests.unit.test_simulator import ask

pytestmark = pytest.mark.anyio

SECRET = Secret("whsec_test")
PATIENCE = 10  # seconds; they are sent one second after what they tell of


@attrs.define
class Receiver:
    url: str = ""
    sent: "asyncio.Queue[tuple[str, bytes]]" = attrs.field(factory=asyncio.Queue)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        lines = head.split("\r\n")[1:-2]
        headers = {
            name.lower(): value for name, _, value in (line.partition(": ") for line in lines)
        }
        body = await reader.readexactly(int(headers["content-length"]))
        self.sent.put_nowait((headers["stripe-signature"], body))
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()
        await writer.wait_closed()


@pytest.fixture
async def receiver(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    localstripe: str,
) -> AsyncIterator[Receiver]:
    receiver = Receiver()
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    told: Any = {"url": url, "secret": SECRET.value}
    async with httpx.AsyncClient(base_url=localstripe) as http:
        await http.post("/_config/webhooks/tests", json=told)
    yield receiver
    server.close()
    await server.wait_closed()


async def test_what_another_program_signs_is_believed(
    receiver: Receiver, localstripe: str
) -> None:
    async with gateway_at(localstripe) as gateway:
        account = AtLocalstripe(localstripe, gateway)
        payment = await gateway.start(ask(), key=str(uuid4()))
        await account.pays(payment, "success")
    now = datetime.now(timezone.utc)
    found = None
    while found is None:
        async with asyncio.timeout(PATIENCE):
            signature, body = await receiver.sent.get()
        known = SignedNotifications(secrets=lambda: [SECRET], read=event_in)
        event = known.event_of(body, signature, now=now)
        found = event if event.reference == payment.reference else None
        stranger = SignedNotifications(secrets=lambda: [Secret("whsec_other")], read=event_in)
        with pytest.raises(BadSignature):
            stranger.event_of(body, signature, now=now)

    assert found.type == "payment_intent.succeeded"
