"""Looking through 10,000 resources, and what is left of one of them in a month."""

from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, insert, text

from adapters.schema.bookings import sales_terms
from adapters.schema.catalogue import resource_facets, resource_words
from adapters.schema.inventory import pools, resources
from application.bookings.catalogue_views import CatalogueOrder, CatalogueSearch
from application.kernel.pages import Slice
from benchmarks.measuring import Act, Effort, contest, hammer
from benchmarks.stages import FIRST_NIGHT, Stage, fresh_folder, fresh_postgres, stage
from benchmarks.tables import heading, table
from domain.kernel.identifiers import ResourceId
from domain.kernel.periods import DateRange
from tests.servers import postgres_server

RESOURCES = 10_000
DAYS = 30
CLIENTS = 2
TOWNS = ("faro", "lagos", "porto", "braga", "evora", "sines", "tavira", "olhao")
PAGE = Slice(limit=20, after=None)
WEEKEND = DateRange(FIRST_NIGHT + timedelta(days=9), FIRST_NIGHT + timedelta(days=12))
MONTH = DateRange(FIRST_NIGHT, FIRST_NIGHT + timedelta(days=DAYS))


async def fill(on: Stage) -> ResourceId:
    """Room types in some towns, each of another name; returns one of them."""
    ids = [uuid4() for _ in range(RESOURCES)]
    this = {"organization_id": on.actor.organization_id}

    def write(connection: Connection) -> None:
        many = list(enumerate(ids))
        offering = {"kind": "hotel", "beds": 2}
        rooms = {"version": 1, "kind": "hotel", "zone": "UTC", "sold_by_day": True}
        connection.execute(
            insert(resources),
            [
                {**this, **rooms, "id": id, "name": f"Room {number:05}", "offering": offering}
                for number, id in many
            ],
        )
        words = [(id, word) for number, id in many for word in _words(number)]
        connection.execute(
            insert(resource_words), [{**this, "resource_id": id, "word": w} for id, w in words]
        )
        connection.execute(
            insert(resource_facets),
            [
                {**this, "resource_id": id, "facet": "location", "value": _words(number)[1]}
                for number, id in many
            ],
        )
        connection.execute(
            insert(sales_terms),
            [{**this, "id": id, "version": 1, **_terms(number)} for number, id in many],
        )
        for day in MONTH.days:
            connection.execute(
                insert(pools),
                [
                    {**this, "id": f"{id}:{day}", "resource_id": id, "day": day}
                    | {"capacity": 5, "allowance": 0, "taken": number % 6, "closed": False}
                    for number, id in many
                ],
            )

    await on.container.database().write(write, of=on.actor.organization_id)
    return ResourceId(ids[0])


def _words(number: int) -> Sequence[str]:
    return ("room", TOWNS[number % len(TOWNS)], f"{number:05}")


def _terms(number: int) -> dict[str, Any]:
    price = {"minor": 5000 + number, "currency": "EUR"}
    return {"rates": {"price": price}, "cancellation": {}}


async def measure(on: Stage, name: str, effort: Effort) -> None:
    resource_id = await fill(on)
    database = on.container.database()
    await on.analyze()
    search, views = on.container.catalogue.views().search, on.container.inventory.views()

    def searching(**wanted: Any) -> Act:
        asked = CatalogueSearch(**wanted)
        return lambda _number: search(on.actor, asked, slice=PAGE)

    def bare(_number: int) -> Any:
        return database.read(
            lambda connection: connection.execute(text("SELECT 1")).all(),
            of=on.actor.organization_id,
        )

    acts: dict[str, Act] = {
        "bare statement": bare,
        "availability, 30 days": lambda _: views.availability(on.actor, resource_id, dates=MONTH),
        "search, text": searching(text="room 0123"),
        "search, town and nights": searching(
            facets={"location": ("Faro",)}, dates=WEEKEND, units=2
        ),
        "search, nights": searching(dates=WEEKEND),
        "search, nights by price": searching(dates=WEEKEND, order=CatalogueOrder.PRICE),
        "search, a month": searching(dates=MONTH),
        "search, nothing left": searching(dates=WEEKEND, units=50),
    }
    best = await contest(
        {act: partial(hammer, acts[act], tasks=CLIENTS, seconds=effort.seconds) for act in acts},
        effort,
    )
    heading(f"{RESOURCES} resources, {DAYS} days each, {CLIENTS} clients: {name}")
    floor = best["bare statement"].p50
    table(
        ["", "per s", "p50 ms", "p95 ms", "times bare"],
        [[act, f.rate, f.p50, f.p95, f"{f.p50 / floor:.0f}"] for act, f in best.items()],
    )


async def run(effort: Effort) -> None:
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(
            fresh_postgres(stack.enter_context(postgres_server(durable=True)))
        )
        await measure(await stack.enter_async_context(stage(url)), "PostgreSQL", effort)
    with fresh_folder() as folder:
        async with stage(f"sqlite:///{folder}/catalogue.db") as on:
            await measure(on, "SQLite", effort)
