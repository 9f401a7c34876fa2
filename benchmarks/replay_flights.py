"""`python -m benchmarks.replay_flights FOLDER`: a month of an airline's sales, lived again.

Every flight goes on sale with the seats of its aircraft, by fare class. Every booking is made at
the time it was made: its segments are quoted, held together, all or nothing, and confirmed. Those
that have a flight in common are made one after the other, the others at once. What came of them
is counted, and must be what counting alone says. Then the airline cancels its fullest flight.
"""

import argparse
import asyncio
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import datetime, timezone
from pathlib import Path
from time import perf_counter
from typing import Any

import attrs
import uvloop
from dependency_injector import providers

from benchmarks.airline import Desk, put_on_sale
from benchmarks.cancelled_flight import CancelledFlight
from benchmarks.counted import findings, sold
from benchmarks.flight_rows import BookingRow, FlightRow, bookings_of, flights_of, recomputed
from benchmarks.replay_hotel import Clock
from benchmarks.stages import Stage, fresh_folder, fresh_postgres, stage
from benchmarks.tables import heading, say
from domain.kernel.identifiers import ResourceId
from domain.kernel.refusals import Refusal
from entrypoints.wiring.container import Container
from entrypoints.wiring.settings import Settings
from tests.servers import at_the_desk, owner_of, postgres_server

BEFORE = datetime(2000, 1, 1, tzinfo=timezone.utc)
A_DAY = 1440  # minutes: desks are hours apart, and no hold is to end for another one's clock


@attrs.frozen(kw_only=True)
class Replay:
    desks: Sequence[Desk]
    tally: Counter[str] = attrs.field(factory=Counter)

    async def run(self, bookings: Sequence[BookingRow]) -> None:
        idle = asyncio.Queue[Desk]()
        for desk in self.desks:
            idle.put_nowait(desk)
        last: dict[str, asyncio.Task[None]] = {}
        async with asyncio.TaskGroup() as group:
            for booking in bookings:
                flights = {flight_id for flight_id, _ in booking.parties}
                earlier = [last[flight] for flight in flights if flight in last]
                desk = await idle.get()
                task = group.create_task(self._live(booking, desk, earlier, idle))
                last.update(dict.fromkeys(flights, task))

    async def _live(
        self,
        booking: BookingRow,
        desk: Desk,
        earlier: Sequence[asyncio.Task[None]],
        idle: asyncio.Queue[Desk],
    ) -> None:
        if earlier:
            await asyncio.wait(earlier)
        try:
            await desk.book(booking)
        except Refusal as refusal:
            self.tally[refusal.code] += 1
        else:
            self.tally["accepted"] += 1
            self.tally["seats"] += sum(map(len, booking.parties.values()))
        idle.put_nowait(desk)


async def replay(options: argparse.Namespace) -> bool:
    flights, bookings = flights_of(options.path), bookings_of(options.path)[: options.first]
    seats = {
        (row.id, part): number * options.percent // 100
        for row in flights
        for part, number in row.seats.items()
    }
    async with AsyncExitStack() as stack:
        url = await database(options, stack)
        settings = Settings(
            database_url=at_the_desk(url),
            database_owner_url=owner_of(url),
            hold_minutes=A_DAY,
            hold_minutes_at_most=A_DAY,
            quote_minutes=A_DAY,
        )
        container: Any = Container(settings=settings)
        clock = Clock(now=BEFORE)
        container.clock.override(providers.Object(clock))
        on = await stack.enter_async_context(stage(url, container))
        began = perf_counter()
        resources = await put_on_sale(on, flights, seats)
        say(f"{len(flights):,} flights on sale in {perf_counter() - began:,.0f} s")
        began = perf_counter()
        desks = [Desk.beside(on, settings, resources) for _ in range(options.desks)]
        lived = Replay(desks=desks)
        await lived.run(bookings)
        passed = perf_counter() - began
        say(
            f"{len(bookings):,} bookings lived in {passed:,.0f} s: {len(bookings) / passed:,.1f}/s"
        )
        clock.now = min(row.flight.period.starts_at for row in flights)
        expected = recomputed(bookings, closing(flights), seats)
        right = await report(lived, expected, on, resources, options.percent)
        return await CancelledFlight(on=on).run() and right


def closing(flights: Sequence[FlightRow]) -> Mapping[str, datetime]:
    return {row.id: row.flight.period.starts_at - row.flight.closes_before for row in flights}


async def database(options: argparse.Namespace, stack: AsyncExitStack) -> str:
    if options.engine == "sqlite":
        return f"sqlite:///{stack.enter_context(fresh_folder())}/flights.db"
    server = stack.enter_context(postgres_server(durable=True))
    return await stack.enter_async_context(fresh_postgres(server))


async def report(
    lived: Replay,
    expected: Counter[str],
    on: Stage,
    resources: Mapping[str, ResourceId],
    percent: int,
) -> bool:
    heading(f"{percent} % of the seats on sale, {len(lived.desks)} desks")
    for outcome in sorted({*lived.tally, *expected}):
        say(f"  {outcome}: {lived.tally[outcome]:,}, recomputed {expected[outcome]:,}")
    found = await sold(on.container.database(), on.actor.organization_id, *resources.values())
    broken = await findings(on.container)
    right = (
        found.is_right
        and found.taken == lived.tally["seats"]
        and not broken
        and lived.tally == expected
    )
    say(
        f"  seats taken {found.taken:,}, claimed {found.claimed:,}, fare classes over capacity "
        f"{found.over}, other findings {len(broken)}" + ("" if right else "  <-- WRONG")
    )
    return right


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.replay_flights", description=__doc__
    )
    parser.add_argument("path", type=Path, help="folder of flights.csv.gz and the others")
    parser.add_argument("--percent", type=int, default=100, help="of the seats that are sold")
    parser.add_argument("--first", type=int, metavar="N", help="only so many bookings")
    parser.add_argument("--desks", type=int, default=16, help="that sell at once; 1: in order")
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return 0 if runner.run(replay(parser.parse_args())) else 1


if __name__ == "__main__":
    sys.exit(main())
