"""Who is next, of all who could go on: an index into the list of those that are ready."""

from collections.abc import Callable, Sequence
from random import Random

Key = tuple[str, int]
"""Who it is: the host, and the number of the task; 0 for what is no task."""
Policy = Callable[[Sequence[Key]], int]

CHANGES = 2
"""A bug of depth d needs d - 1 changes of priority to be found: this finds those of depth 3."""
NO_TASK = -100.0
"""A callback may call itself until some task has gone on, so it comes after all of them."""
LENGTH = 4000
"""Steps among which those changes fall, about as many as a run has."""


class Uniform:
    """Anybody, every time."""

    name = "uniform"

    def __init__(self, chance: Random) -> None:
        self._chance = chance

    def __call__(self, ready: Sequence[Key]) -> int:
        return self._chance.randrange(len(ready)) if len(ready) > 1 else 0


class Priorities:
    """Whoever has the highest priority goes on until it cannot: PCT (Burckhardt et al., 2010)."""

    name = "priorities"

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._of: dict[Key, float] = {}
        self._changes = {chance.randrange(LENGTH) for _ in range(CHANGES)}
        self._steps = 0
        self._lowest = 0.0

    def __call__(self, ready: Sequence[Key]) -> int:
        self._steps += 1
        best = max(range(len(ready)), key=lambda place: self._priority(ready[place]))
        if self._steps in self._changes:
            self._lowest -= 1
            self._of[ready[best]] = self._lowest
            best = max(range(len(ready)), key=lambda place: self._priority(ready[place]))
        return best

    def _priority(self, key: Key) -> float:
        if not key[1]:
            return NO_TASK
        if key not in self._of:
            self._of[key] = self._chance.random()
        return self._of[key]


class InTurn:
    """First come, first served, but for the steps at which somebody else gets ahead."""

    name = "in turn"
    DEVIATIONS = 20

    def __init__(self, chance: Random, kept: frozenset[int] | None = None) -> None:
        """`kept` are the deviations that are left when a failure is made smaller."""
        self._chance = chance
        drawn = {chance.randrange(LENGTH): chance.random() for _ in range(self.DEVIATIONS)}
        self.deviations = {
            step: share for step, share in drawn.items() if kept is None or step in kept
        }
        self._steps = 0

    def __call__(self, ready: Sequence[Key]) -> int:
        self._steps += 1
        return int(self.deviations.get(self._steps, 0.0) * len(ready))
