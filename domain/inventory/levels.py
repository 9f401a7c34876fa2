"""How full a pool is, in a word, and what is told when that word changes."""

from datetime import datetime
from enum import Enum

from domain.inventory.events import AvailabilityFull, AvailabilityLow, AvailableAgain
from domain.inventory.pools import Pool, few
from domain.kernel.events import Event


class Level(Enum):
    PLENTY = "plenty"
    LOW = "low"
    FULL = "full"


def level_of(pool: Pool) -> Level:
    """Of a pool that is not closed: closing it is somebody's decision, and told as such."""
    if pool.free <= 0:
        return Level.FULL
    return Level.LOW if pool.free <= few(pool.capacity) else Level.PLENTY


def told(before: Level, pool: Pool, *, now: datetime) -> Event | None:
    """What there is to tell about a pool that was last told to be at another level."""
    after = level_of(pool)
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
