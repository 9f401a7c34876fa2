"""News that does not come as it should, as often as one likes."""

from enum import Enum

import attrs

from adapters.telephony_simulator.scripts import LIKE
from application.kernel.ports import Chance

HUNDRED = 100


class Astray(Enum):
    """It comes after what happened later, once more, or never."""

    LATE = "late"
    TWICE = "twice"
    LOST = "lost"


def astray_of(number: str | None, event: str) -> Astray | None:
    """What goes astray whoever's number ends like this, the first time it is told."""
    ending = (number or "")[-4:]
    if ending == LIKE["told-twice"]:
        return Astray.TWICE
    if ending == LIKE["told-late"] and event == "ringing":
        return Astray.LATE
    return None


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
