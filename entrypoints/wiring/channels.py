"""Wiring of channels."""

from typing import Any

from dependency_injector import containers, providers

from adapters.connectors.calendars import CalendarConnector
from adapters.connectors.channel_feeds import ChannelFeeds
from adapters.readers.channels import SqlChannelViews, SqlDueChannels
from adapters.rendering.busy_calendars import IcalendarBusyTimes
from adapters.repositories.channels import SqlChannelWork
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.bookings.book_foreign import BookForeignHandler, CancelForeignHandler
from application.bookings.channels_come_due import ChannelsComeDueHandler, SyncChannelAsJob
from application.bookings.keep_channels import (
    AddChannelHandler,
    ArchiveChannelHandler,
    ChangeChannelHandler,
    SteerChannelHandler,
)
from application.bookings.plan_sync import PlanSync
from application.bookings.publish_busy_times import PublishBusyTimesHandler
from application.bookings.reclaiming import Reclaiming
from application.bookings.sync_channel import SyncChannelHandler, Synced
from application.kernel.retry_stale import RetryStale
from domain.bookings.syncs import SyncOutcome
from domain.kernel.actors import Permission
from entrypoints.wiring.ambient import hexadecimal
from entrypoints.wiring.wrapping import Observe, counted_sync, observed, use_case

BYTES_OF_A_LINK = 16


def new_link() -> str:
    return hexadecimal(BYTES_OF_A_LINK)


def _was_read(synced: Synced) -> bool:
    return synced.sync.outcome is not SyncOutcome.FAILED


class ChannelsContainer(containers.DeclarativeContainer):
    database: providers.Dependency[object] = providers.Dependency()
    clock: providers.Dependency[object] = providers.Dependency()
    new_id: providers.Dependency[object] = providers.Dependency()
    chance: providers.Dependency[object] = providers.Dependency()
    seconds: providers.Dependency[object] = providers.Dependency()
    observe: providers.Dependency[Observe] = providers.Dependency()
    fetch: providers.Dependency[object] = providers.Dependency()
    credentials: providers.Dependency[object] = providers.Dependency()
    freeing: providers.Dependency[object] = providers.Dependency()
    offers: providers.Dependency[object] = providers.Dependency()
    figures: providers.Dependency[object] = providers.Dependency()

    unit_of_work: Any = providers.Singleton(
        SqlUnitOfWork,
        database=database,
        work_on=providers.Object(SqlChannelWork.on),
        new_id=new_id,
        clock=clock,
    )
    reclaiming = providers.Singleton(
        Reclaiming, unit_of_work=unit_of_work, clock=clock, freeing=freeing
    )
    views = providers.Singleton(SqlChannelViews, database)
    due = providers.Singleton(SqlDueChannels, database)
    feeds: Any = providers.Singleton(
        ChannelFeeds,
        providers.Singleton(CalendarConnector, fetch=fetch, credentials=credentials, clock=clock),
    )
    add_channel = use_case(
        Permission.WRITE_PIPELINES,
        providers.Singleton(
            AddChannelHandler,
            unit_of_work=unit_of_work,
            clock=clock,
            new_id=new_id,
            new_link=providers.Object(new_link),
        ),
        observe,
    )
    change_channel = use_case(
        Permission.WRITE_PIPELINES,
        providers.Singleton(ChangeChannelHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    steer_channel = use_case(
        Permission.WRITE_PIPELINES,
        providers.Singleton(
            SteerChannelHandler,
            unit_of_work=unit_of_work,
            clock=clock,
            new_link=providers.Object(new_link),
        ),
        observe,
    )
    archive_channel = use_case(
        Permission.WRITE_PIPELINES,
        providers.Singleton(
            ArchiveChannelHandler, unit_of_work=unit_of_work, clock=clock, offers=offers
        ),
        observe,
    )
    # Whoever has the link has no permissions, and needs none.
    publish_busy_times = observed(
        providers.Singleton(
            RetryStale,
            providers.Singleton(
                PublishBusyTimesHandler,
                unit_of_work=unit_of_work,
                calendars=providers.Singleton(IcalendarBusyTimes),
                clock=clock,
                new_id=new_id,
            ),
        ),
        observe,
    )
    sync_channel = counted_sync(
        use_case(
            Permission.WRITE_PIPELINES,
            providers.Singleton(
                SyncChannelHandler,
                unit_of_work=unit_of_work,
                feeds=feeds,
                book=providers.Singleton(
                    RetryStale,
                    providers.Singleton(
                        BookForeignHandler, unit_of_work=unit_of_work, offers=offers, clock=clock
                    ),
                ),
                cancel=providers.Singleton(
                    RetryStale,
                    providers.Singleton(
                        CancelForeignHandler, unit_of_work=unit_of_work, offers=offers, clock=clock
                    ),
                ),
                plan=providers.Singleton(PlanSync, unit_of_work=unit_of_work),
                reclaiming=reclaiming,
                clock=clock,
                new_id=new_id,
                chance=chance,
                seconds=seconds,
            ),
            observe,
        ),
        figures,
        "channels",
        _was_read,
    )
    sync_channel_job = providers.Singleton(SyncChannelAsJob, sync=sync_channel)
    channels_come_due = use_case(
        Permission.WRITE_PIPELINES,
        providers.Singleton(ChannelsComeDueHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
