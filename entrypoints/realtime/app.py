"""Sockets beside an HTTP application, in one process and on one port."""

from collections.abc import Awaitable, Callable
from typing import Any, Protocol

import attrs

from application.kernel.told_figures import SOCKETS
from entrypoints.realtime.conversation import UseCases
from entrypoints.realtime.door import Door
from entrypoints.realtime.feed import Sources
from entrypoints.realtime.hub import Hub, Limits
from entrypoints.wiring.container import Container
from entrypoints.wiring.settings import Settings

AsgiApp = Callable[[Any, Any, Any], Awaitable[None]]

HEARTBEAT = 15.0
GRACE = 5.0


class Line(Protocol):
    """What brings news from other processes."""

    async def start(self) -> None: ...

    async def stop(self) -> None: ...


@attrs.frozen(kw_only=True)
class WithSockets:
    """What is no socket goes on to the HTTP application, and the hub lives as long as that."""

    http: AsgiApp
    door: Door
    line: Line

    @classmethod
    def of(cls, container: Container, http: AsgiApp) -> "WithSockets":
        inventory, settings = container.inventory, container.settings()
        figures = container.telemetry.figures()
        sources = Sources(
            events=container.event_feed(),
            views=inventory.live_views(),
            call_owners=container.calls.owners(),
            clock=container.clock(),
        )
        hub = Hub(
            sources=sources,
            heads=container.event_heads(),
            keys=container.identity.key_views(),
            admit_session=container.identity.admit_session(),
            seconds=container.seconds(),
            wait=container.news().numbered.waiter(),
            limits=_limits(settings),
            figures=figures,
        )
        container.telemetry.readings().add(lambda: figures.set(SOCKETS, hub.open))
        door = Door(
            hub=hub,
            redeem_ticket=container.identity.redeem_ticket(),
            use_cases=UseCases(
                announce_intent=inventory.announce_intent(),
                cancel_intent=inventory.cancel_intent(),
            ),
            origins=settings.realtime_origins,
        )
        return cls(http=http, door=door, line=container.line())

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "websocket":
            await self.door(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self.http(scope, self._living(receive), send)
        else:
            await self.http(scope, receive, send)

    async def close(self) -> None:
        """Every socket, with words about it; doing it twice does no harm."""
        await self.door.hub.stop()
        await self.line.stop()

    def _living(self, receive: Any) -> Any:
        async def live() -> Any:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await self.line.start()
                self.door.hub.start()
            else:
                await self.close()
            return message

        return live


def _limits(settings: Settings) -> Limits:
    return Limits(
        sockets_per_key=settings.realtime_sockets_per_key,
        sockets_per_member=settings.realtime_sockets_per_member,
        rooms=settings.realtime_rooms_per_socket,
        queue=settings.realtime_queue,
        message_bytes=settings.realtime_message_bytes,
        messages_per_second=settings.realtime_messages_per_second,
        silence=settings.realtime_silence_seconds,
        heartbeat=min(HEARTBEAT, settings.realtime_silence_seconds / 4),
        poll=settings.realtime_poll_milliseconds / 1000,
        grace=GRACE,
    )
