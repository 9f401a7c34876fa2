"""Picking single units: 50 cars everybody wants, against a bare insert; one car, hour by hour."""

import random
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack, suppress
from datetime import datetime, timedelta, timezone
from functools import partial
from typing import Any
from uuid import uuid4

from application.inventory.add_unit import AddUnit
from application.inventory.ports import InventoryWork
from benchmarks.bare_picks import CLIENTS, bare_picks
from benchmarks.floors import CONNECTIONS
from benchmarks.measuring import Act, Contest, Effort, Figures, contest, hammer
from benchmarks.stages import Stage, fresh_folder, fresh_postgres, stage
from benchmarks.tables import heading, say, table
from domain.inventory.units import NoUnitFree, Unit
from domain.kernel.claims import IntervalClaim
from domain.kernel.identifiers import HoldId, ResourceId
from domain.kernel.periods import Period
from tests.contract.crowds import race
from tests.servers import postgres_server

Take = Callable[[InventoryWork, HoldId, Sequence[IntervalClaim]], None]

CARS = 50
HOURS = 1600
BEGIN = datetime(2030, 1, 1, tzinfo=timezone.utc)
HOUR = timedelta(hours=1)


async def fleet(on: Stage, cars: int) -> tuple[ResourceId, Sequence[Unit]]:
    resource = await on.add_nights(1)
    add = on.container.inventory.add_unit()
    units = [
        await add(AddUnit(actor=on.actor, resource_id=resource.id, label=f"FD {number}"))
        for number in range(cars)
    ]
    return resource.id, units


def at_once(work: InventoryWork, hold_id: HoldId, claims: Sequence[IntervalClaim]) -> None:
    """Whoever wants to know which one it is."""
    work.inventory.take_units(hold_id, claims)


def at_the_end(work: InventoryWork, hold_id: HoldId, claims: Sequence[IntervalClaim]) -> None:
    """As bookings do it, together with what else they save."""
    work.inventory.take_any(hold_id, claims)


def picking(on: Stage, resource_id: ResourceId, take: Take = at_the_end) -> Act:
    """Claims some car for the hour with that number."""
    unit_of_work: Any = on.container.inventory.unit_of_work()

    async def pick(hour: int) -> None:
        period = Period(BEGIN + hour * HOUR, BEGIN + (hour + 1) * HOUR)
        claims = (IntervalClaim(resource_id=resource_id, period=period),)
        hold_id = HoldId(uuid4())

        await unit_of_work(on.actor, lambda work: take(work, hold_id, claims))

    return pick


async def hour_by_hour(on: Stage, name: str) -> None:
    """Every hour of one car is asked for once: all of them can be had."""
    resource_id, _ = await fleet(on, 1)
    pick, wanted = picking(on, resource_id), list(range(HOURS))
    random.shuffle(wanted)

    async def client(number: int) -> None:
        for hour in wanted[number::CLIENTS]:
            await pick(hour)

    outcomes = await race([client(number) for number in range(CLIENTS)])
    failed = [outcome for outcome in outcomes if outcome is not None]
    say(f"  {name}: {HOURS} hours of one car, {CLIENTS} clients, {len(failed)} clients refused")


def hot(pick: Act) -> Act:
    """Anybody wants any hour of a year."""

    async def one(_number: int) -> None:
        with suppress(NoUnitFree):
            await pick(random.randrange(24 * 365))

    return one


def rivals(on: Stage, resource_id: ResourceId, effort: Effort) -> Contest:
    pick, look = (hot(picking(on, resource_id, take)) for take in (at_the_end, at_once))
    tried = {
        "pick": (pick, CONNECTIONS),
        "pick, crowded": (pick, CLIENTS),
        "pick, and look": (look, CONNECTIONS),
    }
    return {
        name: partial(hammer, act, tasks=tasks, seconds=effort.seconds)
        for name, (act, tasks) in tried.items()
    }


def report(where: str, best: Mapping[str, Figures], floor: str) -> None:
    heading(f"Picking one of {CARS} cars: {where}")
    table(
        ["", "per s", "p50 ms", "p95 ms", "p99 ms", "cpu µs", f"of {floor}"],
        [
            [name, f.rate, f.p50, f.p95, f.p99, f.cpu, f"{f.rate / best[floor].rate:.0%}"]
            for name, f in best.items()
        ],
    )


async def on_postgres(effort: Effort) -> None:
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(
            fresh_postgres(stack.enter_context(postgres_server(durable=True)))
        )
        on = await stack.enter_async_context(stage(url))
        resource_id, units = await fleet(on, CARS)
        bare = await stack.enter_async_context(bare_picks(url, on, resource_id, units))
        best = await contest(
            {
                "bare insert": partial(
                    hammer, bare.insert, tasks=CONNECTIONS, seconds=effort.seconds
                ),
                "bare pick": partial(hammer, bare.pick, tasks=CLIENTS, seconds=effort.seconds),
                **rivals(on, resource_id, effort),
            },
            effort,
        )
        report("PostgreSQL, durable", best, "bare insert")
        say(f"  bare pick: {bare.without_one:.2%} passed over all there was and had to wait")
        await hour_by_hour(on, "PostgreSQL")


async def on_sqlite(effort: Effort) -> None:
    with fresh_folder() as folder:
        async with stage(f"sqlite:///{folder}/units.db") as on:
            resource_id, _ = await fleet(on, CARS)
            best = await contest(rivals(on, resource_id, effort), effort)
            report("SQLite, synchronous=FULL", best, "pick")
            await hour_by_hour(on, "SQLite")


async def run(effort: Effort) -> None:
    await on_postgres(effort)
    await on_sqlite(effort)
