"""Waiting lists in memory."""

from collections.abc import Sequence
from datetime import datetime

import attrs

from application.bookings.waiting_ports import WaitingList
from application.kernel.ports import Stale
from domain.bookings.waiting import WaitingEntry, WaitingEntryNotFound, WaitingState
from domain.kernel.identifiers import BookingId, PoolId, ResourceId, WaitingId
from tests.fakes.rows import Dangling, Rows, found, next_version

LIVE = (WaitingState.WAITING, WaitingState.OFFERED)


@attrs.frozen
class MemoryWaitingList(WaitingList):
    rows: Rows

    def get(self, waiting_id: WaitingId) -> WaitingEntry:
        return found(self.rows.waiting, waiting_id, WaitingEntryNotFound)

    def of_address(self, stock_id: ResourceId, email: str) -> WaitingEntry | None:
        for entry in self.rows.waiting.values():
            theirs = entry.request.contact.email == email
            if theirs and entry.stock_id == stock_id and entry.state in LIVE:
                return entry
        return None

    def line(self, pool_ids: Sequence[PoolId]) -> Sequence[WaitingEntry]:
        waiting = (entry for entry in self._waiting() if set(entry.pools) & set(pool_ids))
        return sorted(waiting, key=lambda entry: (entry.joined_at, entry.id))

    def of_offers(self, booking_ids: Sequence[BookingId]) -> Sequence[WaitingEntry]:
        return [
            entry
            for entry in self.rows.waiting.values()
            if entry.booking_id in booking_ids and entry.state is WaitingState.OFFERED
        ]

    def waiting_for(self, stock_id: ResourceId, *, limit: int) -> Sequence[WaitingEntry]:
        theirs = (entry for entry in self._waiting() if entry.stock_id == stock_id)
        return sorted(theirs, key=lambda entry: entry.id)[:limit]

    def due(self, *, now: datetime, limit: int) -> Sequence[WaitingEntry]:
        due = (entry for entry in self._waiting() if entry.due_at <= now)
        return sorted(due, key=lambda entry: (entry.due_at, entry.id))[:limit]

    def save(self, entry: WaitingEntry) -> WaitingEntry:
        missing = set(entry.pools) - self.rows.pools.keys()
        if missing:
            raise Dangling(f"pools {missing}")
        there = self.of_address(entry.stock_id, entry.request.contact.email)
        if entry.state in LIVE and there is not None and there.id != entry.id:
            raise Stale("somebody else waits under this address")
        version = next_version(self.rows.waiting.get(entry.id), entry.version)
        saved = attrs.evolve(entry, version=version, events=())
        self.rows.waiting[entry.id] = saved
        self.rows.events.extend(entry.events)
        return saved

    def save_states(self, entries: Sequence[WaitingEntry]) -> None:
        if len({entry.state for entry in entries}) > 1:
            raise ValueError("all the same state")
        for entry in entries:
            stored = self._unchanged(entry)
            changed = attrs.evolve(stored, state=entry.state, version=stored.version + 1)
            self.rows.waiting[entry.id] = changed
            self.rows.events.extend(entry.events)

    def save_passed(self, entries: Sequence[WaitingEntry]) -> None:
        for entry in entries:
            self.rows.waiting[entry.id] = attrs.evolve(self._unchanged(entry), passed=entry.passed)

    def _waiting(self) -> list[WaitingEntry]:
        entries = self.rows.waiting.values()
        return [entry for entry in entries if entry.state is WaitingState.WAITING]

    def _unchanged(self, entry: WaitingEntry) -> WaitingEntry:
        stored = self.rows.waiting.get(entry.id)
        if stored is None or stored.version != entry.version:
            raise Stale(f"waiting entry {entry.id}")
        return stored
