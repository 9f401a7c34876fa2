"""Waiting lists in SQL."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

import attrs
from sqlalchemy import Executable, Row, bindparam, delete, select, tuple_, update

from adapters.mapping.kinds import converter, request_document
from adapters.mapping.waiting import entry_of, one_entry, whole_entries
from adapters.repositories.seals import Seals
from adapters.schema.waiting import LIVE as STILL_LIVE
from adapters.schema.waiting import waiting_entries, waiting_pools
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from adapters.sql.versions import store
from application.bookings.waiting_ports import WaitingList
from application.kernel.ports import Stale
from domain.bookings.waiting import WaitingEntry, WaitingEntryNotFound, WaitingState
from domain.kernel.identifiers import BookingId, PoolId, ResourceId, WaitingId

LIVE = (WaitingState.WAITING.value, WaitingState.OFFERED.value)


@attrs.frozen
class SqlWaitingList(WaitingList):
    scope: Scope

    def get(self, waiting_id: WaitingId) -> WaitingEntry:
        key = {"p_organization_id": self.scope.organization_id, "p_id": waiting_id}
        row = self.scope.ask(one_entry(), key).one_or_none()
        if row is None:
            raise WaitingEntryNotFound(waiting_id)
        return self._entry(row)

    def of_address(self, stock_id: ResourceId, email: str) -> WaitingEntry | None:
        question = whole_entries().where(
            self.scope.owns(waiting_entries),
            waiting_entries.c.stock_id == stock_id,
            waiting_entries.c.email.in_(
                self.scope.vault.indexes(self.scope.organization_id, email)
            ),
            waiting_entries.c.state.in_(LIVE),
        )
        row = self.scope.ask(question).one_or_none()
        return None if row is None else self._entry(row)

    def line(self, pool_ids: Sequence[PoolId]) -> Sequence[WaitingEntry]:
        if not pool_ids:
            return []
        wanted = {"p_organization_id": self.scope.organization_id, "p_pools": list(pool_ids)}
        return [self._entry(row) for row in self.scope.ask(_line(), wanted)]

    def of_offers(self, booking_ids: Sequence[BookingId]) -> Sequence[WaitingEntry]:
        question = whole_entries().where(
            self.scope.owns(waiting_entries),
            waiting_entries.c.booking_id.in_(booking_ids),
            waiting_entries.c.state == WaitingState.OFFERED.value,
        )
        return [self._entry(row) for row in self.scope.ask(question)]

    def waiting_for(self, stock_id: ResourceId, *, limit: int) -> Sequence[WaitingEntry]:
        question = (
            whole_entries()
            .where(
                self.scope.owns(waiting_entries),
                waiting_entries.c.stock_id == stock_id,
                waiting_entries.c.state == WaitingState.WAITING.value,
                STILL_LIVE,
            )
            .order_by(waiting_entries.c.id)
            .limit(limit)
        )
        return [self._entry(row) for row in self.scope.ask(question)]

    def due(self, *, now: datetime, limit: int) -> Sequence[WaitingEntry]:
        question = (
            whole_entries()
            .where(
                self.scope.owns(waiting_entries),
                waiting_entries.c.state == WaitingState.WAITING.value,
                waiting_entries.c.due_at <= now,
            )
            .order_by(waiting_entries.c.due_at, waiting_entries.c.id)
            .limit(limit)
        )
        return [self._entry(row) for row in self.scope.ask(question)]

    def save(self, entry: WaitingEntry) -> WaitingEntry:
        version = store(
            self.scope, waiting_entries, entry.id, entry.version, **self._columns(entry)
        )
        Seals(self.scope).keep_key(entry.id)
        if entry.version == 0:
            for claim in entry.claims:
                self.scope.add(
                    waiting_pools, pool_id=claim.pool_id, entry_id=entry.id, units=claim.units
                )
        elif entry.state is not WaitingState.WAITING:
            self.scope.execute(
                delete(waiting_pools).where(
                    self.scope.owns(waiting_pools), waiting_pools.c.entry_id == entry.id
                )
            )
        EventLog(self.scope).publish(entry.events)
        return attrs.evolve(entry, version=version, events=())

    def save_states(self, entries: Sequence[WaitingEntry]) -> None:
        if not entries:
            return
        (state,) = {entry.state.value for entry in entries}
        self._change(entries, state=state, version=waiting_entries.c.version + 1)
        for entry in entries:
            EventLog(self.scope).publish(entry.events)

    def save_passed(self, entries: Sequence[WaitingEntry]) -> None:
        by_number = defaultdict[int, list[WaitingEntry]](list)
        for entry in entries:
            by_number[entry.passed].append(entry)
        for number, passed in by_number.items():
            self._change(passed, passed=number)

    def _change(self, entries: Sequence[WaitingEntry], **values: Any) -> None:
        keys = [(entry.id, entry.version) for entry in entries]
        changed = self.scope.execute(
            update(waiting_entries)
            .where(
                self.scope.owns(waiting_entries),
                tuple_(waiting_entries.c.id, waiting_entries.c.version).in_(keys),
            )
            .values(**values)
        )
        if changed.rowcount != len(entries):
            raise Stale(f"{len(entries)} waiting entries")

    def _entry(self, row: Row[Any]) -> WaitingEntry:
        Seals(self.scope).remember(row)
        return entry_of(row, self.scope.vault)

    def _columns(self, entry: WaitingEntry) -> Mapping[str, Any]:
        return {
            "stock_id": entry.stock_id,
            "resource_id": entry.request.resource_id,
            "email": Seals(self.scope).index(entry.request.contact.email),
            "state": entry.state.value,
            "joined_at": entry.joined_at,
            "closes_at": entry.closes_at,
            "due_at": entry.due_at,
            "request": Seals(self.scope).sealed(
                entry.id, request_document(entry.request), request_document(entry.request.erased())
            ),
            "wanted": converter.unstructure(entry.claims),
            "passed": entry.passed,
            "saved": converter.unstructure(entry.saved),
            "saving_until": entry.saving_until,
            "booking_id": entry.booking_id,
            "reason": converter.unstructure(entry.reason),
            "called_off": entry.called_off,
        }


@lru_cache(maxsize=1)
def _line() -> Executable:
    organization_id = bindparam("p_organization_id", type_=waiting_pools.c.organization_id.type)
    theirs = select(waiting_pools.c.entry_id).where(
        waiting_pools.c.organization_id == organization_id,
        waiting_pools.c.pool_id.in_(bindparam("p_pools", expanding=True)),
    )
    return (
        whole_entries()
        .where(
            waiting_entries.c.organization_id == organization_id,
            waiting_entries.c.id.in_(theirs),
            waiting_entries.c.state == WaitingState.WAITING.value,
        )
        .order_by(waiting_entries.c.joined_at, waiting_entries.c.id)
    )
