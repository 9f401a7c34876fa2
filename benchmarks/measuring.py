"""How fast something is: many tasks at once, several rounds, rivals in turn, the best of each."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence

import attrs

Act = Callable[[int], Awaitable[object]]


@attrs.frozen(kw_only=True)
class Effort:
    """How much measuring is worth: more rounds are a better guard against a noisy machine.

    `calls` is how many calls are listed; `kept` are URLs of databases that have them since before,
    or have them from now on. `processes` serve callbacks.
    """

    rounds: int = 3
    seconds: float = 1.0
    calls: int = 100_000
    kept: Sequence[str] = ()
    processes: int = 1


@attrs.frozen(kw_only=True)
class Figures:
    """Times are in milliseconds, but the processor's, which is in microseconds an operation."""

    rate: float
    p50: float
    p95: float
    p99: float
    cpu: float = 0.0

    @classmethod
    def of(cls, seconds: float, latencies: Sequence[float], *, cpu: float = 0.0) -> "Figures":
        ordered = sorted(latencies)
        return cls(
            rate=len(ordered) / seconds,
            p50=ordered[len(ordered) // 2] * 1e3,
            p95=ordered[len(ordered) * 95 // 100] * 1e3,
            p99=ordered[len(ordered) * 99 // 100] * 1e3,
            cpu=cpu / len(ordered) * 1e6,
        )


Contest = Mapping[str, Callable[[], Awaitable[Figures]]]


async def hammer(act: Act, *, tasks: int, seconds: float) -> Figures:
    """Each task calls `act` with its own number, over and over, until the time is up."""
    latencies: list[float] = []
    begun, cpu = time.perf_counter(), time.process_time()

    async def keep_on(number: int) -> None:
        now = time.perf_counter()
        while now < begun + seconds:
            await act(number)
            then, now = now, time.perf_counter()
            latencies.append(now - then)

    async with asyncio.TaskGroup() as group:
        for number in range(tasks):
            group.create_task(keep_on(number))
    passed = time.perf_counter() - begun
    return Figures.of(passed, latencies, cpu=time.process_time() - cpu)


async def contest(rivals: Contest, effort: Effort) -> dict[str, Figures]:
    """Round by round each in turn, so that a bad minute of the machine is bad for all."""
    best: dict[str, Figures] = {}
    for _ in range(effort.rounds):
        for name, measure in rivals.items():
            figures = await measure()
            if name not in best or figures.rate > best[name].rate:
                best[name] = figures
    return best
