"""A hold over HTTP, with all that it needs, against the bare transaction and against a peer."""

import json
import sys
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from functools import partial

from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.ext.asyncio.session import async_sessionmaker

from benchmarks.floors import CONNECTIONS, PLACES, POOLS, bare_postgres, bare_sqlite, floors
from benchmarks.in_process import statements_of_a_hold
from benchmarks.load import Task
from benchmarks.measuring import Contest, Effort, Figures, contest
from benchmarks.peers.fastapi_holds import Base, Slot
from benchmarks.serving import all_answered, running, served
from benchmarks.stages import Stage, fresh_folder, fresh_postgres, stage
from benchmarks.tables import Cell, heading, say, table
from tests.servers import free_port, postgres_server

OURS = "Frontdesk"
CLIENTS = (1, 8, 32)
QUOTES = 200
PLENTY = 1_000_000_000


async def ours(on: Stage, port: int, effort: Effort) -> Contest:
    """Quotes are asked for beforehand; holding one again and again is allowed."""
    resource = await on.add_nights(POOLS)
    step = POOLS // QUOTES
    quotes = [await on.quote(resource.id, night=number * step) for number in range(QUOTES)]
    bodies = [json.dumps({"quote_id": str(quote)}) for quote in quotes]
    return crowds(OURS, (port, "/v1/holds"), bodies, effort, token=await on.key())


def crowds(
    name: str, address: tuple[int, str], bodies: Sequence[str], effort: Effort, token: str = ""
) -> Contest:
    def measured(clients: int, *, hot: bool) -> Callable[[], Awaitable[Figures]]:
        task = Task(
            port=address[0],
            path=address[1],
            token=token,
            bodies=[bodies[0]] if hot else list(bodies),
            clients=clients,
            seconds=effort.seconds,
        )
        return partial(all_answered, task, "201")

    return {
        f"{name}, {where}, {clients}": measured(clients, hot=hot)
        for hot, where in PLACES
        for clients in CLIENTS
    }


async def peers(stack: AsyncExitStack, url: str, effort: Effort) -> Contest:
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    async with async_sessionmaker(engine)() as session:
        session.add_all(Slot(id=number, capacity=PLENTY, taken=0) for number in range(POOLS))
        await session.commit()
    await engine.dispose()
    port = free_port()
    await stack.enter_async_context(
        running(
            [sys.executable, "-m", "benchmarks.peers.fastapi_holds"],
            {"PEER_DATABASE_URL": url, "PEER_PORT": str(port)},
            port,
        )
    )
    bodies = [
        json.dumps({"slot_id": number, "name": "Ann Bo", "email": "ann@example.com", "units": 1})
        for number in range(QUOTES)
    ]
    return crowds("FastAPI + ORM", (port, "/holds"), bodies, effort)


def report(name: str, best: dict[str, Figures]) -> None:
    heading(f"A hold over HTTP: {name}")
    rows: list[list[Cell]] = []
    for subject, figures in best.items():
        who, where, clients = (*subject.split(", "), "")[:3]
        floor = best[f"bare transaction, {where}"]
        peer = best.get(f"FastAPI + ORM, {where}, {clients}")
        rows.append(
            [
                who,
                where,
                clients,
                figures.rate,
                figures.p50,
                figures.p95,
                f"{figures.rate / floor.rate:.0%}",
                f"{figures.rate / peer.rate:.1f}x" if peer and who == OURS else "",
            ]
        )
    table(["", "", "clients", "per s", "p50 ms", "p95 ms", "of the floor", "of the peer"], rows)


async def on_postgres(effort: Effort) -> None:
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(
            fresh_postgres(stack.enter_context(postgres_server(durable=True)))
        )
        bare = await stack.enter_async_context(bare_postgres(url))
        on = await stack.enter_async_context(stage(url))
        counted = await statements_of_a_hold(on)
        port = await stack.enter_async_context(served(url, processes=2))
        rivals = {
            **floors(bare, effort, CONNECTIONS),
            **await ours(on, port, effort),
            **await peers(stack, url, effort),
        }
        best = await contest(rivals, effort)
    report("PostgreSQL, durable, two server processes", best)
    say(f"  {counted} statements a hold")


async def on_sqlite(effort: Effort) -> None:
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(fresh_folder())
        bare = stack.enter_context(bare_sqlite(folder / "floor.db"))
        url = f"sqlite:///{folder}/holds.db"
        on = await stack.enter_async_context(stage(url))
        counted = await statements_of_a_hold(on)
        port = await stack.enter_async_context(served(url, processes=1))
        rivals = {**floors(bare, effort, 1), **await ours(on, port, effort)}
        best = await contest(rivals, effort)
    report("SQLite, synchronous=FULL, one server process", best)
    say(f"  {counted} statements a hold")


async def run(effort: Effort) -> None:
    await on_postgres(effort)
    await on_sqlite(effort)
