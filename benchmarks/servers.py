"""The same program on granian and on uvicorn: one process, on SQLite, in turn."""

import json
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from functools import partial
from math import inf

import attrs

from benchmarks.load import Task
from benchmarks.measuring import Effort, Figures
from benchmarks.serving import SERVE, all_answered, options_of, running
from benchmarks.spent import cpu_seconds
from benchmarks.stages import fresh_folder, stage
from benchmarks.tables import Cell, heading, table
from tests.servers import free_port

CLIENTS = 16
SERVERS = {"granian": SERVE, "uvicorn": ("-m", "benchmarks.peers.on_uvicorn")}


@attrs.frozen(kw_only=True)
class Asked:
    method: str
    path: str
    body: str
    status: str


async def least(
    measured: Mapping[str, Callable[[], Awaitable[Figures]]], effort: Effort
) -> Mapping[str, Figures]:
    """Of the rounds, in turn: the one that took the processor least."""
    best: dict[str, Figures] = {}
    for _ in range(effort.rounds):
        for name, measure in measured.items():
            figures = await measure()
            if figures.cpu < (best[name].cpu if name in best else inf):
                best[name] = figures
    return best


async def spent(task: Task, server: int) -> Figures:
    before = cpu_seconds(server)
    figures = await all_answered(task, "200" if task.method == "GET" else "201")
    answered = figures.rate * task.seconds
    return attrs.evolve(figures, cpu=(cpu_seconds(server) - before) / answered * 1e6)


async def run(effort: Effort) -> None:
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(fresh_folder())
        url = f"sqlite:///{folder}/servers.db"
        on = await stack.enter_async_context(stage(url))
        room = await on.add_nights(1)
        body = json.dumps({"quote_id": str(await on.quote(room.id))})
        key = await on.key()
        asked = {
            "a process that lives": ("GET", "/livez", ""),
            "one resource": ("GET", f"/v1/resources/{room.id}", ""),
            "a hold": ("POST", "/v1/holds", body),
        }
        rivals = {}
        for name, module in SERVERS.items():
            port = free_port()
            server = await stack.enter_async_context(
                running(
                    [sys.executable, *module],
                    {**options_of(url, port), "FRONTDESK_DATA_DIR": str(folder)},
                    port,
                )
            )
            for what, (method, path, said) in asked.items():
                task = Task(
                    port=port,
                    method=method,
                    path=path,
                    token=key,
                    bodies=[said],
                    clients=CLIENTS,
                    seconds=effort.seconds,
                )
                rivals[f"{what}, {name}"] = partial(spent, task, server)
        report(await least(rivals, effort), list(asked))


def report(best: Mapping[str, Figures], asked: Sequence[str]) -> None:
    heading(f"The same program on two servers, {CLIENTS} clients")
    rows: list[list[Cell]] = []
    for what in asked:
        chosen = best[f"{what}, granian"].cpu
        for name in SERVERS:
            one = best[f"{what}, {name}"]
            rows.append([what, name, one.rate, one.cpu, one.cpu / chosen, one.p50, one.p99])
    table(["", "", "per s", "CPU µs each", "times granian's", "p50 ms", "p99 ms"], rows)
