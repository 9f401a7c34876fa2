"""Channels as readers see them, in SQL."""

from collections.abc import Sequence
from datetime import datetime

import attrs
from sqlalchemy import Connection, select

from adapters.mapping.channels import channel_of, foreign_booking_of, sync_of
from adapters.schema.channels import channel_syncs, channels, foreign_bookings
from adapters.sql.database import EVERYBODY, Database
from adapters.sql.keysets import page_backwards, page_of
from application.bookings.channel_views import (
    ChannelFilter,
    ChannelViews,
    DueChannels,
    ForeignFilter,
)
from application.kernel.pages import Page, Slice
from domain.bookings.channels import Channel, ChannelNotFound, ChannelState
from domain.bookings.foreign_bookings import ForeignBooking
from domain.bookings.syncs import ChannelSync
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ChannelId, OrganizationId


@attrs.frozen
class SqlChannelViews(ChannelViews):
    database: Database

    async def channel(self, actor: Actor, channel_id: ChannelId) -> Channel:
        return await self.database.read(
            lambda connection: _channel(connection, actor.organization_id, channel_id),
            of=actor.organization_id,
        )

    async def channels(
        self, actor: Actor, *, filter: ChannelFilter, slice: Slice
    ) -> Page[Channel]:
        archived = channels.c.state == ChannelState.ARCHIVED.value
        question = select(channels).where(
            channels.c.organization_id == actor.organization_id,
            ~archived if filter.state is None else channels.c.state == filter.state.value,
        )
        if filter.resource_id is not None:
            question = question.where(channels.c.resource_id == filter.resource_id)
        return await self.database.read(
            lambda connection: page_of(connection, question, (channels.c.id,), slice, channel_of),
            of=actor.organization_id,
        )

    async def syncs(
        self, actor: Actor, channel_id: ChannelId, *, slice: Slice
    ) -> Page[ChannelSync]:
        question = select(channel_syncs).where(
            channel_syncs.c.organization_id == actor.organization_id,
            channel_syncs.c.channel_id == channel_id,
        )

        def ask(connection: Connection) -> Page[ChannelSync]:
            _channel(connection, actor.organization_id, channel_id)
            return page_backwards(connection, question, (channel_syncs.c.id,), slice, sync_of)

        return await self.database.read(ask, of=actor.organization_id)

    async def foreign_bookings(
        self, actor: Actor, channel_id: ChannelId, *, filter: ForeignFilter, slice: Slice
    ) -> Page[ForeignBooking]:
        rows = foreign_bookings
        question = select(rows).where(
            rows.c.organization_id == actor.organization_id, rows.c.channel_id == channel_id
        )
        if filter.state is not None:
            question = question.where(rows.c.state == filter.state.value)
        if filter.clashing:
            question = question.where(rows.c.is_short)

        def ask(connection: Connection) -> Page[ForeignBooking]:
            _channel(connection, actor.organization_id, channel_id)
            return page_of(connection, question, (rows.c.id,), slice, foreign_booking_of)

        return await self.database.read(ask, of=actor.organization_id)


@attrs.frozen
class SqlDueChannels(DueChannels):
    database: Database

    async def organizations(self, *, now: datetime) -> Sequence[OrganizationId]:
        question = (
            select(channels.c.organization_id).where(channels.c.next_sync_at <= now).distinct()
        )
        return await self.database.read(
            lambda connection: connection.execute(question).scalars().all(), of=EVERYBODY
        )


def _channel(connection: Connection, owner: OrganizationId, channel_id: ChannelId) -> Channel:
    question = select(channels).where(
        channels.c.organization_id == owner, channels.c.id == channel_id
    )
    row = connection.execute(question).one_or_none()
    if row is None:
        raise ChannelNotFound(channel_id)
    return channel_of(row)
