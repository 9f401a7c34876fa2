"""Holding rooms: one night, a week, what is sold out, and where 50,000 are sold already."""

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from functools import partial
from typing import Any

from application.bookings.hold_booking import HoldBooking
from benchmarks.crowding import crowd_out
from benchmarks.floors import CONNECTIONS, bare_postgres, bare_sqlite, floors
from benchmarks.measuring import Effort, Figures, contest, hammer
from benchmarks.serving import NotMeasured
from benchmarks.stages import Stage, fresh_folder, fresh_postgres, stage
from benchmarks.tables import Cell, heading, say, table
from domain.inventory.pools import SoldOut
from domain.kernel.identifiers import QuoteId
from tests.servers import postgres_server

WEEK = 7
SOLD = 50_000
NIGHT, FLOOR = "one night", "bare transaction, one hot pool"
BARS = {"seven nights": 0.4, "sold out": 1.0, f"one night, {SOLD:,} sold": 0.6}  # of one night


async def rivals(
    empty: Stage, crowded: Stage, effort: Effort
) -> dict[str, Callable[[], Awaitable[Figures]]]:
    """Each asks for the same thing again and again; `crowded` has a database of its own."""
    nights = await empty.add_nights(WEEK)
    full = await empty.add_nights(1, capacity=1)
    sold_out = await empty.quote(full.id)
    await empty.container.bookings.hold_booking()(
        HoldBooking(actor=empty.actor, quote_id=sold_out)
    )
    much_sold = await crowded.add_nights(1)
    await crowd_out(crowded, much_sold, nights=1, units=SOLD)

    def holding(on: Stage, quote_id: QuoteId) -> Callable[[], Awaitable[Figures]]:
        hold: Any = on.container.bookings.hold_booking()
        command = HoldBooking(actor=on.actor, quote_id=quote_id)

        async def act(_number: int) -> None:
            await hold(command)

        return partial(hammer, act, tasks=CONNECTIONS, seconds=effort.seconds)

    async def refused(_number: int) -> None:
        command = HoldBooking(actor=empty.actor, quote_id=sold_out)
        try:
            await empty.container.bookings.hold_booking()(command)
        except SoldOut:
            return
        raise NotMeasured("what was sold out could be held")

    return {
        NIGHT: holding(empty, await empty.quote(nights.id)),
        "seven nights": holding(empty, await empty.quote(nights.id, nights=WEEK)),
        "sold out": partial(hammer, refused, tasks=CONNECTIONS, seconds=effort.seconds),
        f"one night, {SOLD:,} sold": holding(crowded, await crowded.quote(much_sold.id)),
    }


def report(name: str, best: dict[str, Figures]) -> None:
    heading(f"Holding rooms, {CONNECTIONS} at once: {name}")
    floor, night = best[FLOOR].rate, best[NIGHT].rate
    rows: list[list[Cell]] = [
        [what, f.rate, f.p50, f.p95, f"{f.rate / floor:.0%}", f"{f.rate / night:.0%}"]
        for what, f in best.items()
    ]
    table(["", "per s", "p50 ms", "p95 ms", "of the floor", "of one night"], rows)
    for what, bar in BARS.items():
        if best[what].rate < bar * night:
            say(f"  {what}: below {bar:.0%} of one night  <-- MISSED")


async def on_postgres(effort: Effort) -> None:
    async with AsyncExitStack() as stack:
        admin_url = stack.enter_context(postgres_server(durable=True))
        urls = [await stack.enter_async_context(fresh_postgres(admin_url)) for _ in range(2)]
        bare = await stack.enter_async_context(bare_postgres(urls[0]))
        empty, crowded = [await stack.enter_async_context(stage(url)) for url in urls]
        floor = {FLOOR: floors(bare, effort, CONNECTIONS)[FLOOR]}
        best = await contest({**floor, **await rivals(empty, crowded, effort)}, effort)
    report("PostgreSQL, durable", best)


async def on_sqlite(effort: Effort) -> None:
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(fresh_folder())
        bare = stack.enter_context(bare_sqlite(folder / "floor.db"))
        urls = [f"sqlite:///{folder}/{name}.db" for name in ("empty", "crowded")]
        empty, crowded = [await stack.enter_async_context(stage(url)) for url in urls]
        floor = {FLOOR: floors(bare, effort, 1)[FLOOR]}
        best = await contest({**floor, **await rivals(empty, crowded, effort)}, effort)
    report("SQLite, synchronous=FULL", best)


async def run(effort: Effort) -> None:
    await on_postgres(effort)
    await on_sqlite(effort)
