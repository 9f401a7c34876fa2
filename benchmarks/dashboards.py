"""What dashboards ask: the first time, and again and again."""

import time
from collections.abc import Mapping
from functools import partial

from benchmarks.measuring import Act, Effort, contest, hammer
from benchmarks.tables import heading, table
from entrypoints.wiring.lasting import set_aside


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
