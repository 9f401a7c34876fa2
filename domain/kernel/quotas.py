"""How much may be asked for, and when there is some again.

A quota is a bucket that fills evenly: it holds `most`, and is full again `seconds` after it was
emptied. So nobody gets more than `most` at once, nor more than that every `seconds` on average.
One number says how a bucket stands, the moment at which it will be full, which is why taking
from it fits one statement of any store (the generic cell rate algorithm).
"""

from enum import Enum

import attrs

SECOND = 1_000_000


class WhenLost(Enum):
    """What becomes of those who ask while nobody can be asked how much is left."""

    LET_IN = "let in"
    COUNT_ALONE = "count alone"
    REFUSE = "refuse"


@attrs.frozen(kw_only=True)
class Verdict:
    """How many were granted, how many are left, and in how many seconds there is more."""

    granted: int
    remaining: int
    reset: int


@attrs.frozen(kw_only=True)
class Quota:
    """`name` is published. Moments are whole microseconds."""

    name: str
    most: int = attrs.field(validator=attrs.validators.ge(1))
    seconds: int = attrs.field(validator=attrs.validators.ge(1))
    when_lost: WhenLost = WhenLost.COUNT_ALONE

    @property
    def interval(self) -> int:
        """Between one and the next."""
        return max(1, self.seconds * SECOND // self.most)

    @property
    def capacity(self) -> int:
        return self.interval * self.most

    def take(self, full_at: int, units: int, *, now: int, least: int = 1) -> tuple[int, int]:
        """How many of `units` there are, and when it will be full after that.

        Of fewer than the `least` none is taken.
        """
        begins = max(full_at, now)
        granted = min(units, self._left(begins, now))
        if granted < least:
            granted = 0
        return granted, begins + granted * self.interval

    def verdict(self, granted: int, full_at: int, *, now: int) -> Verdict:
        remaining = self._left(full_at, now)
        until = full_at - now if remaining else full_at + self.interval - now - self.capacity
        return Verdict(
            granted=granted, remaining=remaining, reset=max(1, -(-until // SECOND)) if until else 0
        )

    def _left(self, full_at: int, now: int) -> int:
        """None, not fewer, where more was taken under a larger quota of the same name."""
        return max(0, (now + self.capacity - full_at) // self.interval)
