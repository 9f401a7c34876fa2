"""What dashboards ask: the first time, and again and again."""

import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from functools import partial

from benchmarks.measuring import Act, Effort, contest, hammer
from benchmarks.stages import Stage, fresh_folder, fresh_postgres, stage
from benchmarks.tables import heading, table
from entrypoints.wiring.lasting import set_aside
from tests.servers import postgres_server


async def measure(acts: Mapping[str, Act], what: str, effort: Effort) -> None:
    """Times as they passed, and what of the processor this process took for each answer; what a
    server of databases took is in the first only."""
    cold = {}
    for name, act in acts.items():
        begun = time.perf_counter()
        await act(0)
        cold[name] = 1000 * (time.perf_counter() - begun)
    set_aside()  # as servers do
    warm = await contest(
        {name: partial(hammer, acts[name], tasks=1, seconds=effort.seconds) for name in acts},
        effort,
    )
    heading(f"figures of {what}")
    table(
        ["", "first ms", "p50 ms", "p95 ms", "cpu ms"],
        [
            (name, cold[name], warm[name].p50, warm[name].p95, warm[name].cpu / 1000)
            for name in acts
        ],
    )


async def measure_both(
    fill: Callable[[Stage, str, int], Awaitable[None]],
    acts: Callable[[Stage], Mapping[str, Act]],
    what: str,
    effort: Effort,
) -> None:
    """On PostgreSQL and on SQLite, each filled with as many as are wanted."""
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(
            fresh_postgres(stack.enter_context(postgres_server(durable=True)))
        )
        on = await stack.enter_async_context(stage(url))
        await fill(on, url, effort.calls)
        await measure(acts(on), f"{effort.calls:,} {what}: PostgreSQL", effort)
    with fresh_folder() as folder:
        url = f"sqlite:///{folder}/{what}.db"
        async with stage(url) as on:
            await fill(on, url, effort.calls)
            await measure(acts(on), f"{effort.calls:,} {what}: SQLite", effort)
