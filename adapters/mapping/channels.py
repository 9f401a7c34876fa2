"""Channels, what their feeds say and what was booked through them, from their rows."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, or_

from adapters.mapping.kinds import converter
from domain.bookings.busy_times import BusyTime, Span
from domain.bookings.channels import Channel, ChannelState, Known
from domain.bookings.foreign_bookings import ForeignBooking, ForeignState
from domain.bookings.syncs import ChannelSync, Counts, SyncOutcome
from domain.kernel.claims import Claim
from domain.kernel.identifiers import PoolId
from domain.kernel.periods import DateRange, Period

Columns = dict[str, Any]


def channel_of(row: Row[Any]) -> Channel:
    return Channel(
        id=row.id,
        resource_id=row.resource_id,
        part=row.part,
        name=row.name,
        units=row.units,
        link=row.link,
        feed=row.feed,
        every_minutes=row.every_minutes,
        vanish_percent=row.vanish_percent,
        vanish_floor=row.vanish_floor,
        state=ChannelState(row.state),
        next_sync_at=row.next_sync_at,
        sync_id=row.sync_id,
        known=converter.structure(row.known, Known),
        synced_at=row.synced_at,
        failed=row.failed,
        vanished=row.vanished,
        version=row.version,
    )


def columns_of_span(span: Span) -> Columns:
    if isinstance(span, DateRange):
        return {"first": span.first, "until": span.until, "starts_at": None, "ends_at": None}
    return {"first": None, "until": None, "starts_at": span.starts_at, "ends_at": span.ends_at}


def span_of(row: Row[Any]) -> Span:
    if row.first is not None:
        return DateRange(row.first, row.until)
    return Period(row.starts_at, row.ends_at)


def busy_time_of(row: Row[Any]) -> BusyTime:
    return BusyTime(
        id=row.id,
        span=span_of(row),
        sequence=row.sequence,
        modified_at=row.modified_at,
        cancelled=row.cancelled,
    )


def foreign_booking_of(row: Row[Any]) -> ForeignBooking:
    return ForeignBooking(
        id=row.id,
        channel_id=row.channel_id,
        resource_id=row.resource_id,
        key=(row.uid, row.recurrence_id),
        sequence=row.sequence,
        span=span_of(row),
        claims=converter.structure(row.claims, tuple[Claim, ...]),
        short=tuple(PoolId(pool_id) for pool_id in row.short),
        state=ForeignState(row.state),
        version=row.version,
    )


def sync_of(row: Row[Any]) -> ChannelSync:
    return ChannelSync(
        id=row.id,
        channel_id=row.channel_id,
        at=row.at,
        milliseconds=row.milliseconds,
        outcome=SyncOutcome(row.outcome),
        reason=row.reason,
        counts=converter.structure(row.counts, Counts),
    )


def not_over(table: Table, today: date, now: datetime) -> ColumnElement[bool]:
    return or_(table.c.until > today, table.c.ends_at > now)
