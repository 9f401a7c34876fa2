"""A served desk, and somebody who listens to it."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import attrs
import httpx
from dependency_injector import providers
from granian.constants import Interfaces
from granian.server.embed import Server
from websockets.asyncio.client import ClientConnection, connect

from application.identity.issue_api_key import IssueApiKey
from domain.identity.api_keys import Mode
from domain.kernel.actors import Actor, Permission
from entrypoints.http.app import create_app
from entrypoints.realtime.app import WithSockets
from entrypoints.realtime.hub import Hub
from entrypoints.wiring.ambient import utc_now
from entrypoints.wiring.container import Container
from entrypoints.wiring.settings import Settings
from tests.contract.desks import Desk
from tests.servers import at_the_desk, free_port, owner_of
from tests.worker.offices import Place, at_work

PATIENCE = 10.0

Message = dict[str, Any]


@attrs.frozen(kw_only=True)
class Client:
    """One socket, and all that has come over it."""

    socket: ClientConnection
    heard: list[Message] = attrs.field(factory=list)

    async def say(self, type: str, **members: Any) -> None:
        await self.socket.send(json.dumps({"type": type, **members}))

    async def next(self) -> Message:
        async with asyncio.timeout(PATIENCE):  # unlike wait_for, it never swallows being cancelled
            text = await self.socket.recv()
        message: Message = json.loads(text)
        self.heard.append(message)
        return message

    async def until(self, type: str, **members: Any) -> Message:
        """The next message like that; others are heard and passed over."""
        while True:
            message = await self.next()
            said = {**message, **message.get("data", {})}
            if message["type"] == type and members.items() <= said.items():
                return message

    async def subscribe(self, *rooms: Any, **members: Any) -> Message:
        await self.say("subscribe", rooms=[*map(str, rooms)], **members)
        return await self.until("subscribed")

    @property
    def events(self) -> list[str]:
        return [message["name"] for message in self.heard if message["type"] == "event"]

    @property
    def positions(self) -> list[int]:
        return [message["position"] for message in self.heard if message["type"] == "event"]


@attrs.frozen(kw_only=True)
class Served:
    """A process that serves, and is at work if it has a worker."""

    container: Container
    port: int
    application: WithSockets

    @property
    def hub(self) -> Hub:
        return self.application.door.hub

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    async def key(
        self, actor: Actor, scopes: frozenset[Permission] = frozenset(Permission)
    ) -> str:
        issued = await self.container.identity.issue_api_key()(
            IssueApiKey(actor=actor, name="test", mode=Mode.TEST, scopes=scopes, good_for=None)
        )
        return str(issued.secret)

    async def ticket(self, key: str) -> str:
        async with httpx.AsyncClient(base_url=f"http://{self.address}") as http:
            headers = {"Authorization": f"Bearer {key}"}
            answer = await http.post("/v1/realtime/tickets", headers=headers)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["ticket"])

    def url(self, ticket: str) -> str:
        return f"ws://{self.address}/v1/realtime?ticket={ticket}"

    @asynccontextmanager
    async def client(self, key: str) -> AsyncIterator[Client]:
        async with connect(self.url(await self.ticket(key))) as socket:
            client = Client(socket=socket)
            await client.until("welcome")
            yield client


def a_container(place: Place, **options: Any) -> Container:
    settings = Settings(
        database_url=at_the_desk(place.url),
        database_owner_url=owner_of(place.url),
        allow_unsafe_database=True,
        data_dir=place.folder,
        database_pool_size=4,
        http_port=free_port(),
        **options,
    )
    return Container(settings=settings, clock=providers.Object(utc_now))


@asynccontextmanager
async def serving(container: Container, *, with_worker: bool = True) -> AsyncIterator[Served]:
    """In the loop of the test, by the server that is used in production."""
    port = container.settings().http_port
    application = WithSockets.of(container, create_app(container))
    server = Server(application, port=port, interface=Interfaces.ASGI, log_enabled=False)
    running = asyncio.create_task(server.serve())
    await _listening(port)
    try:
        if with_worker:
            async with at_work(container):
                yield Served(container=container, port=port, application=application)
        else:
            yield Served(container=container, port=port, application=application)
    finally:
        await application.close()
        server.stop()  # type: ignore[no-untyped-call]
        await running
        await container.database().close()


async def _listening(port: int) -> None:
    for _ in range(500):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.01)
        else:
            writer.close()
            return


async def confirmed(desk: Desk, nights: Sequence[int]) -> None:
    for night in nights:
        await desk.confirm(await desk.hold(night))
