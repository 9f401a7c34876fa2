"""Many clients at once, in a process of their own: `python -m benchmarks.load < task > outcome`.

Bare sockets and as little work as possible, because the clients share the machine with what they
measure. Every client keeps its connection and sends the next request when it has read the answer.
"""

import asyncio
import json
import os
import random
import sys
import time
from collections import Counter
from typing import Any

import attrs
import uvloop

HEAD = (
    "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n"
    "Content-Type: application/json\r\nIdempotency-Key: {key}\r\n"
    "Content-Length: {length}\r\n{more}\r\n"
)


@attrs.frozen(kw_only=True)
class Task:
    """`attempts` ends it sooner than `seconds` do; `confirms` has each success confirmed."""

    port: int
    path: str
    bodies: list[str]
    clients: int
    seconds: float
    method: str = "POST"
    token: str = ""
    attempts: int | None = None
    confirms: bool = False


@attrs.define
class Results:
    """How long each answer took, in seconds, and how many of each kind there were."""

    deadline: float
    left: float
    latencies: list[float] = attrs.field(factory=list)
    outcomes: Counter[str] = attrs.field(factory=Counter)

    def more(self) -> bool:
        self.left -= 1
        return self.left >= 0 and time.perf_counter() < self.deadline


class Client(asyncio.Protocol):
    def __init__(self, task: Task, results: Results, ended: "asyncio.Future[None]") -> None:
        self.task, self.results, self.ended = task, results, ended
        self.received = b""
        self.sent_at = 0.0
        self.confirming = False

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        self.next()

    def next(self) -> None:
        if self.results.more():
            self.confirming = False
            self.send(self.task.method, self.task.path, random.choice(self.task.bodies))
        else:
            self.transport.close()

    def send(self, method: str, path: str, body: str, more: str = "") -> None:
        head = HEAD.format(
            method=method,
            path=path,
            token=self.task.token,
            key=os.urandom(16).hex(),
            length=len(body),
            more=more,
        )
        self.received = b""
        self.sent_at = time.perf_counter()
        self.transport.write((head + body).encode())

    def data_received(self, data: bytes) -> None:
        self.received += data
        head, blank, body = self.received.partition(b"\r\n\r\n")
        if blank and len(body) >= length(head):
            self.results.latencies.append(time.perf_counter() - self.sent_at)
            self.answered(int(head[9:12]), body)

    def answered(self, status: int, body: bytes) -> None:
        self.results.outcomes[outcome(status, body, confirming=self.confirming)] += 1
        if self.task.confirms and status == 201:
            self.confirming = True
            booking = json.loads(body)["id"]
            self.send("POST", f"/v1/bookings/{booking}/confirm", "", more='If-Match: "1"\r\n')
        else:
            self.next()

    def connection_lost(self, error: Exception | None) -> None:
        if error is not None or self.received == b"":
            self.results.outcomes["lost"] += 1
        self.ended.set_result(None)


def length(head: bytes) -> int:
    _, found, rest = head.lower().partition(b"content-length:")
    if not found:
        raise ValueError(f"an answer without its length: {head!r}")
    return int(rest.split(b"\r\n", 1)[0])


def outcome(status: int, body: bytes, *, confirming: bool) -> str:
    if confirming:
        return f"confirm {status}"
    if status < 400:
        return str(status)
    problem = json.loads(body) if body.startswith(b"{") else {}
    return f"{status} {problem.get('code', '')}".rstrip()


async def carry_out(task: Task) -> Results:
    loop = asyncio.get_running_loop()
    left = float("inf") if task.attempts is None else task.attempts
    results = Results(deadline=time.perf_counter() + task.seconds, left=left)
    ends = [loop.create_future() for _ in range(task.clients)]
    for end in ends:
        await loop.create_connection(
            lambda end=end: Client(task, results, end),  # type: ignore[misc]
            "127.0.0.1",
            task.port,
        )
    await asyncio.gather(*ends)
    return results


def main() -> None:
    task = Task(**json.load(sys.stdin))
    begun = time.perf_counter()
    results = uvloop.run(carry_out(task))
    passed = time.perf_counter() - begun
    json.dump(
        {
            "seconds": passed,
            "latencies": results.latencies,
            "outcomes": results.outcomes,
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main()
