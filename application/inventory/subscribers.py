"""What inventory makes of what has happened."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar
from uuid import UUID

import attrs

from application.inventory.live_ports import LevelWork
from application.kernel.ports import Clock
from application.kernel.subscribers import RecordedEvent, Subscriber
from domain.bookings.block_events import BlockOpened, BlockReleased
from domain.bookings.channel_events import (
    ForeignBookingCancelled,
    ForeignBookingMoved,
    ForeignBookingTaken,
)
from domain.bookings.events import (
    BookingCancelled,
    BookingChanged,
    BookingDeclined,
    BookingExpired,
    BookingHeld,
    BookingReinstated,
    BookingReleased,
    BookingRescheduled,
)
from domain.bookings.waiting_events import (
    SavingEnded,
    UnitsSavedUp,
    WaitingCalledOff,
    WaitingEnded,
    WaitingOffered,
    WaitingWithdrawn,
)
from domain.inventory.events import PoolsOpened, ResourceChanged
from domain.inventory.levels import news_of
from domain.inventory.pools import Few
from domain.kernel.identifiers import ResourceId

MOVE_UNITS = (
    BookingHeld,
    BookingReinstated,
    BookingChanged,
    BookingRescheduled,
    BookingDeclined,
    BookingReleased,
    BookingExpired,
    BookingCancelled,
    BlockOpened,
    BlockReleased,
    ForeignBookingTaken,
    ForeignBookingMoved,
    ForeignBookingCancelled,
    UnitsSavedUp,
    SavingEnded,
    WaitingOffered,
    WaitingWithdrawn,
    WaitingEnded,
    WaitingCalledOff,
    PoolsOpened,
)
RESOURCES = ("resource_id", "previous_resource_id")


@attrs.frozen(kw_only=True)
class TellLevels(Subscriber):
    """Tells that a pool is low, full or available again, once for each time it becomes so.

    It goes by what is left when it looks, not by what was left when the event happened: a pool
    that was full for a moment only, before anybody could know, is not told about.
    """

    clock: Clock
    few_of: Callable[[Mapping[str, Any]], Few]
    name: ClassVar[str] = "levels"
    hears: ClassVar[frozenset[str]] = frozenset(
        event.name for event in (*MOVE_UNITS, ResourceChanged)
    )

    def __call__(self, event: RecordedEvent, work: LevelWork, /) -> None:
        if event.name == ResourceChanged.name and "low_at" not in event.payload["members"]:
            return
        few = self.few_of(work.own_settings.values())
        for resource_id in _touched(event.payload):
            changed = work.levels.changed(resource_id, few)
            if not changed:
                continue
            now = self.clock()
            facts = (news_of(reading, now=now) for reading in changed)
            work.facts.publish([fact for fact in facts if fact is not None])
            work.levels.keep({reading.pool.id: reading.level for reading in changed})


def _touched(payload: Mapping[str, Any]) -> Iterator[ResourceId]:
    return (ResourceId(UUID(payload[name])) for name in RESOURCES if payload.get(name))
