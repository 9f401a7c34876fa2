"""Watched instalments in SQL."""

from collections.abc import Sequence
from datetime import datetime

import attrs
from sqlalchemy import delete, select

from adapters.mapping.instalments import columns_of_instalment, instalment_of
from adapters.schema.instalments import instalments
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from adapters.sql.versions import store
from application.bookings.instalment_ports import Instalments
from domain.bookings.missed_instalments import WatchedInstalment
from domain.kernel.identifiers import BookingId, InstalmentId


@attrs.frozen
class SqlInstalments(Instalments):
    scope: Scope

    def of_booking(self, booking_id: BookingId) -> WatchedInstalment | None:
        question = select(instalments).where(
            self.scope.owns(instalments), instalments.c.booking_id == booking_id
        )
        row = self.scope.ask(question).one_or_none()
        return None if row is None else instalment_of(row)

    def due(self, *, now: datetime, limit: int) -> Sequence[InstalmentId]:
        question = (
            select(instalments.c.id)
            .where(self.scope.owns(instalments), instalments.c.next_at <= now)
            .order_by(instalments.c.next_at, instalments.c.id)
            .limit(limit)
        )
        return list(self.scope.ask(question).scalars())

    def locked(self, instalment_id: InstalmentId) -> WatchedInstalment | None:
        row = self.scope.execute(
            select(instalments)
            .where(self.scope.owns(instalments), instalments.c.id == instalment_id)
            .with_for_update()
        ).one_or_none()
        return None if row is None else instalment_of(row)

    def save(self, watched: WatchedInstalment) -> WatchedInstalment:
        columns = columns_of_instalment(watched)
        version = store(self.scope, instalments, watched.id, watched.version, **columns)
        EventLog(self.scope).publish(watched.events)
        return attrs.evolve(watched, version=version, events=())

    def forget(self, watched: WatchedInstalment) -> None:
        self.scope.execute(
            delete(instalments).where(self.scope.owns(instalments), instalments.c.id == watched.id)
        )
        EventLog(self.scope).publish(watched.events)
