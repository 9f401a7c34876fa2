"""What is left of one room type in a month, while 50,000 rooms of another are held."""

from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy import Connection, Date, Uuid, bindparam, text

from benchmarks.crowding import crowd_out
from benchmarks.floors import CONNECTIONS
from benchmarks.load import Task
from benchmarks.measuring import Effort, contest, hammer
from benchmarks.serving import all_answered, served
from benchmarks.stages import FIRST_NIGHT, Stage, fresh_folder, fresh_postgres, stage
from benchmarks.tables import heading, table
from domain.inventory.resources import Resource
from domain.kernel.periods import DateRange
from tests.servers import postgres_server

DAYS, HELD, OTHER_DAYS = 30, 50_000, 500
MONTH = DateRange(FIRST_NIGHT, FIRST_NIGHT + timedelta(days=DAYS))
FLOOR = "rows of the month, read bare"
BARE = text(
    "SELECT id, day, capacity, taken FROM pools WHERE organization_id = :organization"
    " AND resource_id = :resource AND day >= :first AND day < :until ORDER BY day"
).bindparams(
    *(bindparam(name, type_=Uuid()) for name in ("organization", "resource")),
    *(bindparam(name, type_=Date()) for name in ("first", "until")),
)


async def measure(on: Stage, url: str, name: str, effort: Effort) -> None:
    """The floor passes the same pool of connections: it is the statement that is bare."""
    rooms, others = await on.add_nights(DAYS), await on.add_nights(OTHER_DAYS)
    await crowd_out(on, others, nights=OTHER_DAYS, units=HELD // OTHER_DAYS)
    views = on.container.inventory.views()
    async with served(url, processes=1) as port:
        task = Task(
            method="GET",
            port=port,
            path=f"/v1/resources/{rooms.id}/availability?from={MONTH.first}&until={MONTH.until}",
            token=await on.key(),
            bodies=[""],
            clients=CONNECTIONS,
            seconds=effort.seconds,
        )
        acts = {
            FLOOR: lambda _: _bare(on, rooms),
            "port": lambda _: views.availability(on.actor, rooms.id, dates=MONTH),
        }
        rivals = {
            what: partial(hammer, act, tasks=CONNECTIONS, seconds=effort.seconds)
            for what, act in acts.items()
        }
        best = await contest({**rivals, "HTTP": partial(all_answered, task, "200")}, effort)
    heading(f"{DAYS} days of one room type, {HELD:,} others held, {CONNECTIONS} at once: {name}")
    floor = best[FLOOR].rate
    table(
        ["", "per s", "p50 ms", "p95 ms", "of the floor"],
        [[what, f.rate, f.p50, f.p95, f"{f.rate / floor:.0%}"] for what, f in best.items()],
    )


async def _bare(on: Stage, rooms: Resource) -> Sequence[Any]:
    def ask(connection: Connection) -> Sequence[Any]:
        return connection.execute(
            BARE,
            {
                "organization": on.actor.organization_id,
                "resource": rooms.id,
                "first": MONTH.first,
                "until": MONTH.until,
            },
        ).all()

    rows: Sequence[Any] = await on.container.database().read(ask, of=on.actor.organization_id)
    return rows


async def run(effort: Effort) -> None:
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(
            fresh_postgres(stack.enter_context(postgres_server(durable=True)))
        )
        on = await stack.enter_async_context(stage(url))
        await measure(on, url, "PostgreSQL", effort)
    with fresh_folder() as folder:
        url = f"sqlite:///{folder}/availability.db"
        async with stage(url) as on:
            await measure(on, url, "SQLite", effort)
