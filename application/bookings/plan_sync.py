"""What has to be done so that we have what a feed says."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

import attrs

from application.bookings.book_foreign import Sync
from application.bookings.channel_ports import ChannelWork, TheirFeed
from application.bookings.reading_channels import Place
from application.kernel.ports import UnitOfWork
from domain.bookings.busy_times import HORIZON, is_over
from domain.bookings.foreign_bookings import EventKey, ForeignBooking, Retold, retold
from domain.bookings.syncs import Counts
from domain.inventory.pools import Pool
from domain.kernel.identifiers import PoolId


@attrs.frozen(kw_only=True)
class Plan:
    """`held_up` vanished ones wait until a person has looked."""

    retold: Retold
    counts: Counts
    held_up: int = 0


@attrs.frozen(kw_only=True)
class PlanSync:
    """Changes nothing."""

    unit_of_work: UnitOfWork[ChannelWork]

    async def __call__(self, sync: Sync, feed: TheirFeed, /, *, accepts_vanished: bool) -> Plan:
        place, channel = sync.place, sync.channel

        def plan(work: ChannelWork) -> Plan:
            uids = {event.uid for event in feed.events}
            ours = work.foreign_bookings.ours(uids)
            told = [place.told(event) for event in feed.events if event.uid not in ours]
            events = [event for event in told if event is not None]
            known = known_of(work, sync, uids, {event.key for event in events})
            live = [booking for booking in known if booking.is_live]
            if feed.unchanged:
                return Plan(retold=Retold(same=self._lacking(work, sync, live)), counts=Counts())
            found = retold(
                known,
                events,
                may_vanish=None if accepts_vanished else channel.may_vanish(len(live)),
                unread=feed.unread,
            )
            return Plan(
                retold=attrs.evolve(found, same=self._lacking(work, sync, found.same)),
                counts=Counts(
                    told=len(events),
                    echoes=sum(event.uid in ours for event in feed.events),
                    unreadable=feed.unreadable,
                ),
                held_up=0 if feed.unread is None else len(found.gone),
            )

        return await self.unit_of_work(sync.actor, plan)

    def _lacking(
        self, work: ChannelWork, sync: Sync, bookings: Sequence[ForeignBooking]
    ) -> Sequence[ForeignBooking]:
        """Those that lack something which is there by now, or were short and are not noted so."""
        place, units = sync.place, sync.channel.units
        lacking = {booking.id: _lacks(place, booking) for booking in bookings}
        if not any(lacking.values()):
            return ()
        pools = {pool.id: pool for pool in self._pools(work, place)}

        def is_news(booking: ForeignBooking, pool_id: PoolId) -> bool:
            pool: Pool | None = pools.get(pool_id)
            if pool is None:
                return pool_id in booking.short
            return pool.free >= units or pool_id not in booking.short

        return [
            booking
            for booking in bookings
            if any(is_news(booking, pool_id) for pool_id in lacking[booking.id])
        ]

    def _pools(self, work: ChannelWork, place: Place) -> Sequence[Pool]:
        by_day = place.resource.offering.sold_by_day
        return work.channels.pools(
            place.resource.stock,
            part=place.part,
            first=place.today if by_day else date.min,
            until=place.today + timedelta(days=HORIZON),
        )


def known_of(
    work: ChannelWork, sync: Sync, uids: Collection[str], keys: Collection[EventKey]
) -> Sequence[ForeignBooking]:
    """What is not over, and of what is, only those that are told of again."""
    place = sync.place
    found = work.foreign_bookings.known(
        sync.channel.id, today=place.today, now=place.now, uids=uids
    )
    return [
        booking
        for booking in found
        if booking.key in keys or not is_over(booking.span, place.today, place.now)
    ]


def _lacks(place: Place, booking: ForeignBooking) -> frozenset[PoolId]:
    has = {claim.pool_id for claim in booking.claims}
    return frozenset(pool_id for pool_id in place.needs(booking) if pool_id not in has)
