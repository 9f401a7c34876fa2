"""Channels in SQL."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import attrs
from sqlalchemy import and_, delete, func, or_, select, update

from adapters.mapping.channels import (
    busy_time_of,
    channel_of,
    columns_of_span,
    not_over,
)
from adapters.mapping.kinds import converter
from adapters.repositories.bookings import SqlBookingWork
from adapters.repositories.foreign_bookings import SqlForeignBookings
from adapters.repositories.inventory import pool_of
from adapters.schema.channels import (
    channel_busy_times,
    channels,
    foreign_bookings,
)
from adapters.schema.inventory import claims, pools
from adapters.schema.inventory import resources as resource_rows
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from adapters.sql.versions import store
from application.bookings.channel_ports import Channels, ChannelWork
from domain.bookings.busy_times import CANCELLED_IS_TOLD, BusyTime
from domain.bookings.channels import Channel, ChannelNotFound, ChannelState
from domain.inventory.pools import Pool
from domain.kernel.identifiers import ChannelId, PoolId, ResourceId


@attrs.frozen
class SqlChannels(Channels):
    scope: Scope

    def get(self, channel_id: ChannelId) -> Channel:
        question = select(channels).where(self.scope.owns(channels), channels.c.id == channel_id)
        row = self.scope.ask(question).one_or_none()
        if row is None:
            raise ChannelNotFound(channel_id)
        return channel_of(row)

    def locked(self, channel_id: ChannelId) -> Channel:
        question = select(channels).where(self.scope.owns(channels), channels.c.id == channel_id)
        row = self.scope.execute(question.with_for_update()).one_or_none()
        if row is None:
            raise ChannelNotFound(channel_id)
        return channel_of(row)

    def save(self, channel: Channel) -> Channel:
        version = store(
            self.scope,
            channels,
            channel.id,
            channel.version,
            resource_id=channel.resource_id,
            part=channel.part,
            name=channel.name,
            units=channel.units,
            link=channel.link,
            feed=channel.feed,
            every_minutes=channel.every_minutes,
            vanish_percent=channel.vanish_percent,
            vanish_floor=channel.vanish_floor,
            state=channel.state.value,
            next_sync_at=channel.next_sync_at,
            sync_id=channel.sync_id,
            known=converter.unstructure(channel.known),
            synced_at=channel.synced_at,
            failed=channel.failed,
            vanished=channel.vanished,
        )
        EventLog(self.scope).publish(channel.events)
        return attrs.evolve(channel, version=version, events=())

    def begin_sync(self, channel: Channel) -> None:
        self.scope.execute(
            update(channels)
            .where(self.scope.owns(channels), channels.c.id == channel.id)
            .values(sync_id=channel.sync_id)
        )

    def places_left(self, resource_id: ResourceId) -> int:
        # Whoever asks next waits, or two would take the last place.
        self.scope.execute(
            select(resource_rows.c.id)
            .where(self.scope.owns(resource_rows), resource_rows.c.id == resource_id)
            .with_for_update()
        )
        kept = select(func.count()).where(
            self.scope.owns(channels),
            channels.c.resource_id == resource_id,
            channels.c.state != ChannelState.ARCHIVED.value,
        )
        return Channel.MOST_OF_A_RESOURCE - int(self.scope.ask(kept).scalar_one())

    def due(self, *, now: datetime, limit: int) -> Sequence[ChannelId]:
        question = (
            select(channels.c.id)
            .where(self.scope.owns(channels), channels.c.next_sync_at <= now)
            .order_by(channels.c.next_sync_at, channels.c.id)
            .limit(limit)
        )
        return [ChannelId(id) for id in self.scope.ask(question).scalars()]

    def pools(
        self, stock_id: ResourceId, *, part: str | None, first: date, until: date
    ) -> Sequence[Pool]:
        question = (
            select(pools)
            .where(
                self.scope.owns(pools),
                pools.c.resource_id == stock_id,
                pools.c.day >= first,
                pools.c.day < until,
            )
            .order_by(pools.c.day, pools.c.id)
        )
        found = (pool_of(row) for row in self.scope.ask(question))
        return [pool for pool in found if pool.part == part]

    def own_claims(self, channel_id: ChannelId) -> Mapping[PoolId, int]:
        question = (
            select(claims.c.pool_id, func.sum(claims.c.units).label("units"))
            .join(
                foreign_bookings,
                and_(
                    foreign_bookings.c.organization_id == claims.c.organization_id,
                    foreign_bookings.c.id == claims.c.hold_id,
                ),
            )
            .where(self.scope.owns(foreign_bookings), foreign_bookings.c.channel_id == channel_id)
            .group_by(claims.c.pool_id)
        )
        return {PoolId(row.pool_id): int(row.units) for row in self.scope.ask(question)}

    def busy_times(
        self, channel_id: ChannelId, *, today: date, now: datetime
    ) -> Sequence[BusyTime]:
        entries = channel_busy_times
        question = (
            select(entries)
            .where(
                self.scope.owns(entries),
                entries.c.channel_id == channel_id,
                not_over(entries, today, now),
            )
            .order_by(entries.c.id)
        )
        return [busy_time_of(row) for row in self.scope.ask(question)]

    def save_busy_times(self, channel_id: ChannelId, entries: Sequence[BusyTime]) -> None:
        for entry in entries:
            values = {
                **columns_of_span(entry.span),
                "sequence": entry.sequence,
                "modified_at": entry.modified_at,
                "cancelled": entry.cancelled,
            }
            if entry.sequence == 0:
                self.scope.add(channel_busy_times, id=entry.id, channel_id=channel_id, **values)
            else:
                self.scope.execute(
                    update(channel_busy_times)
                    .where(
                        self.scope.owns(channel_busy_times), channel_busy_times.c.id == entry.id
                    )
                    .values(**values)
                )
        if entries:
            self._forget(channel_id, max(entry.modified_at for entry in entries))

    def _forget(self, channel_id: ChannelId, now: datetime) -> None:
        """What has not been told for long."""
        entries, long_ago = channel_busy_times, now - 2 * CANCELLED_IS_TOLD
        over = or_(entries.c.until < long_ago.date(), entries.c.ends_at < long_ago)
        called_off = and_(entries.c.cancelled, entries.c.modified_at < long_ago)
        self.scope.execute(
            delete(entries).where(
                self.scope.owns(entries),
                entries.c.channel_id == channel_id,
                or_(over, called_off),
            )
        )


@attrs.frozen(kw_only=True)
class SqlChannelWork(SqlBookingWork, ChannelWork):
    channels: SqlChannels
    foreign_bookings: SqlForeignBookings

    @classmethod
    def on(cls, scope: Scope) -> "SqlChannelWork":
        work = SqlBookingWork.on(scope)
        members = {field.name: getattr(work, field.name) for field in attrs.fields(SqlBookingWork)}
        return cls(
            **members, channels=SqlChannels(scope), foreign_bookings=SqlForeignBookings(scope)
        )
