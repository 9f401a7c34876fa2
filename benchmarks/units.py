"""Picking single units: 50 cars everybody wants, against a bare insert; one car, hour by hour."""

import random
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack, suppress
from datetime import datetime, timedelta, timezone
from functools import partial
from itertools import count
from typing import Any
from uuid import uuid4

import asyncpg  # type: ignore[import-untyped]

from application.inventory.add_unit import AddUnit
from application.inventory.ports import InventoryWork
from benchmarks.floors import CONNECTIONS
from benchmarks.measuring import Act, Effort, contest, hammer
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
CLIENTS = 16
HOURS = 1600
BEGIN = datetime(2030, 1, 1, tzinfo=timezone.utc)
HOUR = timedelta(hours=1)
BARE = """INSERT INTO unit_claims
    (organization_id, hold_id, unit_id, number, first_minute, until_minute)
    VALUES ($1, $2, $3, (SELECT number FROM inventory_units WHERE id = $3), $4::bigint, $4 + 1)"""


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


async def on_postgres(effort: Effort) -> None:
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(
            fresh_postgres(stack.enter_context(postgres_server(durable=True)))
        )
        on = await stack.enter_async_context(stage(url))
        plain = url.replace("+asyncpg", "", 1)
        connections = [await asyncpg.connect(plain) for _ in range(CONNECTIONS)]
        resource_id, units = await fleet(on, CARS)
        pick, minutes = picking(on, resource_id), count()

        async def bare(number: int) -> None:
            unit = random.choice(units)
            await connections[number].execute(
                BARE, on.actor.organization_id, uuid4(), unit.id, next(minutes)
            )

        async def hot(pick: Act) -> None:
            with suppress(NoUnitFree):
                await pick(random.randrange(24 * 365))

        looking = picking(on, resource_id, at_once)

        best = await contest(
            {
                "bare insert": partial(hammer, bare, tasks=CONNECTIONS, seconds=effort.seconds),
                "pick": partial(
                    hammer, lambda _: hot(pick), tasks=CONNECTIONS, seconds=effort.seconds
                ),
                "pick, crowded": partial(
                    hammer, lambda _: hot(pick), tasks=CLIENTS, seconds=effort.seconds
                ),
                "pick, and look": partial(
                    hammer, lambda _: hot(looking), tasks=CONNECTIONS, seconds=effort.seconds
                ),
            },
            effort,
        )
        heading(f"Picking one of {CARS} cars: PostgreSQL, durable")
        floor = best["bare insert"].rate
        table(
            ["", "per s", "p50 ms", "p95 ms", "of the insert"],
            [[name, f.rate, f.p50, f.p95, f"{f.rate / floor:.0%}"] for name, f in best.items()],
        )
        await hour_by_hour(on, "PostgreSQL")
        for connection in connections:
            await connection.close()


async def on_sqlite() -> None:
    with fresh_folder() as folder:
        async with stage(f"sqlite:///{folder}/units.db") as on:
            await hour_by_hour(on, "SQLite")


async def run(effort: Effort) -> None:
    await on_postgres(effort)
    await on_sqlite()
