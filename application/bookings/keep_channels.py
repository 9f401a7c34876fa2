"""Say where else something is sold, say it otherwise, or end it."""

from enum import Enum

import attrs

from application.bookings.channel_ports import ChannelWork, NewLink
from application.bookings.offers import Offers
from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, UnitOfWork
from application.kernel.versions import require_version
from domain.bookings.channels import Channel, ChannelChanges, TooManyChannels
from domain.inventory.resources import Resource
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ChannelId, ResourceId
from domain.kernel.periods import DateRange


@attrs.frozen(kw_only=True)
class AddChannel:
    """`part` is the part of the resource that is sold there, of what is sold in parts."""

    actor: Actor
    resource_id: ResourceId
    part: str | None = None
    name: str
    units: int = 1
    feed: str | None = None
    every_minutes: int = 30
    vanish_percent: int = 10
    vanish_floor: int = 3
    once: Once[Channel] | None = None


@attrs.frozen(kw_only=True)
class AddChannelHandler:
    unit_of_work: UnitOfWork[ChannelWork]
    clock: Clock
    new_id: NewId
    new_link: NewLink

    async def __call__(self, command: AddChannel, /) -> Channel:
        """Raises ResourceNotFound, BadFeed, TooManyChannels, and what the kind refuses."""
        now = self.clock()
        channel = Channel(
            id=ChannelId(self.new_id()),
            resource_id=command.resource_id,
            part=command.part,
            name=command.name,
            units=command.units,
            link=self.new_link(),
            feed=command.feed,
            every_minutes=command.every_minutes,
            vanish_percent=command.vanish_percent,
            vanish_floor=command.vanish_floor,
        ).added(now=now)

        def add(work: ChannelWork) -> Channel:
            _must_be_counted(work.resources.get(command.resource_id), channel, self.clock)
            if work.channels.places_left(command.resource_id) <= 0:
                raise TooManyChannels(Channel.MOST_OF_A_RESOURCE)
            return work.channels.save(channel)

        return await self.unit_of_work(command.actor, add, once=command.once)


@attrs.frozen(kw_only=True)
class ChangeChannel:
    """`version` is the one the caller has seen, or None for whichever there is."""

    actor: Actor
    channel_id: ChannelId
    changes: ChannelChanges
    version: int | None


@attrs.frozen(kw_only=True)
class ChangeChannelHandler:
    unit_of_work: UnitOfWork[ChannelWork]
    clock: Clock

    async def __call__(self, command: ChangeChannel, /) -> Channel:
        """Raises ChannelNotFound, BadFeed or WrongChannelState."""

        def change(work: ChannelWork) -> Channel:
            channel = work.channels.locked(command.channel_id)
            require_version(channel.version, command.version)
            changed = channel.changed(command.changes, now=self.clock())
            return channel if changed is channel else work.channels.save(changed)

        return await self.unit_of_work(command.actor, change)


class Turn(Enum):
    PAUSE = "pause"
    RESUME = "resume"
    ROTATE = "rotate"


@attrs.frozen(kw_only=True)
class SteerChannel:
    actor: Actor
    channel_id: ChannelId
    turn: Turn
    version: int | None
    once: Once[Channel] | None = None


@attrs.frozen(kw_only=True)
class SteerChannelHandler:
    unit_of_work: UnitOfWork[ChannelWork]
    clock: Clock
    new_link: NewLink

    async def __call__(self, command: SteerChannel, /) -> Channel:
        """Raises ChannelNotFound or WrongChannelState."""

        def steer(work: ChannelWork) -> Channel:
            channel, now = work.channels.locked(command.channel_id), self.clock()
            require_version(channel.version, command.version)
            if command.turn is Turn.ROTATE:
                return work.channels.save(channel.rotated(self.new_link(), now=now))
            turns = {Turn.PAUSE: channel.paused, Turn.RESUME: channel.resumed}
            return work.channels.save(turns[command.turn](now=now))

        return await self.unit_of_work(command.actor, steer, once=command.once)


@attrs.frozen(kw_only=True)
class ArchiveChannel:
    actor: Actor
    channel_id: ChannelId
    version: int | None


@attrs.frozen(kw_only=True)
class ArchiveChannelHandler:
    """What it has taken comes free in transactions of its own, each short."""

    BATCH = 50

    unit_of_work: UnitOfWork[ChannelWork]
    clock: Clock
    offers: Offers

    async def __call__(self, command: ArchiveChannel, /) -> Channel:
        """Raises ChannelNotFound or WrongChannelState."""

        def archive(work: ChannelWork) -> Channel:
            channel = work.channels.locked(command.channel_id)
            require_version(channel.version, command.version)
            return work.channels.save(channel.archived(now=self.clock()))

        archived = await self.unit_of_work(command.actor, archive)
        while await self.unit_of_work(command.actor, lambda work: self._free(work, archived)):
            pass
        return archived

    def _free(self, work: ChannelWork, channel: Channel) -> int:
        work.channels.locked(channel.id)
        bookings = work.foreign_bookings.live(channel.id, limit=self.BATCH)
        pools = sorted({claim.pool_id for one in bookings for claim in one.claims})
        now = self.clock()

        def give_back() -> None:
            work.inventory.give_back([one.hold_id for one in bookings])

        if pools:
            self.offers.around(work, pools, give_back)
        for one in bookings:
            work.foreign_bookings.save(
                one.cancelled(reason="channel_archived", sequence=None, now=now)
            )
        return len(bookings)


def _must_be_counted(resource: Resource, channel: Channel, clock: Clock) -> None:
    """Raises what the kind says to a part that it has not, or to single things without pools."""
    today = resource.zone.date_at(clock())
    dates = None
    if resource.offering.sold_by_day:
        dates = DateRange.of_at_most(1, today, today.fromordinal(today.toordinal() + 1))
    resource.offering.pools(resource.stock, dates=dates, zone=resource.zone, part=channel.part)
