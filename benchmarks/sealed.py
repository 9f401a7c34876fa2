"""Holding a room with and without keys for who books it, in turns on the same machine."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from statistics import median
from typing import Any

import attrs

from adapters.sealing.vault import PersonalKeys
from application.bookings.hold_booking import HoldBooking
from benchmarks.measuring import Effort
from benchmarks.stages import Stage, fresh_folder, fresh_postgres, stage
from benchmarks.tables import heading, table
from domain.kernel.identifiers import QuoteId
from entrypoints.wiring.ambient import random_bytes
from entrypoints.wiring.container import Container
from entrypoints.wiring.sensitive import Sensitive
from entrypoints.wiring.settings import Settings
from tests.servers import postgres_server

HOLDS = 400
TASKS = 16


@attrs.frozen
class Round:
    rate: float
    cpu: float


def programs(url: str) -> tuple[Any, Any]:
    keys = PersonalKeys.new(random_bytes).text
    plain = Settings(database_url=url, quote_minutes=1440)
    sealed = attrs.evolve(plain, personal_keys=Sensitive(lambda: keys))
    return Container(settings=plain), Container(settings=sealed)


async def one_round(on: Stage, quotes: Sequence[QuoteId]) -> Round:
    left, hold = list(quotes), on.container.bookings.hold_booking()

    async def work() -> None:
        while left:
            await hold(HoldBooking(actor=on.actor, quote_id=left.pop()))

    began, used = time.perf_counter(), time.process_time()
    await asyncio.gather(*(work() for _ in range(TASKS)))
    took, used = time.perf_counter() - began, time.process_time() - used
    return Round(rate=len(quotes) / took, cpu=used / len(quotes) * 1e6)


async def measure(name: str, url: str, rounds: int) -> None:
    found: dict[str, list[Round]] = {"plain": [], "sealed": []}
    async with AsyncExitStack() as stack:
        stages = [await stack.enter_async_context(stage(url, one)) for one in programs(url)]
        rooms = [await on.add_nights(1) for on in stages]
        for _ in range(rounds + 1):
            for subject, on, room in zip(found, stages, rooms, strict=True):
                quotes = [await on.quote(room.id) for _ in range(HOLDS)]
                found[subject].append(await one_round(on, quotes))
    heading(f"Holding a room: {name}")
    of = {subject: each[1:] for subject, each in found.items()}  # the first round warms up
    plain = median(one.rate for one in of["plain"])
    table(
        ["", "per s", "cpu µs", "of plain"],
        [
            [
                subject,
                median(one.rate for one in each),
                median(one.cpu for one in each),
                f"{median(one.rate for one in each) / plain:.0%}",
            ]
            for subject, each in of.items()
        ],
    )


async def run(effort: Effort) -> None:
    with fresh_folder() as folder:
        await measure("SQLite, synchronous=FULL", f"sqlite:///{folder}/sealed.db", effort.rounds)
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(
            fresh_postgres(stack.enter_context(postgres_server(durable=True)))
        )
        await measure("PostgreSQL, durable", url, effort.rounds)
