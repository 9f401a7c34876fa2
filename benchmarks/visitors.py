"""People who look around at a desk, and now and then book: `python -m benchmarks.visitors < task`.

Each has a connection of their own, and a socket on which they hear what happens to one room. They
come when they come, whatever becomes of others: how long a request took counts from when it was
due.
"""

import asyncio
import json
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

import attrs
import uvloop

from benchmarks.listeners import HEAD, IN_THE_ROOM, frame

Answer = tuple[int, Any]
Socket = tuple[asyncio.StreamReader, asyncio.StreamWriter]
SAID_AT_ONCE = 2**20  # bytes


@attrs.frozen(kw_only=True)
class Task:
    """`looks` are addresses by what is looked at; `requests` are what people want to book."""

    port: int
    token: str
    users: int
    seconds: float
    looks_per_second: float
    bookings_per_second: float
    looks: Mapping[str, Sequence[str]]
    requests: Sequence[Mapping[str, Any]]
    rooms: Sequence[str]


@attrs.define
class Told:
    """`latencies` are in seconds, by what was asked for; `late` is how late a visitor began."""

    latencies: dict[str, list[float]] = attrs.field(factory=lambda: defaultdict(list))
    outcomes: Counter[str] = attrs.field(factory=Counter)
    heard: int = 0
    seconds: float = 0.0


async def connected(task: Task) -> Socket:
    return await asyncio.open_connection("127.0.0.1", task.port, limit=SAID_AT_ONCE)


@attrs.define
class Visitor:
    """With a connection that is kept, and opened again when the server has tired of it."""

    task: Task
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    @classmethod
    async def at(cls, task: Task) -> "Visitor":
        return cls(task, *await connected(task))

    async def ask(self, method: str, path: str, body: Any = None, more: str = "") -> Answer:
        sent = b"" if body is None else json.dumps(body).encode()
        key = "" if method == "GET" else f"Idempotency-Key: {uuid4().hex}\r\n"
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            f"Authorization: Bearer {self.task.token}\r\nContent-Length: {len(sent)}\r\n"
        )
        request = f"{head}{key}{more}\r\n".encode() + sent
        try:
            return await self._asked(request)
        except (asyncio.IncompleteReadError, ConnectionError):
            self.reader, self.writer = await connected(self.task)
            return await self._asked(request)

    async def _asked(self, request: bytes) -> Answer:
        self.writer.write(request)
        head = (await self.reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.partition(b"content-length:")[2].split(b"\r\n", 1)[0])
        return int(head[9:12]), json.loads(await self.reader.readexactly(length) or b"null")

    async def listen(self, room: str) -> Socket:
        """Once it is in the room. Whoever lets go of the socket has closed it."""
        _, ticket = await self.ask("POST", "/v1/realtime/tickets")
        reader, writer = await connected(self.task)
        writer.write(HEAD.format(ticket=ticket["ticket"]).encode())
        await reader.readuntil(b"\r\n\r\n")
        writer.write(frame(json.dumps({"type": "subscribe", "rooms": [room]}).encode()))
        await reader.readuntil(IN_THE_ROOM)
        return reader, writer


@attrs.frozen
class House:
    """Whoever is free takes the next thing that somebody wants."""

    task: Task
    told: Told
    free: "asyncio.Queue[Visitor]"
    booked: list[str]
    chance: random.Random

    async def look(self, due: float) -> None:
        what = self.chance.choice(
            [*self.task.looks, "booking"] if self.booked else [*self.task.looks]
        )
        path = (
            f"/v1/bookings/{self.chance.choice(self.booked)}"
            if what == "booking"
            else self.chance.choice(self.task.looks[what])
        )
        visitor = await self.free.get()
        self._note(what, due, await visitor.ask("GET", path))
        self.free.put_nowait(visitor)

    async def book(self, due: float) -> None:
        visitor = await self.free.get()
        quoted = await visitor.ask("POST", "/v1/quotes", self.chance.choice(self.task.requests))
        now = self._note("quote", due, quoted)
        held = await visitor.ask("POST", "/v1/holds", {"quote_id": quoted[1].get("id")})
        now = self._note("hold", now, held)
        path = f"/v1/bookings/{held[1].get('id')}/confirm"
        self._note("confirm", now, await visitor.ask("POST", path, None, 'If-Match: "1"\r\n'))
        self.booked.append(held[1].get("id", ""))
        self.free.put_nowait(visitor)

    def _note(self, what: str, since: float, answer: Answer) -> float:
        now = time.perf_counter()
        self.told.latencies[what].append(now - since)
        self.told.outcomes[f"{what} {answer[0]}"] += 1
        return now

    async def hear(self, socket: Socket) -> None:
        reader, _ = socket
        while said := await reader.read(SAID_AT_ONCE):
            self.told.heard += said.count(b'"name"')


def moments(chance: random.Random, rate: float, seconds: float) -> Sequence[float]:
    """When somebody comes, if nobody knows of anybody else."""
    found, moment = list[float](), chance.expovariate(rate)
    while moment < seconds:
        found.append(moment)
        moment += chance.expovariate(rate)
    return found


async def carry_out(task: Task) -> Told:
    told, chance = Told(), random.Random(20_000)
    house = House(task, told, asyncio.Queue(), [], chance)
    listening = []
    for number in range(task.users):
        visitor = await Visitor.at(task)
        socket = await visitor.listen(task.rooms[number % len(task.rooms)])
        listening.append(asyncio.create_task(house.hear(socket)))
        house.free.put_nowait(visitor)
    print("ready", flush=True)
    begun = time.perf_counter()

    async def at(moment: float, act: Any) -> None:
        await asyncio.sleep(begun + moment - time.perf_counter())
        await act(begun + moment)

    async with asyncio.TaskGroup() as visits:
        for rate, act in (
            (task.looks_per_second, house.look),
            (task.bookings_per_second, house.book),
        ):
            for moment in moments(chance, rate, task.seconds):
                visits.create_task(at(moment, act))
    told.seconds = time.perf_counter() - begun
    for hearing in listening:
        hearing.cancel()
    return told


def main() -> None:
    told = uvloop.run(carry_out(Task(**json.loads(sys.stdin.readline()))))
    print(json.dumps(attrs.asdict(told)), flush=True)


if __name__ == "__main__":
    main()
