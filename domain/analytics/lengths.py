"""How long calls lasted: percentiles, and how many lasted how long."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

import attrs

# In seconds: at least so long, and shorter than the next.
STEPS = (0, 15, 30, 60, 120, 180, 300, 600, 900, 1800, 3600)
SHARES = (0.5, 0.75, 0.9, 0.95, 0.99)


@attrs.frozen(kw_only=True)
class Step:
    at_least: int
    less_than: int | None
    calls: int


@attrs.frozen
class Lengths:
    """`counts` are milliseconds and how many calls lasted so long, the shortest first."""

    counts: Sequence[tuple[int, int]]

    @property
    def calls(self) -> int:
        return sum(number for _, number in self.counts)

    @property
    def mean(self) -> float | None:
        calls = self.calls
        lasted = sum(milliseconds * number for milliseconds, number in self.counts)
        return lasted / (1000 * calls) if calls else None

    def percentile(self, share: float) -> float | None:
        """In seconds; by method 7 of Hyndman and Fan, as `percentile` of a list."""
        if not self.counts:
            return None
        reached = list(accumulate(number for _, number in self.counts))
        rank = share * (reached[-1] - 1)
        below = int(rank)
        first = self._value(reached, below)
        then = self._value(reached, min(below + 1, reached[-1] - 1))
        return (first + (then - first) * (rank - below)) / 1000

    def _value(self, reached: Sequence[int], place: int) -> int:
        """The length at this place, had each call one."""
        return self.counts[bisect_left(reached, place + 1)][0]

    @property
    def distribution(self) -> Sequence[Step]:
        ends = (*STEPS[1:], None)
        return [
            Step(at_least=first, less_than=end, calls=self._between(first, end))
            for first, end in zip(STEPS, ends, strict=True)
        ]

    def _between(self, first: int, end: int | None) -> int:
        return sum(
            number
            for milliseconds, number in self.counts
            if first * 1000 <= milliseconds and (end is None or milliseconds < end * 1000)
        )
