"""A day of calls: callers ring, people answer, and workers are killed in the midst of it."""

from collections.abc import Sequence
from contextlib import AsyncExitStack
from random import Random
from time import monotonic
from typing import Any

import anyio
import attrs
from anyio import to_thread

from entrypoints.wiring.telephony_providers import FILE
from tests.chaos.attendants import Attendants
from tests.chaos.call_house import CallHouse
from tests.chaos.callers import Callers
from tests.chaos.customers import Follower, line_to
from tests.chaos.evening import Evening
from tests.chaos.hotel import program_at
from tests.chaos.journal import Journal
from tests.chaos.programs import Program, Site, supervised

BETWEEN = 0.15  # seconds
WORKERS = 2
KILLED_BETWEEN = (0.2, 0.8)  # of the calls
SIMULATED = {
    "TELEPHONY": "simulator",
    "SIMULATOR_FAULT_PERCENT": "5",
    "RING_SECONDS_AT_MOST": "60",
}


@attrs.frozen(kw_only=True)
class Day:
    """So many calls, while each worker is killed so many times."""

    site: Site
    calls: int
    kills: int
    seed: int

    async def run(self) -> Evening:
        house = await CallHouse.opened(self.site)
        server = Program(self.site, "serve", **SIMULATED)
        workers = [Program(self.site, "worker", **SIMULATED) for _ in range(WORKERS)]
        container = program_at(self.site, telephony="simulator")
        async with AsyncExitStack() as around:
            around.push_async_callback(container.database().close)
            await around.enter_async_context(supervised(server, *workers))
            line = await around.enter_async_context(line_to(self.site, house.token, Journal()))
            await house.staff(line)
            evening = Evening(
                container=container,
                house=house,
                follower=Follower(line),
                simulation=self.site.folder / FILE,
            )
            await self._go_on(evening, workers)
            await evening.look()
        evening.falls = [code for program in (server, *workers) for code in program.falls]
        evening.exits = [program.exit for program in (server, *workers)]
        return evening

    async def _go_on(self, evening: Evening, workers: Sequence[Program]) -> None:
        """Until nobody rings any more, all calls are over and nobody waits."""
        begun, closing = monotonic(), anyio.Event()
        callers = self._callers(evening)
        attendants = Attendants(follower=evening.follower, chance=self._chance("attendants"))
        async with anyio.create_task_group() as open_house:
            open_house.start_soon(attendants.attend, closing)
            async with anyio.create_task_group() as busy:
                busy.start_soon(callers.all_ring)
                for number, worker in enumerate(workers):
                    busy.start_soon(self._kill, number, worker, callers)
            evening.seconds = monotonic() - begun
            await evening.falls_silent(by_itself=callers.are_many)
            closing.set()

    def _callers(self, evening: Evening) -> Callers:
        exchange: Any = evening.container.telephony.lines.exchange()
        return Callers(
            line=evening.line,
            house=evening.house,
            exchange=exchange,
            calls=self.calls,
            every=BETWEEN,
            chance=self._chance("callers"),
        )

    async def _kill(self, number: int, worker: Program, callers: Callers) -> None:
        """At calls drawn from those in the midst of the day."""
        chance = self._chance(f"worker {number}")
        drawn = [chance.uniform(*KILLED_BETWEEN) * self.calls for _ in range(self.kills)]
        for call in sorted(drawn):
            await callers.have_rung(call)
            await to_thread.run_sync(worker.kill_and_restart)

    def _chance(self, whose: str) -> Random:
        return Random(f"{self.seed} {whose}")
