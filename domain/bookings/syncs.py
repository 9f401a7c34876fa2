"""What came of reading a channel's feed."""

from datetime import datetime
from enum import Enum
from typing import ClassVar
from uuid import UUID

import attrs

from domain.kernel.identifiers import ChannelId
from domain.kernel.refusals import Conflict


@attrs.frozen
class SyncOvertaken(Conflict):
    """A later sync has begun, or the channel was paused or archived meanwhile."""

    code: ClassVar[str] = "sync_overtaken"
    channel_id: ChannelId

    def __str__(self) -> str:
        return f"another sync of the channel {self.channel_id} has begun, or it was stopped"


class SyncOutcome(Enum):
    """Partial: something could not be read, or vanished and waits for a person."""

    SUCCEEDED = "succeeded"
    UNCHANGED = "unchanged"
    PARTIAL = "partial"
    FAILED = "failed"


@attrs.frozen(kw_only=True)
class Counts:
    """Of events: `told` in their feed and to come; what was done; and what was left alone.

    `echoes` are our own, `stale` older than what is known, `clashing` sold twice, `waiting`
    vanished, but too many at once.
    """

    told: int = 0
    taken: int = 0
    moved: int = 0
    cancelled: int = 0
    clashing: int = 0
    echoes: int = 0
    stale: int = 0
    unreadable: int = 0
    waiting: int = 0


@attrs.frozen(kw_only=True)
class ChannelSync:
    """`reason` is why it failed, and None if it did not."""

    id: UUID
    channel_id: ChannelId
    at: datetime
    milliseconds: int
    outcome: SyncOutcome
    reason: str | None = None
    counts: Counts = attrs.field(factory=Counts)
