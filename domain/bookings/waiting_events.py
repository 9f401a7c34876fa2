"""What other features may know about waiting lists."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

import attrs

from domain.kernel.events import Event
from domain.kernel.identifiers import BookingId, ResourceId, WaitingId


@attrs.frozen(kw_only=True)
class WaitingEvent(Event):
    """`resource_id` is what somebody waits for."""

    waiting_id: WaitingId
    resource_id: ResourceId

    @property
    def subject(self) -> UUID:
        return self.waiting_id


@attrs.frozen(kw_only=True)
class WaitingJoined(WaitingEvent):
    name: ClassVar[str] = "waiting_joined"


@attrs.frozen(kw_only=True)
class WaitingOffered(WaitingEvent):
    """A place is held until `expires_at`. `passed_over` joined earlier and were too large."""

    name: ClassVar[str] = "waiting_offered"
    booking_id: BookingId
    rule: str
    position: int
    passed_over: tuple[WaitingId, ...]
    expires_at: datetime


@attrs.frozen(kw_only=True)
class WaitingAccepted(WaitingEvent):
    name: ClassVar[str] = "waiting_accepted"
    booking_id: BookingId


@attrs.frozen(kw_only=True)
class WaitingWithdrawn(WaitingEvent):
    name: ClassVar[str] = "waiting_withdrawn"


@attrs.frozen(kw_only=True)
class WaitingEnded(WaitingEvent):
    """The offer ran out, or there is nothing left to wait for."""

    name: ClassVar[str] = "waiting_ended"


@attrs.frozen(kw_only=True)
class WaitingCalledOff(WaitingEvent):
    """What was waited for does not take place. `booking_id` is there if it had been offered."""

    name: ClassVar[str] = "waiting_called_off"
    booking_id: BookingId | None
    reason: str


@attrs.frozen(kw_only=True)
class UnitsSavedUp(WaitingEvent):
    """So many more units are kept for a party that is too large for what comes free at once."""

    name: ClassVar[str] = "units_saved_up"
    units: int
    until: datetime


@attrs.frozen(kw_only=True)
class SavingEnded(WaitingEvent):
    name: ClassVar[str] = "saving_ended"
