"""News that does not come as it should, as often as one likes."""

from enum import Enum

import attrs

from application.kernel.ports import Chance

HUNDRED = 100


class Astray(Enum):
    """It comes after what happened later, once more, or never."""

    LATE = "late"
    TWICE = "twice"
    LOST = "lost"


@attrs.frozen
class Straying:
    """`percent` of all news goes astray, one way or another."""

    chance: Chance
    percent: int

    def __call__(self) -> Astray | None:
        if self.chance(HUNDRED) >= self.percent:
            return None
        ways = tuple(Astray)
        return ways[self.chance(len(ways))]
