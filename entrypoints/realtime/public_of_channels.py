"""Which events of channels are told over sockets, and which are not."""

from collections.abc import Mapping

from domain.bookings import channel_events as channels
from domain.kernel.events import Event

OF_CHANNELS = "what is sold elsewhere is read where channels are looked after; levels are told"

KEPT_OF_CHANNELS: Mapping[type[Event], str] = {
    channels.ChannelAdded: OF_CHANNELS,
    channels.ChannelChanged: OF_CHANNELS,
    channels.ChannelHealthChanged: OF_CHANNELS,
    channels.ChannelLinkRotated: OF_CHANNELS,
    channels.ChannelStateChanged: OF_CHANNELS,
    channels.ForeignBookingCancelled: OF_CHANNELS,
    channels.ForeignBookingMoved: OF_CHANNELS,
    channels.ForeignBookingTaken: OF_CHANNELS,
}
