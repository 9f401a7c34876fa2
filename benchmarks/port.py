"""The inventory port, against the bare statement: taking one unit, without HTTP or booking."""

import random
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from functools import partial
from typing import Any
from uuid import uuid4

from application.inventory.ports import InventoryWork
from benchmarks.floors import CONNECTIONS, PLACES, POOLS, bare_postgres, bare_sqlite, floors
from benchmarks.measuring import Act, Contest, Effort, Figures, contest, hammer
from benchmarks.stages import FIRST_NIGHT, Stage, fresh_folder, fresh_postgres, stage
from benchmarks.tables import Cell, heading, table
from domain.inventory.resources import Resource
from domain.kernel.claims import Claim
from domain.kernel.identifiers import HoldId, PoolId
from domain.kernel.periods import DateRange
from tests.servers import postgres_server

CROWD = 64


async def taking(on: Stage) -> Callable[[bool], Act]:
    resource: Resource = await on.add_nights(POOLS)
    last = FIRST_NIGHT.fromordinal(FIRST_NIGHT.toordinal() + POOLS)
    offered = resource.offering.pools(
        resource.id, dates=DateRange(FIRST_NIGHT, last), zone=resource.zone
    )
    pools = sorted(offered)
    unit_of_work: Any = on.container.inventory.unit_of_work()

    async def take(_number: int, where: Callable[[], PoolId]) -> None:
        claims = (Claim(where(), 1),)
        hold_id = HoldId(uuid4())

        def decide(work: InventoryWork) -> None:
            work.inventory.take(hold_id, claims)

        await unit_of_work(on.actor, decide)

    hot: Callable[[], PoolId] = partial(pools.__getitem__, 0)
    spread: Callable[[], PoolId] = partial(random.choice, pools)
    return lambda is_hot: partial(take, where=hot if is_hot else spread)


def rivals(floor: Any, port: Callable[[bool], Act], effort: Effort, alone: int) -> Contest:
    """`alone` tasks use the floor, which has no queue before it."""

    def measured(act: Act, tasks: int) -> Callable[[], Awaitable[Figures]]:
        return partial(hammer, act, tasks=tasks, seconds=effort.seconds)

    found = dict(floors(floor, effort, alone))
    for hot, where in PLACES:
        found[f"port, {where}, {CONNECTIONS} tasks"] = measured(port(hot), CONNECTIONS)
        found[f"port, {where}, {CROWD} tasks"] = measured(port(hot), CROWD)
    return found


def report(name: str, best: dict[str, Figures]) -> None:
    heading(f"Taking one unit: {name}")
    rows: list[list[Cell]] = []
    for subject, figures in best.items():
        where = subject.split(", ")[1]
        floor = best[f"bare statement, {where}"]
        share = f"{figures.rate / floor.rate:.0%}"
        rows.append([subject, figures.rate, figures.p50, figures.p95, figures.cpu, share])
    table(["", "per s", "p50 ms", "p95 ms", "cpu µs", "of the statement"], rows)


async def on_postgres(effort: Effort) -> None:
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(
            fresh_postgres(stack.enter_context(postgres_server(durable=True)))
        )
        floor = await stack.enter_async_context(bare_postgres(url))
        on = await stack.enter_async_context(stage(url))
        best = await contest(rivals(floor, await taking(on), effort, CONNECTIONS), effort)
    report("PostgreSQL, durable", best)


async def on_sqlite(effort: Effort) -> None:
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(fresh_folder())
        floor = stack.enter_context(bare_sqlite(folder / "floor.db"))
        on = await stack.enter_async_context(stage(f"sqlite:///{folder}/port.db"))
        best = await contest(rivals(floor, await taking(on), effort, 1), effort)
    report("SQLite, synchronous=FULL", best)


async def run(effort: Effort) -> None:
    await on_postgres(effort)
    await on_sqlite(effort)
