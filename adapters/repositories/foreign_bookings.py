"""What was booked elsewhere, and what came of reading about it, in SQL."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import TypeVar
from uuid import UUID

import attrs
from sqlalchemy import delete, select

from adapters.mapping.channels import columns_of_span, foreign_booking_of, not_over
from adapters.mapping.kinds import converter
from adapters.schema.bookings import bookings
from adapters.schema.channels import channel_busy_times, channel_syncs, foreign_bookings
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from adapters.sql.versions import store
from application.bookings.channel_ports import ForeignBookings
from domain.bookings.foreign_bookings import ForeignBooking, ForeignState
from domain.bookings.syncs import ChannelSync
from domain.kernel.identifiers import ChannelId

OURS = "@frontdesk"
SYNCS_ARE_KEPT = timedelta(days=90)
ASKED_AT_ONCE = 500

AnyId = TypeVar("AnyId", str, UUID)


@attrs.frozen
class SqlForeignBookings(ForeignBookings):
    scope: Scope

    def known(
        self, channel_id: ChannelId, *, today: date, now: datetime, uids: Collection[str] = ()
    ) -> Sequence[ForeignBooking]:
        found: dict[UUID, ForeignBooking] = {}
        for condition in (
            not_over(foreign_bookings, today, now),
            *(foreign_bookings.c.uid.in_(some) for some in _parts(uids)),
        ):
            question = select(foreign_bookings).where(
                self.scope.owns(foreign_bookings),
                foreign_bookings.c.channel_id == channel_id,
                condition,
            )
            found |= {row.id: foreign_booking_of(row) for row in self.scope.ask(question)}
        return [found[id] for id in sorted(found)]

    def live(self, channel_id: ChannelId, *, limit: int) -> Sequence[ForeignBooking]:
        question = (
            select(foreign_bookings)
            .where(
                self.scope.owns(foreign_bookings),
                foreign_bookings.c.channel_id == channel_id,
                foreign_bookings.c.state == ForeignState.LIVE.value,
            )
            .order_by(foreign_bookings.c.id)
            .limit(limit)
        )
        return [foreign_booking_of(row) for row in self.scope.ask(question)]

    def save(self, booking: ForeignBooking) -> ForeignBooking:
        uid, recurrence_id = booking.key
        version = store(
            self.scope,
            foreign_bookings,
            booking.id,
            booking.version,
            channel_id=booking.channel_id,
            resource_id=booking.resource_id,
            uid=uid,
            recurrence_id=recurrence_id,
            sequence=booking.sequence,
            **columns_of_span(booking.span),
            claims=converter.unstructure(booking.claims),
            short=list(booking.short),
            is_short=bool(booking.short),
            state=booking.state.value,
        )
        EventLog(self.scope).publish(booking.events)
        return attrs.evolve(booking, version=version, events=())

    def ours(self, uids: Collection[str]) -> Collection[str]:
        by_id = {id: uid for uid in uids if (id := _id_of(uid)) is not None}
        found: set[UUID] = set()
        for some in _parts(by_id):
            for table in (channel_busy_times, bookings):
                question = select(table.c.id).where(self.scope.owns(table), table.c.id.in_(some))
                found |= set(self.scope.ask(question).scalars())
        return {by_id[id] for id in found}

    def note(self, sync: ChannelSync) -> None:
        self.scope.execute(
            delete(channel_syncs).where(
                self.scope.owns(channel_syncs),
                channel_syncs.c.channel_id == sync.channel_id,
                channel_syncs.c.at < sync.at - SYNCS_ARE_KEPT,
            )
        )
        self.scope.add(
            channel_syncs,
            id=sync.id,
            channel_id=sync.channel_id,
            at=sync.at,
            milliseconds=sync.milliseconds,
            outcome=sync.outcome.value,
            reason=sync.reason,
            counts=converter.unstructure(sync.counts),
        )


def _id_of(uid: str) -> UUID | None:
    if not uid.endswith(OURS):
        return None
    try:
        return UUID(uid.removesuffix(OURS))
    except ValueError:
        return None


def _parts(ids: Collection[AnyId]) -> Sequence[Sequence[AnyId]]:
    listed = list(ids)
    return [listed[at : at + ASKED_AT_ONCE] for at in range(0, len(listed), ASKED_AT_ONCE)]
