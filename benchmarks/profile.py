"""Where the time of a hold goes, from the request to the answer, by whose code is running.

It is the processor's time of this process, without what is spent waiting. A profiler makes Python
look slower than it is and C faster, so the shares are only shares.
"""

import cProfile
import pstats
import time
from collections import Counter
from collections.abc import Callable
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import attrs
from dependency_injector import providers

from benchmarks.in_process import holds, statements_of_a_hold
from benchmarks.measuring import Effort
from benchmarks.stages import Stage, fresh_folder, fresh_postgres, stage
from benchmarks.tables import Cell, heading, say, table
from domain.kernel.identifiers import OrganizationId
from tests.servers import postgres_server

Function = tuple[str, int, str]
Result = TypeVar("Result")

HOLDS, TEN = 400, 10
WHOSE = (
    ("/benchmarks/", "the load itself"),
    ("/domain/", "ours: domain"),
    ("/application/", "ours: application"),
    ("/adapters/", "ours: adapters"),
    ("/entrypoints/", "ours: entrypoints"),
    ("sqlalchemy", "SQLAlchemy"),
    ("asyncpg", "driver"),
    ("sqlite3.", "driver"),
    ("cattrs", "cattrs"),
    ("attr", "attrs"),
    ("litestar", "HTTP framework"),
    ("msgspec", "HTTP framework"),
    ("asyncio", "event loop"),
    ("uvloop", "event loop"),
)


@attrs.frozen(kw_only=True)
class Watched:
    """A database whose writer thread is profiled as well."""

    database: Any
    profile: cProfile.Profile

    def __getattr__(self, name: str) -> Any:
        return getattr(self.database, name)

    async def write(self, work: Callable[..., Result], *, of: OrganizationId) -> Result:
        result: Result = await self.database.write(partial(self.profile.runcall, work), of=of)
        return result

    async def decide(self, work: Callable[..., Result], *, of: OrganizationId) -> Result:
        result: Result = await self.database.decide(partial(self.profile.runcall, work), of=of)
        return result


def owner(function: Function) -> str | None:
    """None for what belongs to whoever calls it: built-in functions and the standard library."""
    file, _, name = function
    place = f"{file} {name}"
    return next((who for part, who in WHOSE if part in place), None)


def shares(stats: Any) -> Counter[str]:
    """Seconds by owner; what belongs to nobody is divided among its callers."""
    seconds: Counter[str] = Counter()
    for function, (_, _, own, _, callers) in stats.items():
        who = owner(function)
        if who is not None or not callers:
            seconds[who or "other"] += own
            continue
        for caller, (_, _, own_for_caller, _) in callers.items():
            seconds[owner(caller) or "standard library"] += own_for_caller
    return seconds


async def profiled(on: Stage, *, in_a_thread: bool) -> None:
    # By the thread's own clock, for which waiting takes no time.
    main, writer = cProfile.Profile(time.thread_time), cProfile.Profile(time.thread_time)
    if in_a_thread:
        database = Watched(database=on.container.database(), profile=writer)
        on.container.database.override(providers.Object(database))
    statements = await statements_of_a_hold(on)
    hold = await holds(on)
    for _ in range(HOLDS // 4):
        await hold()
    begun, cpu = time.perf_counter(), time.process_time()
    for _ in range(HOLDS):
        await hold()
    passed, spent = time.perf_counter() - begun, time.process_time() - cpu
    writer.clear()
    main.enable()
    for _ in range(HOLDS):
        await hold()
    main.disable()
    profiles = [main, writer] if in_a_thread else [main]
    stats = [pstats.Stats(profile).stats for profile in profiles]  # type: ignore[attr-defined]
    seconds: Counter[str] = sum(map(shares, stats), Counter())
    report(seconds, sum(map(largest, stats), Counter()), passed, spent, statements)


def largest(stats: Any) -> Counter[str]:
    """Seconds by file; what is built in is divided among those who call it."""
    seconds: Counter[str] = Counter()
    for (file, _, _), (_, _, own, _, callers) in stats.items():
        if not file.startswith("~"):
            seconds[_named(file)] += own
            continue
        for (caller, _, _), (_, _, own_for_caller, _) in callers.items():
            seconds[_named(caller)] += own_for_caller
    return seconds


def _named(file: str) -> str:
    """The last three parts of its path."""
    return "/".join(Path(file).parts[-3:])


def report(
    seconds: Counter[str], files: Counter[str], passed: float, spent: float, statements: int
) -> None:
    whole = sum(seconds.values())
    rows: list[list[Cell]] = [
        [who, f"{part / whole:.0%}", part / HOLDS * 1e6] for who, part in seconds.most_common()
    ]
    table(["", "share", "profiled µs"], rows)
    ten: list[list[Cell]] = [
        [file, f"{part / whole:.1%}", part / HOLDS * 1e6] for file, part in files.most_common(TEN)
    ]
    table(["the ten largest", "share", "profiled µs"], ten)
    say(
        f"  {passed / HOLDS * 1e6:.0f} µs a hold, one after the other; {spent / HOLDS * 1e6:.0f} "
        f"of them are this process's; {statements} statements"
    )


async def run(_effort: Effort) -> None:
    async with AsyncExitStack() as stack:
        admin_url = stack.enter_context(postgres_server(durable=True))
        url = await stack.enter_async_context(fresh_postgres(admin_url))
        heading("Where a hold's time goes: PostgreSQL")
        await profiled(await stack.enter_async_context(stage(url)), in_a_thread=False)
    async with AsyncExitStack() as stack:
        url = f"sqlite:///{stack.enter_context(fresh_folder())}/profile.db"
        heading("Where a hold's time goes: SQLite")
        await profiled(await stack.enter_async_context(stage(url)), in_a_thread=True)
