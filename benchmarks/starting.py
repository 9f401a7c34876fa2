"""How long a program takes until it serves, beside a bare route on the same server.

Modules have been compiled before, as they are by `make`, after the first start wherever the
program may write, and in an image that was built with `deploy/Dockerfile`.
"""

import asyncio
import compileall
import sys
import time
from collections.abc import Mapping, Sequence
from statistics import median

import attrs

from benchmarks.measuring import Effort
from benchmarks.serving import SERVE, options_of, running
from benchmarks.spent import cpu_seconds, memory
from benchmarks.stages import fresh_folder, stage
from benchmarks.tables import heading, table
from tests.servers import free_port

OURS = ("domain", "application", "adapters", "entrypoints")
MIB = 1 << 20


@attrs.frozen
class Start:
    """Seconds by the clock, and of the processor; bytes."""

    passed: float
    cpu: float
    size: int


async def started(command: Sequence[str], options: Mapping[str, str], port: int) -> Start:
    begun = time.perf_counter()
    async with running([sys.executable, *command], options, port) as server:
        return Start(time.perf_counter() - begun, cpu_seconds(server), memory(server)[0])


async def run(effort: Effort) -> None:
    for ours in OURS:
        await asyncio.to_thread(compileall.compile_dir, ours, quiet=1)
    with fresh_folder() as folder:
        url = f"sqlite:///{folder}/starting.db"
        async with stage(url):
            pass
        starts: dict[str, list[Start]] = {"frontdesk serve": [], "a bare route": []}
        for _ in range(effort.rounds):
            port, floors = free_port(), free_port()
            starts["frontdesk serve"].append(
                await started(
                    SERVE, {**options_of(url, port), "FRONTDESK_DATA_DIR": str(folder)}, port
                )
            )
            options = {"PEER_DATABASE_URL": url, "PEER_PORT": str(floors), "PEER_SECRET": "none"}
            starts["a bare route"].append(
                await started(("-m", "benchmarks.peers.bare_webhooks"), options, floors)
            )
    report(starts)


def report(starts: Mapping[str, Sequence[Start]]) -> None:
    heading("Until a program serves, on SQLite (in the middle of the rounds)")
    table(
        ["", "s", "CPU s", "MiB"],
        [
            [
                name,
                median(one.passed for one in rounds),
                median(one.cpu for one in rounds),
                median(one.size for one in rounds) / MIB,
            ]
            for name, rounds in starts.items()
        ],
    )
