"""So many requests a second, whatever becomes of them: `python -m benchmarks.steady < task`.

How long one took counts from when it should have been sent: a server that makes others wait does
not look fast for it.
"""

import asyncio
import json
import sys
import time
from collections import Counter

import attrs
import uvloop

Message = tuple[str, str]
"""The body, and its signature."""


@attrs.frozen(kw_only=True)
class Steady:
    port: int
    path: str
    messages: list[Message]
    per_second: float
    connections: int = 16
    media_type: str = "application/json"
    signed_in: str = "Stripe-Signature"

    def request(self, message: Message) -> bytes:
        body, signature = message
        return (
            f"POST {self.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {self.media_type}\r\n"
            f"{self.signed_in}: {signature}\r\nContent-Length: {len(body)}\r\n\r\n{body}"
        ).encode()


@attrs.define
class Told:
    latencies: list[float] = attrs.field(factory=list)
    sent_at: list[float] = attrs.field(factory=list)
    outcomes: Counter[int] = attrs.field(factory=Counter)


async def carry_out(task: Steady) -> Told:
    told, free = Told(), asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]]()
    for _ in range(task.connections):
        free.put_nowait(await asyncio.open_connection("127.0.0.1", task.port))
    begun, wall = time.perf_counter() + 0.1, time.time() + 0.1

    async def send(number: int, message: Message) -> None:
        due = number / task.per_second
        await asyncio.sleep(begun + due - time.perf_counter())
        reader, writer = await free.get()
        writer.write(task.request(message))
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.partition(b"content-length:")[2].split(b"\r\n", 1)[0])
        await reader.readexactly(length)
        told.latencies.append(time.perf_counter() - begun - due)
        told.sent_at.append(wall + due)
        told.outcomes[int(head[9:12])] += 1
        free.put_nowait((reader, writer))

    await asyncio.gather(*(send(number, one) for number, one in enumerate(task.messages)))
    return told


def main() -> None:
    task = Steady(**json.load(sys.stdin))
    begun = time.perf_counter()
    told = uvloop.run(carry_out(task))
    passed = time.perf_counter() - begun
    json.dump({"seconds": passed, **attrs.asdict(told)}, sys.stdout)


if __name__ == "__main__":
    main()
