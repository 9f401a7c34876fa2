"""What each layer adds to a hold, in the processor's time and in statements.

First the use case alone, then with the key under which its answer is stored, then over HTTP with
one thing more at a time, round by round in turn, in this process and without a socket.
"""

import json
import os
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from functools import partial
from typing import Any
from uuid import uuid4

import attrs

from application.bookings.hold_booking import HoldBooking
from application.kernel.once import Answer, Once
from benchmarks.guarding import ROUNDS, least, on_both, programs
from benchmarks.in_process import counting, posted
from benchmarks.measuring import Effort, hammer
from benchmarks.stages import Stage, stage
from benchmarks.tables import Cell, heading, table
from domain.bookings.booking import Booking
from domain.kernel.identifiers import QuoteId

CREATED = 201
Act = Callable[[], Awaitable[object]]


@attrs.frozen
class Layer:
    """`container` is whose statements are counted."""

    act: Act
    container: Any


@attrs.frozen
class Holds:
    """One quote, held again and again, which is allowed; there is plenty of it."""

    on: Stage
    quote_id: QuoteId

    def command(self) -> HoldBooking:
        return HoldBooking(actor=self.on.actor, quote_id=self.quote_id)

    async def plain(self) -> None:
        await self.on.container.bookings.hold_booking()(self.command())

    async def under_a_key(self) -> None:
        """The answer is as long as the one over HTTP."""
        answer = Answer(status=CREATED, body=b"x" * 1500)
        once: Once[Booking] = Once(
            key=str(uuid4()), fingerprint=os.urandom(32), answer=lambda _: answer
        )
        await self.on.container.bookings.hold_booking()(attrs.evolve(self.command(), once=once))

    async def over_http(self, app: Any, key: str) -> None:
        body = json.dumps({"quote_id": str(self.quote_id)}).encode()
        status = await posted(app, "/v1/holds", body, key)
        if status != CREATED:
            raise RuntimeError(f"answered {status}")


async def layers(url: str, on: Stage, stack: AsyncExitStack) -> Mapping[str, Layer]:
    holds = Holds(on, await on.quote((await on.add_nights(1)).id))
    key = await on.key()
    over_http = {
        f"HTTP, with {name}" if at == 0 else name: Layer(
            partial(holds.over_http, program.app, key), program.container
        )
        for at, (name, program) in enumerate((await programs(url, on, stack)).items())
    }
    return {
        "the use case": Layer(holds.plain, on.container),
        "its key and answer": Layer(holds.under_a_key, on.container),
        **over_http,
    }


async def statements_of(layer: Layer) -> int:
    """Of one that is not the first, which asks what is remembered after it."""
    await layer.act()
    with counting(layer.container) as counted:
        await layer.act()
    return len(counted)


async def measure(name: str, url: str, effort: Effort) -> None:
    async with AsyncExitStack() as stack:
        on = await stack.enter_async_context(stage(url))
        each = await layers(url, on, stack)
        statements = {layer: await statements_of(of) for layer, of in each.items()}
        seconds = effort.seconds / ROUNDS

        def rival(layer: Layer) -> Any:
            return partial(hammer, lambda _: layer.act(), tasks=1, seconds=seconds)

        found = await least({layer: rival(of) for layer, of in each.items()}, effort)
    report(name, found, statements)


def report(name: str, found: Mapping[str, float], statements: Mapping[str, int]) -> None:
    heading(f"A hold, layer by layer: {name}")
    rows: list[list[Cell]] = []
    before = 0.0
    for layer, cpu in found.items():
        rows.append([layer, cpu, cpu - before, cpu / found["the use case"], statements[layer]])
        before = cpu
    table(["", "cpu µs", "more", "times the use case", "statements"], rows)


async def run(effort: Effort) -> None:
    await on_both(measure, effort)
