"""`python -m benchmarks.races`: many clients, several processes, and not one unit sold twice.

With `--unguarded` the guard is taken away, and the same race has to oversell.
"""

import argparse
import asyncio
import json
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import attrs
import uvloop

from adapters.sql.database import EVERYBODY
from benchmarks.counted import Sold, findings, sold
from benchmarks.load import Task
from benchmarks.nights import Nights
from benchmarks.serving import Crowd, crowd, served
from benchmarks.stages import Stage, fresh_folder, fresh_postgres, stage
from benchmarks.tables import heading, say
from benchmarks.unguarded import drop_second_wall
from tests.servers import postgres_server

ENGINES = ("postgresql", "sqlite")
UNGUARDED = ("-m", "benchmarks.unguarded")
LONG = 600.0  # seconds; a race ends with its attempts


@attrs.frozen(kw_only=True)
class Race:
    runs: int
    attempts: int
    clients: int
    processes: int
    capacity: int
    unguarded: bool

    async def run(self, engine: str) -> bool:
        heading(
            f"{self.attempts:,} attempts at {self.capacity} units, {self.clients} clients, "
            f"{self.processes} processes, {engine}" + ", unguarded" * self.unguarded
        )
        async with database(engine) as url, stage(url) as on:
            if self.unguarded:
                async with on.container.owned_database()() as owner:
                    await owner.write(drop_second_wall, of=EVERYBODY)
            module = UNGUARDED if self.unguarded else None
            async with served(url, processes=self.processes, module=module) as port:
                passed = [await self._once(number, on, port) for number in range(self.runs)]
            found = [] if self.unguarded else await findings(on.container)
        say(f"  {sum(passed)} of {self.runs} runs as they should be, {len(found)} findings")
        return all(passed) and not found

    async def _once(self, number: int, on: Stage, port: int) -> bool:
        resource = await on.add_nights(1, capacity=self.capacity)
        task = Task(
            port=port,
            path="/v1/holds",
            token=await on.key(),
            bodies=[json.dumps({"quote_id": str(await on.quote(resource.id))})],
            clients=self.clients,
            seconds=LONG,
            attempts=self.attempts,
            confirms=True,
        )
        told = await crowd(task)
        found = await sold(on.container.database(), on.actor.organization_id, resource.id)
        right = self._oversold(told, found) if self.unguarded else self._exact(told, found)
        say(
            f"  run {number + 1}: {dict(sorted(told.outcomes.items()))}, {found.claimed} sold, "
            f"{told.figures.rate:.0f} answers/s, p95 {told.figures.p95:.0f} ms"
            + ("" if right else "  <-- WRONG")
        )
        return right

    def _exact(self, told: Crowd, found: Sold) -> bool:
        expected = {
            "201": self.capacity,
            "confirm 200": self.capacity,
            "409 sold_out": self.attempts - self.capacity,
        }
        return told.outcomes == expected and found.is_right and found.taken == self.capacity

    def _oversold(self, told: Crowd, found: Sold) -> bool:
        return told.outcomes.get("201", 0) > self.capacity and found.claimed > self.capacity


@asynccontextmanager
async def database(engine: str) -> AsyncIterator[str]:
    if engine == "sqlite":
        with fresh_folder() as folder:
            yield f"sqlite:///{folder}/races.db"
    else:
        with postgres_server(durable=True) as admin_url:
            async with fresh_postgres(admin_url) as url:
                yield url


async def run(options: argparse.Namespace) -> bool:
    race = Race(
        runs=options.runs,
        attempts=options.attempts,
        clients=options.clients,
        processes=options.processes,
        capacity=options.capacity,
        unguarded=options.unguarded,
    )
    results: Counter[bool] = Counter()
    for engine in options.engine or ENGINES:
        if race.runs:
            results[await race.run(engine)] += 1
        if not options.unguarded and options.stays:
            async with database(engine) as url, stage(url) as on:
                heading(f"{options.stays:,} overlapping stays, {engine}")
                results[await Nights(on=on, attempts=options.stays).run()] += 1
    return not results[False]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.races", description=__doc__)
    parser.add_argument("--engine", action="append", choices=ENGINES)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--attempts", type=int, default=5000)
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--capacity", type=int, default=50)
    parser.add_argument("--stays", type=int, default=100_000)
    parser.add_argument("--unguarded", action="store_true")
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return 0 if runner.run(run(parser.parse_args())) else 1


if __name__ == "__main__":
    sys.exit(main())
