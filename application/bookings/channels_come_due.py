"""Have the feeds read that are to be read by now."""

from datetime import timedelta
from uuid import UUID

import attrs

from application.bookings.channel_ports import ChannelWork
from application.bookings.sync_channel import SyncChannel, Synced
from application.kernel.jobs import JobContext, QueuedJob
from application.kernel.ports import Clock, UnitOfWork, UseCase
from domain.bookings.channels import ChannelNotFound, NoFeed, WrongChannelState
from domain.bookings.syncs import SyncOvertaken
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ChannelId


@attrs.frozen(kw_only=True)
class ChannelsComeDue:
    actor: Actor
    limit: int = 100


@attrs.frozen(kw_only=True)
class ChannelsComeDueHandler:
    """One transaction each: of two workers, the second finds it due no more."""

    unit_of_work: UnitOfWork[ChannelWork]
    clock: Clock

    async def __call__(self, command: ChannelsComeDue, /) -> int:
        """How many were due; if that is the limit, there may be more."""
        now = self.clock()
        due = await self.unit_of_work(
            command.actor, lambda work: work.channels.due(now=now, limit=command.limit)
        )
        for channel_id in due:
            await self._come_due(command.actor, channel_id)
        return len(due)

    async def _come_due(self, actor: Actor, channel_id: ChannelId) -> None:
        def come_due(work: ChannelWork) -> None:
            channel, now = work.channels.locked(channel_id), self.clock()
            if not channel.is_due(now):
                return
            later = now + timedelta(minutes=channel.every_minutes)
            work.channels.save(attrs.evolve(channel, next_sync_at=later))
            work.jobs.enqueue(SyncChannel.job(channel_id))

        await self.unit_of_work(actor, come_due)


@attrs.frozen(kw_only=True)
class SyncChannelAsJob:
    sync: UseCase[SyncChannel, Synced]

    async def __call__(self, job: QueuedJob, context: JobContext, /) -> None:
        channel_id = ChannelId(UUID(str(job.payload["channel_id"])))
        try:
            await self.sync(SyncChannel(actor=context.actor, channel_id=channel_id))
        except (ChannelNotFound, NoFeed, WrongChannelState, SyncOvertaken):
            return  # there is nothing left to do, or somebody else does it
