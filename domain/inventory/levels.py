"""How full a pool is, in a word, and what is told when that word changes."""

from datetime import datetime
from enum import Enum

import attrs

from domain.inventory.events import AvailabilityFull, AvailabilityLow, AvailableAgain
from domain.inventory.pools import USUALLY_FEW, Few, Pool
from domain.kernel.events import Event


class Level(Enum):
    PLENTY = "plenty"
    LOW = "low"
    FULL = "full"


@attrs.frozen(kw_only=True)
class Reading:
    """A pool, and the level it was told to be at last.

    How many are few, `low_at` of whatever has it says, or else its organization.
    """

    pool: Pool
    told: Level
    low_at: int | None = None
    few: Few = USUALLY_FEW

    @property
    def level(self) -> Level:
        return level_of(self.pool, low_at=self.low_at, few=self.few)


def level_of(pool: Pool, *, low_at: int | None = None, few: Few = USUALLY_FEW) -> Level:
    """Of a pool that is not closed: closing it is somebody's decision, and told as such."""
    if pool.free <= 0:
        return Level.FULL
    low = few.of(pool.capacity) if low_at is None else low_at
    return Level.LOW if pool.free <= low else Level.PLENTY


def news_of(reading: Reading, *, now: datetime) -> Event | None:
    """What there is to tell about a pool that was last told to be at another level."""
    before, after, pool = reading.told, reading.level, reading.pool
    if pool.resource_id is None or after is before:
        return None
    if after is Level.FULL:
        event: type[AvailabilityFull | AvailabilityLow | AvailableAgain] = AvailabilityFull
    elif before is Level.FULL:
        event = AvailableAgain
    elif after is Level.LOW:
        event = AvailabilityLow
    else:
        return None  # there was some left all the time
    return event(
        resource_id=pool.resource_id,
        pool_id=pool.id,
        day=pool.day,
        capacity=pool.capacity,
        free=pool.free,
        occurred_at=now,
    )
