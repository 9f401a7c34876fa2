"""Channels as readers see them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import attrs

from application.kernel.pages import Page, Slice
from domain.bookings.channels import Channel, ChannelState
from domain.bookings.foreign_bookings import ForeignBooking, ForeignState
from domain.bookings.syncs import ChannelSync
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ChannelId, OrganizationId, ResourceId


@attrs.frozen(kw_only=True)
class ChannelFilter:
    """Only channels that meet every condition given; without a state, none that is archived."""

    resource_id: ResourceId | None = None
    state: ChannelState | None = None


@attrs.frozen(kw_only=True)
class ForeignFilter:
    state: ForeignState | None = None
    clashing: bool = False


class ChannelViews(Protocol):
    """Every question names the actor; nobody sees channels of another organization."""

    async def channel(self, actor: Actor, channel_id: ChannelId) -> Channel:
        """Raises ChannelNotFound."""
        ...

    async def channels(
        self, actor: Actor, *, filter: ChannelFilter, slice: Slice
    ) -> Page[Channel]:
        """Oldest first."""
        ...

    async def syncs(
        self, actor: Actor, channel_id: ChannelId, *, slice: Slice
    ) -> Page[ChannelSync]:
        """Latest first. Raises ChannelNotFound."""
        ...

    async def foreign_bookings(
        self, actor: Actor, channel_id: ChannelId, *, filter: ForeignFilter, slice: Slice
    ) -> Page[ForeignBooking]:
        """Oldest first. Raises ChannelNotFound."""
        ...


class DueChannels(Protocol):
    async def organizations(self, *, now: datetime) -> Sequence[OrganizationId]:
        """Those with channels whose feeds are to be read by now."""
        ...
