"""What channels need from storage and from outside."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

import attrs

from application.bookings.ports import BookingWork
from domain.bookings.busy_times import BusyTime
from domain.bookings.channels import Channel, Known
from domain.bookings.foreign_bookings import ForeignBooking
from domain.bookings.syncs import ChannelSync
from domain.inventory.pools import Pool
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ChannelId, PoolId, ResourceId


class Channels(Protocol):
    def get(self, channel_id: ChannelId) -> Channel:
        """Archived or not. Raises ChannelNotFound."""
        ...

    def locked(self, channel_id: ChannelId) -> Channel:
        """As it stays until the unit of work ends. Comes before whatever locks pools.

        Raises ChannelNotFound.
        """
        ...

    def save(self, channel: Channel) -> Channel:
        """Stores it, publishes its events and returns it with its next version.

        Raises Stale if it changed meanwhile.
        """
        ...

    def begin_sync(self, channel: Channel) -> None:
        """Keeps only which sync began last, which nobody sees: the version stays."""
        ...

    def places_left(self, resource_id: ResourceId) -> int:
        """How many more the resource may have, archived ones aside."""
        ...

    def due(self, *, now: datetime, limit: int) -> Sequence[ChannelId]:
        """The longest due first."""
        ...

    def pools(
        self, stock_id: ResourceId, *, part: str | None, first: date, until: date
    ) -> Sequence[Pool]:
        """As they are, locking nothing; without days, all that begin before `until`."""
        ...

    def own_claims(self, channel_id: ChannelId) -> Mapping[PoolId, int]:
        """What foreign bookings of the channel have, of every pool."""
        ...

    def busy_times(
        self, channel_id: ChannelId, *, today: date, now: datetime
    ) -> Sequence[BusyTime]:
        """What our feed has said and is not over, cancelled or not, oldest first."""
        ...

    def save_busy_times(self, channel_id: ChannelId, entries: Sequence[BusyTime]) -> None: ...


class ForeignBookings(Protocol):
    def known(
        self, channel_id: ChannelId, *, today: date, now: datetime, uids: Collection[str] = ()
    ) -> Sequence[ForeignBooking]:
        """Those that are not over or have one of the UIDs, cancelled or not, oldest first."""
        ...

    def live(self, channel_id: ChannelId, *, limit: int) -> Sequence[ForeignBooking]:
        """Some that have not been cancelled, over or not."""
        ...

    def save(self, booking: ForeignBooking) -> ForeignBooking:
        """Stores it, publishes its events and returns it with its next version.

        Raises Stale if it changed meanwhile.
        """
        ...

    def ours(self, uids: Collection[str]) -> Collection[str]:
        """Those that the organization has given to entries of its feeds or to bookings."""
        ...

    def note(self, sync: ChannelSync) -> None:
        """Adds to the history."""
        ...


class ChannelWork(BookingWork, Protocol):
    """All that one transaction about channels may touch."""

    @property
    def channels(self) -> Channels: ...

    @property
    def foreign_bookings(self) -> ForeignBookings: ...


@attrs.frozen
class FeedNotRead(Exception):
    """Says why in one word, never what is secret; not before `retry_after`, if that is known."""

    reason: str
    retry_after: timedelta | None = None

    def __str__(self) -> str:
        return self.reason


@attrs.frozen(kw_only=True)
class TheirEvent:
    """Days of a calendar, or moments; a moment without a zone is meant where the place is."""

    uid: str
    recurrence_id: str
    sequence: int
    cancelled: bool
    starts: date | datetime
    ends: date | datetime


@attrs.frozen(kw_only=True)
class TheirFeed:
    """All of it, or that it is `unchanged` since it was `known`.

    `unread` are the UIDs of events that make no sense, or None if some have none.
    """

    events: Sequence[TheirEvent] = ()
    unreadable: int = 0
    unread: Collection[str] | None = ()
    known: Known
    unchanged: bool = False


class TheirFeeds(Protocol):
    async def __call__(
        self, actor: Actor, channel_id: ChannelId, address: str, known: Known, /
    ) -> TheirFeed:
        """Raises FeedNotRead, also if what was sent ends before its end."""
        ...


class NewLink(Protocol):
    def __call__(self) -> str:
        """Unguessable."""
        ...


@attrs.frozen(kw_only=True)
class BusyCalendar:
    """A feed as it is sent: `tag` changes with what it says."""

    body: bytes
    tag: str
    modified_at: datetime


class BusyCalendars(Protocol):
    def of(self, channel: Channel, entries: Sequence[BusyTime], /) -> BusyCalendar: ...


@attrs.frozen(kw_only=True)
class LeftOf:
    """How the pools of a channel's resource are, seen from there."""

    pools: Sequence[Pool]
    own: Mapping[PoolId, int]

    def left(self, pool: Pool) -> int:
        """What a channel's own foreign bookings have is no news to it."""
        return 0 if pool.closed else pool.free + self.own.get(pool.id, 0)
