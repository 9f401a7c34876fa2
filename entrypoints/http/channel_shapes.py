"""Channels in JSON."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from msgspec import UNSET, Meta, UnsetType

from application.bookings.channel_views import ChannelFilter, ForeignFilter
from application.bookings.publish_busy_times import FeedLink
from domain.bookings.channels import Channel, ChannelChanges, ChannelHealth, ChannelState
from domain.bookings.foreign_bookings import ForeignBooking, ForeignState
from domain.kernel.identifiers import OrganizationId, ResourceId
from domain.kernel.periods import DateRange, Period
from entrypoints.http.paging import LARGEST_PAGE, Next, PageQuery
from entrypoints.http.shapes import (
    ONE_LINE,
    Identifier,
    Input,
    Moment,
    Name,
    Output,
    Part,
    Version,
)
from entrypoints.http.waiting_shapes import MOST_CLAIMS, ClaimBody, PoolName, Units

Feed = Annotated[
    str,
    Meta(
        pattern=r"^https?://[^\x00-\x20\x7f]+$(?!\n)",
        max_length=2000,
        description="Where their iCalendar feed is. It is never shown again.",
        examples=["https://www.example.com/calendar/ical/123.ics?s=4f1c"],
    ),
]
Host = Annotated[str, Meta(pattern=ONE_LINE, max_length=2000, examples=["www.example.com"])]
Link = Annotated[
    str,
    Meta(
        pattern=ONE_LINE,
        max_length=2200,
        description="Of our feed, for whoever sells there. It is a secret, and can be rotated.",
        examples=["https://desk.example.com/v1/feeds/AZIP.ics"],
    ),
]
Minutes = Annotated[int, Meta(ge=5, le=1440, description="Between two syncs.", examples=[30])]
Percent = Annotated[
    int,
    Meta(ge=0, le=100, description="Of the bookings that are known, at once.", examples=[10]),
]
Floor = Annotated[
    int,
    Meta(ge=0, le=1000, description="So many may always vanish at once.", examples=[3]),
]
Number = Annotated[int, Meta(ge=0, le=2**31, examples=[0])]
Uid = Annotated[str, Meta(pattern=ONE_LINE, max_length=500, examples=["4f1c-21@example.com"])]
Recurrence = Annotated[str, Meta(pattern="^[!-~]*$", max_length=40)]
FLAT: dict[str, Any] = {
    "resource_id": "01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a10",
    "name": "Holiday flats",
    "feed": "https://www.example.com/calendar/ical/123.ics?s=4f1c",
}


class ChannelInput(Input, frozen=True):
    """Without a `feed` nothing is read: the channel only hears from us."""

    resource_id: Identifier
    name: Name
    part: Part | None = None
    units: Units = 1
    feed: Feed | None = None
    every_minutes: Minutes = 30
    vanish_percent: Percent = 10
    vanish_floor: Floor = 3


class ChannelChangesInput(Input, frozen=True):
    """What is not there stays as it is (RFC 7396)."""

    name: Name | UnsetType = UNSET
    feed: Feed | UnsetType | None = UNSET
    every_minutes: Minutes | UnsetType = UNSET
    vanish_percent: Percent | UnsetType = UNSET
    vanish_floor: Floor | UnsetType = UNSET

    def changes(self) -> ChannelChanges:
        changes = ChannelChanges()
        if self.name is not UNSET:
            changes["name"] = self.name
        if self.feed is not UNSET:
            changes["feed"] = self.feed
        if self.every_minutes is not UNSET:
            changes["every_minutes"] = self.every_minutes
        if self.vanish_percent is not UNSET:
            changes["vanish_percent"] = self.vanish_percent
        if self.vanish_floor is not UNSET:
            changes["vanish_floor"] = self.vanish_floor
        return changes


class ChannelQuery(PageQuery, frozen=True):
    """Without a `state` those that are archived are left out."""

    resource_id: Identifier | None = None
    state: ChannelState | None = None

    def filter(self) -> ChannelFilter:
        return ChannelFilter(
            resource_id=None if self.resource_id is None else ResourceId(self.resource_id),
            state=self.state,
        )


class ChannelBody(Output, frozen=True):
    """`vanished` bookings wait for a person to say whether they are really gone."""

    id: Identifier
    version: Version
    resource_id: Identifier
    part: Part | None
    name: Name
    units: Units
    state: ChannelState
    health: ChannelHealth
    link: Link | None
    feed_host: Host | None
    every_minutes: Minutes
    vanish_percent: Percent
    vanish_floor: Floor
    next_sync_at: Moment | None
    last_sync_at: Moment | None
    failed: Number
    vanished: Number

    @classmethod
    def of(cls, channel: Channel, owner: OrganizationId, base: str) -> "ChannelBody":
        link = FeedLink(organization_id=owner, channel_id=channel.id, secret=channel.link)
        archived = channel.state is ChannelState.ARCHIVED
        return cls(
            id=channel.id,
            version=channel.version,
            resource_id=channel.resource_id,
            part=channel.part,
            name=channel.name,
            units=channel.units,
            state=channel.state,
            health=channel.health,
            link=None if archived else f"{base.rstrip('/')}/v1/feeds/{link.token}.ics",
            feed_host=channel.feed_host,
            every_minutes=channel.every_minutes,
            vanish_percent=channel.vanish_percent,
            vanish_floor=channel.vanish_floor,
            next_sync_at=channel.next_sync_at,
            last_sync_at=channel.synced_at,
            failed=channel.failed,
            vanished=channel.vanished,
        )


class ChannelPage(Output, frozen=True):
    items: Annotated[Sequence[ChannelBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None


class ForeignQuery(PageQuery, frozen=True):
    """With `clashing`, only those that lack something which somebody else has."""

    state: ForeignState | None = None
    clashing: bool = False

    def filter(self) -> ForeignFilter:
        return ForeignFilter(state=self.state, clashing=self.clashing)


class ForeignBookingBody(Output, frozen=True, rename={"first": "from"}):
    """Days, or moments, as it is sold. Of the pools in `short` nothing is left for it."""

    id: Identifier
    version: Version
    state: ForeignState
    uid: Uid
    recurrence_id: Recurrence
    sequence: Number
    first: date | None
    until: date | None
    starts_at: Moment | None
    ends_at: Moment | None
    claims: Annotated[Sequence[ClaimBody], Meta(max_length=MOST_CLAIMS)]
    short: Annotated[Sequence[PoolName], Meta(max_length=MOST_CLAIMS)]

    @classmethod
    def of(cls, booking: ForeignBooking) -> "ForeignBookingBody":
        span = booking.span
        days = span if isinstance(span, DateRange) else None
        times = span if isinstance(span, Period) else None
        return cls(
            id=booking.id,
            version=booking.version,
            state=booking.state,
            uid=booking.key[0],
            recurrence_id=booking.key[1],
            sequence=booking.sequence,
            first=None if days is None else days.first,
            until=None if days is None else days.until,
            starts_at=None if times is None else times.starts_at,
            ends_at=None if times is None else times.ends_at,
            claims=[ClaimBody.of(claim) for claim in booking.claims],
            short=booking.short,
        )


class ForeignBookingPage(Output, frozen=True):
    items: Annotated[Sequence[ForeignBookingBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None
