"""How those parts do that one can do without for a while, or that only slow the others down."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import attrs

from application.kernel.health import Fitness, Part
from application.kernel.refusals import TEMPORARY
from application.kernel.standing import NOTHING, Standings
from entrypoints.wiring.breakers import states_of_breakers
from entrypoints.wiring.pooling import most_connections
from entrypoints.wiring.settings import Settings
from entrypoints.wiring.standing import standings_of

PATIENCE = 2.0  # seconds
LATE, MANY_JOBS = timedelta(seconds=60), 1000
BUSY = 0.9
REMEMBERED = 5.0  # seconds: everybody may ask, and not every time is the database asked for sums

Parts = Mapping[str, Part]


@attrs.frozen(kw_only=True)
class InstallationFitness(Fitness):
    """Breakers are those of this machine, connections those of this process.

    `epoch` is the time in seconds since 1970.
    """

    settings: Settings
    standings: Standings
    redis: Any
    pool: Any
    epoch: Callable[[], float]

    async def __call__(self) -> Parts:
        """The breakers' names are those of the settings."""
        work, cache = await asyncio.gather(self._of_work(), self._of_the_cache())
        return {**work, **self._of_the_pool(), **cache, **self._of_breakers()}

    async def _of_work(self) -> Parts:
        """That somebody works is seen by nothing being left lying."""
        try:
            async with asyncio.timeout(PATIENCE):
                standing = await self.standings()
        except (*TEMPORARY, TimeoutError):
            return {"worker": Part(fit=False, told="not known")}
        waited = max(standing.events_waiting_for, standing.holds_overdue_for)
        return {
            "worker": Part(waited <= LATE, _lying(waited)),
            "jobs": Part(standing.jobs_waiting <= MANY_JOBS, f"{standing.jobs_waiting} waiting"),
            "payments in time": Part(
                standing.unresolved_for <= 15 * LATE, f"{standing.unresolved_payments} unresolved"
            ),
        }

    def _of_the_pool(self) -> Parts:
        used, most = self.pool.checkedout(), most_connections(self.settings, self.pool)
        return {"pool": Part(used <= BUSY * most, f"{used} of {most} in use")}

    async def _of_the_cache(self) -> Parts:
        if self.redis is None:
            return {}
        answers = await self.redis.answers()
        return {"cache": Part(answers, "" if answers else "done without")}

    def _of_breakers(self) -> Parts:
        states = states_of_breakers(self.settings, self.epoch())
        return {name: Part(state != "open", state) for name, state in states.items()}


def _lying(waited: timedelta) -> str:
    if waited == NOTHING:
        return "nothing left lying"
    return f"the oldest left lying for {waited.total_seconds():.0f} s"


@attrs.define(eq=False)
class RememberedStandings(Standings):
    """One asks for all who come meanwhile and shortly after; trouble is not remembered."""

    standings: Standings
    seconds: Callable[[], float]
    _asking: asyncio.Lock = attrs.field(factory=asyncio.Lock, init=False)
    _heard: tuple[float, Any] | None = attrs.field(default=None, init=False)

    async def __call__(self) -> Any:
        async with self._asking:
            if self._heard is None or self.seconds() - self._heard[0] >= REMEMBERED:
                self._heard = self.seconds(), await self.standings()
            return self._heard[1]


def fitness_of(container: Any) -> Fitness:
    clock = container.clock()
    return InstallationFitness(
        settings=container.settings(),
        standings=RememberedStandings(standings_of(container), container.seconds()),
        redis=container.rates.redis(),
        pool=container.database().engine.pool,
        epoch=lambda: clock().timestamp(),
    )
