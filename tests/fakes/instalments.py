"""Watched instalments, in memory."""

from collections.abc import Sequence
from datetime import datetime

import attrs

from application.bookings.instalment_ports import Instalments
from application.kernel.ports import Stale
from domain.bookings.missed_instalments import WatchedInstalment
from domain.kernel.identifiers import BookingId, InstalmentId
from tests.fakes.rows import Dangling, Rows, next_version


@attrs.frozen
class MemoryInstalments(Instalments):
    rows: Rows

    def of_booking(self, booking_id: BookingId) -> WatchedInstalment | None:
        every = self.rows.instalments.values()
        return next((one for one in every if one.booking_id == booking_id), None)

    def due(self, *, now: datetime, limit: int) -> Sequence[InstalmentId]:
        due = (one for one in self.rows.instalments.values() if one.next_at <= now)
        return [one.id for one in sorted(due, key=lambda one: (one.next_at, one.id))][:limit]

    def locked(self, instalment_id: InstalmentId) -> WatchedInstalment | None:
        return self.rows.instalments.get(instalment_id)

    def save(self, watched: WatchedInstalment) -> WatchedInstalment:
        if watched.booking_id not in self.rows.bookings:
            raise Dangling(f"booking {watched.booking_id}")
        known = self.of_booking(watched.booking_id)
        if known is not None and known.id != watched.id:
            raise Stale(f"instalment {known.id} is of the same booking")
        version = next_version(self.rows.instalments.get(watched.id), watched.version)
        saved = attrs.evolve(watched, version=version, events=())
        self.rows.instalments[watched.id] = saved
        self.rows.events.extend(watched.events)
        return saved

    def forget(self, watched: WatchedInstalment) -> None:
        self.rows.instalments.pop(watched.id, None)
        self.rows.events.extend(watched.events)
