"""Read a channel's feed, and have here what was booked there."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import ClassVar

import attrs

from application.bookings.book_foreign import (
    BookForeign,
    CancelForeign,
    Sync,
    must_be_at_it,
)
from application.bookings.channel_ports import ChannelWork, FeedNotRead, TheirFeed, TheirFeeds
from application.bookings.plan_sync import PlanSync, known_of
from application.bookings.reading_channels import Place
from application.bookings.reclaiming import Reclaiming
from application.kernel.jobs import Job
from application.kernel.once import Once
from application.kernel.ports import Chance, Clock, NewId, UnitOfWork, UseCase
from domain.bookings.channels import Channel, Known
from domain.bookings.foreign_bookings import ForeignBooking, Retold, Told
from domain.bookings.syncs import ChannelSync, Counts, SyncOutcome
from domain.inventory.pools import SoldOut
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ChannelId, ForeignBookingId

Did = Counter[str]
JITTER = 20
"""Percent: feeds of one site are not all asked for in the same second."""


@attrs.frozen(kw_only=True)
class SyncChannel:
    """`accepts_vanished` is what a person says who has looked: they are really gone."""

    JOB: ClassVar[str] = "sync_channel"

    actor: Actor
    channel_id: ChannelId
    accepts_vanished: bool = False
    once: Once["Synced"] | None = None

    @classmethod
    def job(cls, channel_id: ChannelId) -> Job:
        return Job(name=cls.JOB, payload={"channel_id": str(channel_id)})


@attrs.frozen(kw_only=True)
class Synced:
    channel: Channel
    sync: ChannelSync


@attrs.frozen(kw_only=True)
class SyncChannelHandler:
    """Nothing is locked while it waits for others, and a booking is one short transaction.

    What the feed was like is kept last. So a sync that died is done again from the beginning by
    whoever comes next, and finds most of it as it should be.
    """

    unit_of_work: UnitOfWork[ChannelWork]
    feeds: TheirFeeds
    book: UseCase[BookForeign, ForeignBooking]
    cancel: UseCase[CancelForeign, ForeignBooking]
    plan: PlanSync
    reclaiming: Reclaiming
    clock: Clock
    new_id: NewId
    chance: Chance
    seconds: Callable[[], float]

    async def __call__(self, command: SyncChannel, /) -> Synced:
        """Raises ChannelNotFound, NoFeed, WrongChannelState or SyncOvertaken."""
        began = self.seconds()
        sync, known = await self._begin(command)
        if command.accepts_vanished:
            known = Known()
        try:
            feed = await self.feeds(command.actor, sync.channel.id, sync.channel.feed or "", known)
        except FeedNotRead as failed:
            return await self._failed(command, sync, failed, began)
        plan = await self.plan(sync, feed, accepts_vanished=command.accepts_vanished)
        did = await self._carry_out(sync, plan.retold)
        counts = attrs.evolve(
            plan.counts,
            taken=did["taken"],
            moved=did["moved"],
            cancelled=did["cancelled"],
            stale=plan.retold.stale,
            waiting=len(plan.retold.gone),
        )
        noted = ChannelSync(
            id=sync.id,
            channel_id=sync.channel.id,
            at=sync.place.now,
            milliseconds=self._milliseconds(began),
            outcome=_outcome(feed, counts),
            counts=counts,
        )
        # Read whole again while something waits: it may be back, or be accepted.
        known = Known() if counts.waiting else feed.known
        return await self._done(command, sync, noted, known, held_up=plan.held_up)

    async def _begin(self, command: SyncChannel) -> tuple[Sync, Known]:
        sync_id, now = self.new_id(), self.clock()

        def begin(work: ChannelWork) -> tuple[Sync, Known]:
            channel = work.channels.locked(command.channel_id).syncing(sync_id)
            resource = work.resources.get(channel.resource_id)
            work.channels.begin_sync(channel)
            place = Place(resource=resource, part=channel.part, now=now)
            sync = Sync(id=sync_id, actor=command.actor, channel=channel, place=place)
            return sync, channel.known

        return await self.unit_of_work(command.actor, begin)

    async def _carry_out(self, sync: Sync, plan: Retold) -> Did:
        """First what comes free, so that it is there for what takes its place."""
        did: Did = Counter()
        for booking, sequence in plan.cancelled:
            await self.cancel(
                CancelForeign(sync=sync, booking=booking, reason="said_so", sequence=sequence)
            )
        for booking in plan.vanished:
            await self.cancel(CancelForeign(sync=sync, booking=booking, reason="vanished"))
        did["cancelled"] = len(plan.cancelled) + len(plan.vanished)
        for booking, event in plan.moved:
            await self._book(sync, _as_told(booking, event), "moved", did)
        for event in plan.new:
            await self._book(sync, self._new(sync, event), "taken", did)
        for booking in plan.same:
            await self._book(sync, booking, "moved", did)
        if plan.renumbered:
            await self._renumber(sync, plan.renumbered)
        return did

    async def _renumber(self, sync: Sync, bookings: Sequence[tuple[ForeignBooking, int]]) -> None:
        def renumber(work: ChannelWork) -> None:
            must_be_at_it(work, sync)
            for booking, sequence in bookings:
                work.foreign_bookings.save(attrs.evolve(booking, sequence=sequence))

        await self.unit_of_work(sync.actor, renumber)

    async def _book(self, sync: Sync, booking: ForeignBooking, what: str, did: Did) -> None:
        all_of_it = BookForeign(sync=sync, booking=booking, all_or_none=True)
        try:
            await self.reclaiming(sync.actor, lambda: self.book(all_of_it))
        except SoldOut:
            await self.book(attrs.evolve(all_of_it, all_or_none=False))
        did[what] += 1

    def _new(self, sync: Sync, event: Told) -> ForeignBooking:
        return ForeignBooking(
            id=ForeignBookingId(self.new_id()),
            channel_id=sync.channel.id,
            resource_id=sync.channel.resource_id,
            key=event.key,
            sequence=event.sequence,
            span=event.span,
        )

    async def _done(
        self, command: SyncChannel, sync: Sync, noted: ChannelSync, known: Known, *, held_up: int
    ) -> Synced:
        def done(work: ChannelWork) -> Synced:
            channel, now = must_be_at_it(work, sync), self.clock()
            live = (one for one in known_of(work, sync, (), ()) if one.is_live)
            counts = attrs.evolve(noted.counts, clashing=sum(bool(one.short) for one in live))
            told = attrs.evolve(noted, counts=counts)
            work.foreign_bookings.note(told)
            synced = channel.synced(
                known=known,
                vanished=held_up,
                next_at=now + self._with_jitter(timedelta(minutes=channel.every_minutes)),
                now=now,
            )
            return Synced(channel=work.channels.save(synced), sync=told)

        return await self.unit_of_work(command.actor, done, once=command.once)

    async def _failed(
        self, command: SyncChannel, sync: Sync, failed: FeedNotRead, began: float
    ) -> Synced:
        def note(work: ChannelWork) -> Synced:
            channel, now = must_be_at_it(work, sync), self.clock()
            noted = ChannelSync(
                id=sync.id,
                channel_id=channel.id,
                at=sync.place.now,
                milliseconds=self._milliseconds(began),
                outcome=SyncOutcome.FAILED,
                reason=failed.reason,
            )
            work.foreign_bookings.note(noted)
            pause = self._with_jitter(channel.pause_after_failures())
            next_at = now + max(pause, failed.retry_after or timedelta())
            return Synced(
                channel=work.channels.save(channel.not_synced(next_at=next_at, now=now)),
                sync=noted,
            )

        return await self.unit_of_work(command.actor, note, once=command.once)

    def _with_jitter(self, pause: timedelta) -> timedelta:
        return pause * (100 - JITTER // 2 + self.chance(JITTER + 1)) / 100

    def _milliseconds(self, began: float) -> int:
        return max(0, round((self.seconds() - began) * 1000))


def _as_told(booking: ForeignBooking, event: Told) -> ForeignBooking:
    return attrs.evolve(booking, key=event.key, sequence=event.sequence, span=event.span)


def _outcome(feed: TheirFeed, counts: Counts) -> SyncOutcome:
    if counts.unreadable or counts.waiting:
        return SyncOutcome.PARTIAL
    return SyncOutcome.UNCHANGED if feed.unchanged else SyncOutcome.SUCCEEDED
