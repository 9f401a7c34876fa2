"""Many sockets that listen, in a process of its own: `python -m benchmarks.listeners < task`.

Bare sockets and as little work as possible, because the listeners share the machine with what
they measure. Says `ready` when all are in the room; then, for each event, when each heard of it.
"""

import asyncio
import json
import sys
import time
from typing import Any

import attrs
import uvloop

HEAD = (
    "GET /v1/realtime?ticket={ticket} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\n"
    "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
)
IN_THE_ROOM = b'"type":"subscribed"'


@attrs.frozen(kw_only=True)
class Task:
    port: int
    tickets: list[str]
    room: str
    events: int
    name: str

    @property
    def heard(self) -> bytes:
        return b'"name":"%b"' % self.name.encode()


@attrs.define
class Hall:
    """`moments` are those of all listeners, event by event, in seconds since the epoch."""

    listeners: int
    events: int
    entered: asyncio.Event = attrs.field(factory=asyncio.Event)
    over: asyncio.Event = attrs.field(factory=asyncio.Event)
    inside: int = 0
    moments: list[list[float]] = attrs.field(factory=list)

    def enter(self) -> None:
        self.inside += 1
        if self.inside == self.listeners:
            self.entered.set()

    def hear(self, number: int) -> None:
        while len(self.moments) <= number:
            self.moments.append([])
        self.moments[number].append(time.time())
        if sum(map(len, self.moments[-1:])) == self.listeners and number + 1 == self.events:
            self.over.set()


class Listener(asyncio.Protocol):
    def __init__(self, task: Task, ticket: str, hall: Hall) -> None:
        self.task, self.ticket, self.hall = task, ticket, hall
        self.asked, self.inside, self.heard = False, False, 0
        self.rest = b""

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        transport.write(HEAD.format(ticket=self.ticket).encode())

    def data_received(self, data: bytes) -> None:
        if not self.asked:
            self.asked = True
            said = {"type": "subscribe", "rooms": [self.task.room]}
            self.transport.write(frame(json.dumps(said).encode()))
        if not self.inside and IN_THE_ROOM in data:
            self.inside = True
            self.hall.enter()
        data, heard = self.rest + data, self.task.heard
        self.rest = data.rpartition(heard)[2][1 - len(heard) :]
        for _ in range(data.count(heard)):
            self.hall.hear(self.heard)
            self.heard += 1


def frame(text: bytes) -> bytes:
    """Masked, as clients have to; the mask is zero, which masks nothing."""
    if len(text) >= 126:
        raise ValueError("too long for one byte of length")
    return bytes([0x81, 0x80 | len(text)]) + bytes(4) + text


async def listen(task: Task) -> None:
    hall = Hall(listeners=len(task.tickets), events=task.events)
    loop = asyncio.get_running_loop()
    for ticket in task.tickets:
        await loop.create_connection(
            lambda ticket=ticket: Listener(task, ticket, hall),  # type: ignore[misc]
            "127.0.0.1",
            task.port,
        )
    async with asyncio.timeout(60):
        await hall.entered.wait()
    print("ready", flush=True)
    async with asyncio.timeout(120):
        await hall.over.wait()
    print(json.dumps(hall.moments), flush=True)


def main() -> None:
    task = Task(**json.loads(sys.stdin.readline()))
    uvloop.run(listen(task))


if __name__ == "__main__":
    main()
