"""Channels: where else something is sold, and how the two sides learn of each other."""

from datetime import datetime, timedelta
from enum import Enum
from typing import ClassVar, TypedDict
from urllib.parse import urlsplit
from uuid import UUID

import attrs

from domain.bookings.channel_events import (
    ChannelAdded,
    ChannelChanged,
    ChannelEvent,
    ChannelHealthChanged,
    ChannelLinkRotated,
    ChannelStateChanged,
)
from domain.kernel.events import Event
from domain.kernel.identifiers import ChannelId, ResourceId
from domain.kernel.refusals import Conflict, Invalid, NotFound

WEB = frozenset({"http", "https"})
FAILED_IN_A_ROW = 3
LONGEST_PAUSE = timedelta(hours=6)
DOUBLED_AT_MOST = 6


@attrs.frozen
class ChannelNotFound(NotFound):
    code: ClassVar[str] = "channel_not_found"
    channel_id: ChannelId

    def __str__(self) -> str:
        return f"no channel {self.channel_id}"


@attrs.frozen
class WrongChannelState(Conflict):
    code: ClassVar[str] = "wrong_channel_state"
    channel_id: ChannelId
    state: str

    def __str__(self) -> str:
        return f"the channel {self.channel_id} is {self.state}"


@attrs.frozen
class BadFeed(Invalid):
    """The address is not repeated: whoever has it can read the feed."""

    code: ClassVar[str] = "bad_feed"
    field: ClassVar[str] = "feed"

    def __str__(self) -> str:
        return "a feed has an address that begins with https:// or http://, without a user in it"


@attrs.frozen
class NoFeed(Conflict):
    code: ClassVar[str] = "no_feed"
    channel_id: ChannelId

    def __str__(self) -> str:
        return f"the channel {self.channel_id} has no feed to read from"


@attrs.frozen
class TooManyChannels(Conflict):
    code: ClassVar[str] = "too_many_channels"
    most: int

    def __str__(self) -> str:
        return f"a resource has {self.most} channels at the most; archive one first"


class ChannelState(Enum):
    """Of a paused one nothing is read, and what it has taken stays; its own link stays good.

    An archived one gives all of that back, and its link leads nowhere.
    """

    ACTIVE = "active"
    PAUSED = "paused"
    ARCHIVED = "archived"


class ChannelHealth(Enum):
    """Unknown before the first sync. Degraded: the last one failed. Unhealthy: three in a row.

    Held up: so many bookings vanished at once that a person has to say whether that is true.
    """

    UNKNOWN = "unknown"
    HEALTHY = "healthy"
    DEGRADED = "degraded"
    UNHEALTHY = "unhealthy"
    HELD_UP = "held_up"


class ChannelChanges(TypedDict, total=False):
    """What is to be different about a channel; the rest stays as it is."""

    name: str
    feed: str | None
    every_minutes: int
    vanish_percent: int
    vanish_floor: int


@attrs.frozen(kw_only=True)
class Known:
    """What a feed looked like when it was last read, as its server tells it apart."""

    etag: str | None = None
    last_modified: str | None = None


@attrs.frozen(kw_only=True)
class Channel:
    """`units` of the resource are sold there, as one: it is busy where fewer are left.

    `link` is the secret part of the link to our feed, `feed` the address of theirs. `sync_id` is
    the sync that began last: an older one that is still at it may change nothing any more.
    """

    MOST_OF_A_RESOURCE: ClassVar[int] = 20

    id: ChannelId
    resource_id: ResourceId
    part: str | None = None
    name: str
    units: int = 1
    link: str = attrs.field(repr=False)
    feed: str | None = attrs.field(default=None, repr=False)
    every_minutes: int = 30
    vanish_percent: int = 10
    vanish_floor: int = 3
    state: ChannelState = ChannelState.ACTIVE
    next_sync_at: datetime | None = None
    sync_id: UUID | None = None
    known: Known = attrs.field(factory=Known)
    synced_at: datetime | None = None
    failed: int = 0
    vanished: int = 0
    version: int = 0
    events: tuple[Event, ...] = attrs.field(default=(), eq=False, repr=False)

    @property
    def feed_host(self) -> str | None:
        """All of their address that may be shown."""
        return None if self.feed is None else urlsplit(self.feed).hostname

    @property
    def health(self) -> ChannelHealth:
        if self.vanished:
            return ChannelHealth.HELD_UP
        if self.failed >= FAILED_IN_A_ROW:
            return ChannelHealth.UNHEALTHY
        if self.failed:
            return ChannelHealth.DEGRADED
        return ChannelHealth.UNKNOWN if self.synced_at is None else ChannelHealth.HEALTHY

    def added(self, *, now: datetime) -> "Channel":
        """Raises BadFeed."""
        _must_be_an_address(self.feed)
        due = None if self.feed is None else now
        return attrs.evolve(self, next_sync_at=due, events=self._and(ChannelAdded, now=now))

    def changed(self, changes: ChannelChanges, *, now: datetime) -> "Channel":
        """Another feed is read from its beginning, soon. Raises BadFeed or WrongChannelState."""
        self.must_not_be_archived()
        into = attrs.evolve(self, **changes)
        _must_be_an_address(into.feed)
        if into == self:
            return self
        if into.feed != self.feed:
            reads = into.feed is not None and into.state is ChannelState.ACTIVE
            into = attrs.evolve(
                into, known=Known(), failed=0, vanished=0, next_sync_at=now if reads else None
            )
        return attrs.evolve(into, events=self._and(ChannelChanged, now=now))

    def rotated(self, link: str, *, now: datetime) -> "Channel":
        """Raises WrongChannelState."""
        self.must_not_be_archived()
        return attrs.evolve(self, link=link, events=self._and(ChannelLinkRotated, now=now))

    def paused(self, *, now: datetime) -> "Channel":
        """Raises WrongChannelState unless it is active."""
        self._must_be(ChannelState.ACTIVE)
        return attrs.evolve(self._become(ChannelState.PAUSED, now=now), next_sync_at=None)

    def resumed(self, *, now: datetime) -> "Channel":
        """Raises WrongChannelState unless it is paused."""
        self._must_be(ChannelState.PAUSED)
        due = None if self.feed is None else now
        return attrs.evolve(self._become(ChannelState.ACTIVE, now=now), next_sync_at=due)

    def archived(self, *, now: datetime) -> "Channel":
        """For good. Whatever syncs is overtaken. Raises WrongChannelState if it is."""
        self.must_not_be_archived()
        become = self._become(ChannelState.ARCHIVED, now=now)
        return attrs.evolve(become, next_sync_at=None, sync_id=None)

    def syncing(self, sync_id: UUID) -> "Channel":
        """Whoever was at it has to stop. Raises NoFeed or WrongChannelState."""
        self._must_be(ChannelState.ACTIVE)
        if self.feed is None:
            raise NoFeed(self.id)
        return attrs.evolve(self, sync_id=sync_id)

    def synced(
        self, *, known: Known, vanished: int, next_at: datetime, now: datetime
    ) -> "Channel":
        """All that the feed said was done, but for `vanished` bookings that wait for a person."""
        after = attrs.evolve(
            self,
            known=known,
            synced_at=now,
            failed=0,
            vanished=vanished,
            next_sync_at=next_at,
            sync_id=None,
        )
        return self._with_health(after, now=now)

    def not_synced(self, *, next_at: datetime, now: datetime) -> "Channel":
        after = attrs.evolve(
            self, failed=self.failed + 1, next_sync_at=next_at, sync_id=None, known=Known()
        )
        return self._with_health(after, now=now)

    def pause_after_failures(self) -> timedelta:
        """Until it is tried again: twice as long after each failure, six hours at the most."""
        usual = timedelta(minutes=self.every_minutes)
        longer: timedelta = usual * 2 ** min(self.failed, DOUBLED_AT_MOST)
        return min(longer, max(LONGEST_PAUSE, usual))

    def is_due(self, now: datetime) -> bool:
        return self.next_sync_at is not None and self.next_sync_at <= now

    def may_vanish(self, live: int) -> int:
        """How many of so many bookings may vanish at once."""
        return max(self.vanish_floor, live * self.vanish_percent // 100)

    def must_not_be_archived(self) -> None:
        """Raises WrongChannelState."""
        self._must_be(ChannelState.ACTIVE, ChannelState.PAUSED)

    def _must_be(self, *states: ChannelState) -> None:
        if self.state not in states:
            raise WrongChannelState(self.id, self.state.value)

    def _become(self, state: ChannelState, *, now: datetime) -> "Channel":
        fact = ChannelStateChanged(
            channel_id=self.id,
            resource_id=self.resource_id,
            was=self.state.value,
            state=state.value,
            occurred_at=now,
        )
        return attrs.evolve(self, state=state, events=(*self.events, fact))

    def _and(self, fact: type[ChannelEvent], *, now: datetime) -> tuple[Event, ...]:
        told = fact(channel_id=self.id, resource_id=self.resource_id, occurred_at=now)
        return (*self.events, told)

    def _with_health(self, after: "Channel", *, now: datetime) -> "Channel":
        if after.health is self.health:
            return after
        fact = ChannelHealthChanged(
            channel_id=self.id,
            resource_id=self.resource_id,
            was=self.health.value,
            health=after.health.value,
            occurred_at=now,
        )
        return attrs.evolve(after, events=(*after.events, fact))


def _must_be_an_address(feed: str | None) -> None:
    if feed is None:
        return
    try:
        parts = urlsplit(feed)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise BadFeed from error
    if parts.scheme not in WEB or not host or "@" in parts.netloc:
        raise BadFeed
