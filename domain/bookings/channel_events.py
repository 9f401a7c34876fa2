"""What other features may know about channels, and about what was booked through them."""

from typing import ClassVar
from uuid import UUID

import attrs

from domain.kernel.events import Event
from domain.kernel.identifiers import ChannelId, ForeignBookingId, ResourceId


@attrs.frozen(kw_only=True)
class ChannelEvent(Event):
    channel_id: ChannelId
    resource_id: ResourceId

    @property
    def subject(self) -> UUID:
        return self.channel_id


@attrs.frozen(kw_only=True)
class ChannelAdded(ChannelEvent):
    name: ClassVar[str] = "channel_added"


@attrs.frozen(kw_only=True)
class ChannelChanged(ChannelEvent):
    """Its feed, how often that is read, or what it is called."""

    name: ClassVar[str] = "channel_changed"


@attrs.frozen(kw_only=True)
class ChannelStateChanged(ChannelEvent):
    name: ClassVar[str] = "channel_state_changed"
    was: str
    state: str


@attrs.frozen(kw_only=True)
class ChannelLinkRotated(ChannelEvent):
    """The link that was good until now leads nowhere."""

    name: ClassVar[str] = "channel_link_rotated"


@attrs.frozen(kw_only=True)
class ChannelHealthChanged(ChannelEvent):
    name: ClassVar[str] = "channel_health_changed"
    was: str
    health: str


@attrs.frozen(kw_only=True)
class ForeignBookingEvent(Event):
    foreign_booking_id: ForeignBookingId
    channel_id: ChannelId
    resource_id: ResourceId

    @property
    def subject(self) -> UUID:
        return self.foreign_booking_id


@attrs.frozen(kw_only=True)
class ForeignBookingTaken(ForeignBookingEvent):
    """`taken` of the pools it needs are its own now; of `short`, nothing was left."""

    name: ClassVar[str] = "foreign_booking_taken"
    taken: int
    short: int


@attrs.frozen(kw_only=True)
class ForeignBookingMoved(ForeignBookingTaken):
    """Its feed has it at another time, or what it lacked came free."""

    name: ClassVar[str] = "foreign_booking_moved"


@attrs.frozen(kw_only=True)
class ForeignBookingCancelled(ForeignBookingEvent):
    """What it had is free again. `reason` is whether that was said, or whether it vanished."""

    name: ClassVar[str] = "foreign_booking_cancelled"
    reason: str
