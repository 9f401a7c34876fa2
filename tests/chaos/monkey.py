"""Kills one thing again and again, at moments drawn from a seed."""

from collections.abc import Callable
from random import Random
from time import monotonic
from typing import Protocol

import anyio
import attrs
from anyio import to_thread

from tests.chaos.journal import Journal, Kill

PATIENCE = 60.0
LONGEST_LIFE = 0.6
"""Seconds between the first sign of life and death."""
BUSY = 3
"""So many are not in flight at once while the door is shut."""


class Mortal(Protocol):
    def kill_and_restart(self) -> None: ...


class NoRecovery(Exception):
    """It was killed, started again, and has not done anything since."""


@attrs.frozen(kw_only=True)
class Monkey:
    """`has_recovered` says whether the victim has done its work since it was killed."""

    name: str
    victim: Mortal
    has_recovered: Callable[[Kill], bool]
    letters: Callable[[], int]
    journal: Journal
    chance: Random

    async def kill(self, times: int) -> None:
        for _ in range(times):
            await anyio.sleep(self.chance.uniform(0, LONGEST_LIFE))
            kill = await self._at_a_bad_moment()
            await to_thread.run_sync(self.victim.kill_and_restart)
            kill.dead_by = monotonic()
            await self._recovery(kill)

    async def _at_a_bad_moment(self) -> Kill:
        """With something under way, unless there is nothing any more, which is not hidden."""
        deadline = monotonic() + PATIENCE
        while len(self.journal.in_flight) < BUSY:
            if monotonic() > deadline:
                break
            await anyio.sleep(0.001)
        return self.journal.kill(self.name, letters=self.letters())

    async def _recovery(self, kill: Kill) -> None:
        deadline = kill.at + PATIENCE
        while not self.has_recovered(kill):
            if monotonic() > deadline:
                raise NoRecovery(self.name)
            await anyio.sleep(0.02)
        kill.recovered_at = monotonic()


def has_answered(journal: Journal) -> Callable[[Kill], bool]:
    return lambda kill: journal.alive_as_of > kill.dead_by


def has_written(letters: Callable[[], int]) -> Callable[[Kill], bool]:
    return lambda kill: letters() > kill.letters
