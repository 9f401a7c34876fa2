"""Give a booking of somewhere else the units that it needs, as far as there are any."""

from collections.abc import Mapping
from uuid import UUID

import attrs

from application.bookings.channel_ports import ChannelWork
from application.bookings.offers import Offers
from application.bookings.reading_channels import Place
from application.kernel.ports import Clock, UnitOfWork
from domain.bookings.channels import Channel, ChannelState
from domain.bookings.foreign_bookings import ForeignBooking
from domain.bookings.syncs import SyncOvertaken
from domain.inventory.pools import Pool
from domain.kernel.actors import Actor
from domain.kernel.claims import Claim
from domain.kernel.identifiers import PoolId


@attrs.frozen(kw_only=True)
class Sync:
    """One sync of a channel that is under way."""

    id: UUID
    actor: Actor
    channel: Channel
    place: Place


@attrs.frozen(kw_only=True)
class BookForeign:
    """Unless it wants `all_or_none`, it is content with what is left and notes what it lacks."""

    sync: Sync
    booking: ForeignBooking
    all_or_none: bool


@attrs.frozen(kw_only=True)
class BookForeignHandler:
    """Each in a transaction of its own: killed in between, the next sync finds it done.

    What our own customers have is never taken from them. What is left is taken all the same, or
    still more would be sold twice.
    """

    unit_of_work: UnitOfWork[ChannelWork]
    offers: Offers
    clock: Clock

    async def __call__(self, command: BookForeign, /) -> ForeignBooking:
        """Raises SyncOvertaken, or SoldOut if it wants all or none and cannot have it."""

        def book(work: ChannelWork) -> ForeignBooking:
            must_be_at_it(work, command.sync)
            booking, needed = command.booking, command.sync.place.needs(command.booking)
            booked = booking

            def swap() -> None:
                nonlocal booked
                booked = self._booked(work, command, needed)
                if booked.claims != booking.claims:
                    work.inventory.swap(
                        booking.hold_id, before=booking.claims, after=booked.claims
                    )

            held = {claim.pool_id for claim in booking.claims}
            if held:
                self.offers.around(work, sorted({*needed, *held}), swap)
            else:
                swap()
            return work.foreign_bookings.save(booked)

        return await self.unit_of_work(command.sync.actor, book)

    def _booked(
        self, work: ChannelWork, command: BookForeign, needed: tuple[PoolId, ...]
    ) -> ForeignBooking:
        booking, sync = command.booking, command.sync
        held = {claim.pool_id for claim in booking.claims}
        pools = work.inventory.lock(sorted({*needed, *held}))
        there = [pool_id for pool_id in needed if pool_id in pools]
        units = sync.channel.units
        fit = {
            pool_id
            for pool_id in there
            if command.all_or_none or pool_id in held or pools[pool_id].free >= units
        }
        claims = [claim for claim in booking.claims if _has_been(sync.place, pools, claim)]
        claims += [Claim(pool_id, units) for pool_id in there if pool_id in fit]
        return booking.booked(
            sorted(claims, key=lambda claim: claim.pool_id),
            [pool_id for pool_id in there if pool_id not in fit],
            now=self.clock(),
        )


@attrs.frozen(kw_only=True)
class CancelForeign:
    """`sequence` is what its feed said last of it, if it said so."""

    sync: Sync
    booking: ForeignBooking
    reason: str
    sequence: int | None = None


@attrs.frozen(kw_only=True)
class CancelForeignHandler:
    """Whoever waits for what it had comes first."""

    unit_of_work: UnitOfWork[ChannelWork]
    offers: Offers
    clock: Clock

    async def __call__(self, command: CancelForeign, /) -> ForeignBooking:
        """Raises SyncOvertaken."""

        def cancel(work: ChannelWork) -> ForeignBooking:
            must_be_at_it(work, command.sync)
            booking = command.booking

            def give_back() -> None:
                work.inventory.give_back([booking.hold_id])

            if booking.claims:
                pools = sorted(claim.pool_id for claim in booking.claims)
                self.offers.around(work, pools, give_back)
            cancelled = booking.cancelled(
                reason=command.reason, sequence=command.sequence, now=self.clock()
            )
            return work.foreign_bookings.save(cancelled)

        return await self.unit_of_work(command.sync.actor, cancel)


def must_be_at_it(work: ChannelWork, sync: Sync) -> Channel:
    """Whoever begins another sync, or ends the channel, waits until this unit of work ends.

    Raises SyncOvertaken.
    """
    channel = work.channels.locked(sync.channel.id)
    if channel.sync_id != sync.id or channel.state is not ChannelState.ACTIVE:
        raise SyncOvertaken(channel.id)
    return channel


def _has_been(place: Place, pools: Mapping[PoolId, Pool], claim: Claim) -> bool:
    """Nights that have been stay as they were."""
    pool = pools.get(claim.pool_id)
    return place.resource.offering.sold_by_day and pool is not None and pool.day < place.today
