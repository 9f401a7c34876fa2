"""What row-level security costs a hold: with and without it, for one organization and for many.

Without it, the same database has no policies and no connection is told whose rows it shows. What
differs with many organizations is that connections are told anew whenever they change hands.
"""

import asyncio
import time
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from itertools import cycle
from statistics import median
from typing import Any
from uuid import uuid4

import attrs
from sqlalchemy import Connection, Engine

from adapters.migrations.wall import tear_down
from adapters.sql import postgres
from adapters.sql.database import EVERYBODY
from adapters.sql.wall import showing
from application.bookings.hold_booking import HoldBooking
from application.identity.create_organization import CreateOrganization
from benchmarks.measuring import Effort
from benchmarks.stages import Stage, fresh_postgres, stage
from benchmarks.tables import heading, say, table
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId
from tests.servers import postgres_server

HOLDS = 400
TASKS = 16
MANY = 50
WALLED, BARE = "with policies", "without"


@contextmanager
def unasked(engine: Engine, _of: OrganizationId) -> Iterator[Connection]:
    """A connection that nobody tells whose rows it shows."""
    with engine.connect() as connection:
        yield connection


@contextmanager
def telling(how: Any) -> Iterator[None]:
    """Connections are told whose rows they show in this way."""
    usual = vars(postgres)["showing"]
    vars(postgres).update(showing=how)
    try:
        yield
    finally:
        vars(postgres).update(showing=usual)


async def one_of_many(on: Stage) -> Stage:
    """The same program for another organization."""
    organization = await on.container.identity.create_organization()(
        CreateOrganization(slug=f"bench-{uuid4().hex[:8]}", name="Bench")
    )
    return attrs.evolve(on, actor=Actor.system(organization.id))


async def commands(stages: Sequence[Stage], rooms: Sequence[Any]) -> list[HoldBooking]:
    """They take turns, so that connections change hands as often as they ever do."""
    turns = cycle(zip(stages, rooms, strict=True))
    quoted = []
    for _ in range(HOLDS):
        on, room = next(turns)
        quoted.append(HoldBooking(actor=on.actor, quote_id=await on.quote(room.id)))
    return quoted


async def rate(on: Stage, asked: Sequence[HoldBooking]) -> float:
    left, hold = list(asked), on.container.bookings.hold_booking()

    async def work() -> None:
        while left:
            await hold(left.pop())

    began = time.perf_counter()
    await asyncio.gather(*(work() for _ in range(TASKS)))
    return len(asked) / (time.perf_counter() - began)


async def measure(walled: Stage, bare: Stage, organizations: int, rounds: int) -> None:
    found: dict[str, list[float]] = {WALLED: [], BARE: []}
    contestants = []
    for on in (walled, bare):
        stages = [await one_of_many(on) for _ in range(organizations)]
        contestants.append((stages, [await one.add_nights(1) for one in stages]))
    for _ in range(rounds + 1):
        for name, on, (stages, rooms) in zip(found, (walled, bare), contestants, strict=True):
            with telling(showing if name == WALLED else unasked):
                found[name].append(await rate(on, await commands(stages, rooms)))
    best = {name: median(rates[1:]) for name, rates in found.items()}  # the first one warms up
    heading(f"Holding a room, {TASKS} at once, organizations: {organizations}")
    table(["", "per s"], [[name, one] for name, one in best.items()])
    say(f"  with policies: {best[WALLED] / best[BARE]:.0%} of without")


async def run(effort: Effort) -> None:
    async with AsyncExitStack() as stack:
        admin_url = stack.enter_context(postgres_server(durable=True))
        urls = [await stack.enter_async_context(fresh_postgres(admin_url)) for _ in range(2)]
        walled, bare = [await stack.enter_async_context(stage(url)) for url in urls]
        owned_database = bare.container.owned_database()
        async with owned_database() as owned:
            await owned.write(tear_down, of=EVERYBODY)
        for organizations in (1, MANY):
            await measure(walled, bare, organizations, effort.rounds)
