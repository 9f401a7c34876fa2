"""Tell whoever has the link of a channel when nothing is left."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import ClassVar
from uuid import UUID

import attrs

from application.bookings.channel_ports import (
    BusyCalendar,
    BusyCalendars,
    ChannelWork,
    LeftOf,
)
from application.kernel.ports import Clock, NewId, UnitOfWork
from domain.bookings.busy_times import (
    HORIZON,
    BusyTime,
    Span,
    busy_dates,
    shown,
    told_again,
)
from domain.bookings.channels import Channel, ChannelNotFound, ChannelState
from domain.inventory.resources import Resource, ResourceState
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ChannelId, OrganizationId
from domain.kernel.refusals import NotFound

BYTES_OF_AN_ID = 16


@attrs.frozen
class NoSuchFeed(NotFound):
    """Not one of ours, or not any more. What it was is not repeated."""

    code: ClassVar[str] = "no_such_feed"

    def __str__(self) -> str:
        return "there is no feed behind this link"


@attrs.frozen(kw_only=True)
class FeedLink:
    """What the link to a feed says: whose it is, and the secret that makes it good."""

    organization_id: OrganizationId
    channel_id: ChannelId
    secret: str = attrs.field(repr=False)

    @property
    def token(self) -> str:
        ids = self.organization_id.bytes + self.channel_id.bytes
        return urlsafe_b64encode(ids).decode().rstrip("=") + self.secret

    @classmethod
    def read(cls, token: str) -> "FeedLink":
        """Raises NoSuchFeed."""
        ids, secret = token[:43], token[43:]
        try:
            told = urlsafe_b64decode(ids + "=")
        except ValueError:  # binascii.Error is one
            raise NoSuchFeed from None
        if len(told) != 2 * BYTES_OF_AN_ID or not secret.isascii():
            raise NoSuchFeed
        return cls(
            organization_id=OrganizationId(UUID(bytes=told[:BYTES_OF_AN_ID])),
            channel_id=ChannelId(UUID(bytes=told[BYTES_OF_AN_ID:])),
            secret=secret,
        )


@attrs.frozen(kw_only=True)
class PublishBusyTimes:
    token: str


@attrs.frozen(kw_only=True)
class PublishBusyTimesHandler:
    """What is told is kept, so that an entry has the same UID whenever somebody asks.

    Nothing is written, and nobody waits for anybody, unless something is otherwise than before.
    """

    unit_of_work: UnitOfWork[ChannelWork]
    calendars: BusyCalendars
    clock: Clock
    new_id: NewId

    async def __call__(self, command: PublishBusyTimes, /) -> BusyCalendar:
        """Raises NoSuchFeed."""
        link = FeedLink.read(command.token)
        actor = Actor.system(link.organization_id)
        return await self.unit_of_work(actor, lambda work: self._publish(work, link))

    def _publish(self, work: ChannelWork, link: FeedLink) -> BusyCalendar:
        try:
            channel = work.channels.get(link.channel_id)
        except ChannelNotFound:
            raise NoSuchFeed from None
        genuine = hmac.compare_digest(channel.link.encode(), link.secret.encode())
        if not genuine or channel.state is ChannelState.ARCHIVED:
            raise NoSuchFeed
        resource, now = work.resources.get(channel.resource_id), self.clock()
        today = resource.zone.date_at(now)
        entries = work.channels.busy_times(channel.id, today=today, now=now)
        if self._changed(work, channel, resource, entries, now):
            work.channels.locked(channel.id)
            entries = work.channels.busy_times(channel.id, today=today, now=now)
            changed = self._changed(work, channel, resource, entries, now)
            work.channels.save_busy_times(channel.id, changed)
            entries = work.channels.busy_times(channel.id, today=today, now=now)
        return self.calendars.of(channel, shown(entries, today=today, now=now))

    def _changed(
        self,
        work: ChannelWork,
        channel: Channel,
        resource: Resource,
        entries: Sequence[BusyTime],
        now: datetime,
    ) -> Sequence[BusyTime]:
        today = resource.zone.date_at(now)
        busy = busy_of(work, channel, resource, today=today)
        return told_again(entries, busy, new_ids=self._ids(), today=today, now=now)

    def _ids(self) -> Iterator[UUID]:
        while True:
            yield self.new_id()


def busy_of(
    work: ChannelWork, channel: Channel, resource: Resource, *, today: date
) -> Sequence[Span]:
    """When nobody may book it there. What is not on sale at all is busy as long as it would be."""
    takes_place = resource.offering.takes_place
    seen = LeftOf(
        pools=work.channels.pools(
            resource.stock,
            part=channel.part,
            first=today if resource.offering.sold_by_day else date.min,
            until=today + timedelta(days=HORIZON),
        ),
        own=work.channels.own_claims(channel.id),
    )
    off_sale = resource.state is not ResourceState.PUBLISHED or resource.deleted_at is not None
    if resource.offering.sold_by_day:
        left = {pool.day: 0 if off_sale else seen.left(pool) for pool in seen.pools}
        return busy_dates(left, units=channel.units, today=today)
    if takes_place is None:
        return ()
    most = max((seen.left(pool) for pool in seen.pools), default=0)
    return (takes_place,) if off_sale or most < channel.units else ()
