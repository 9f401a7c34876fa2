"""Entries of waiting lists, from their rows."""

from functools import lru_cache
from typing import Any

from sqlalchemy import Executable, Row, Select, bindparam, select

from adapters.mapping.kinds import converter
from adapters.mapping.sealed_parts import key_of, place_of, together
from adapters.schema.waiting import waiting_entries
from adapters.sealing.vault import Vault
from domain.bookings.requests import BaseBookingRequest
from domain.bookings.waiting import Reason, WaitingEntry, WaitingState
from domain.kernel.claims import Claim


def whole_entries() -> Select[Any]:
    """With the key to who waits, where there is one."""
    return select(waiting_entries, key_of(waiting_entries).label("data_key"))


@lru_cache(maxsize=1)
def one_entry() -> Executable:
    return whole_entries().where(
        waiting_entries.c.organization_id == bindparam("p_organization_id"),
        waiting_entries.c.id == bindparam("p_id"),
    )


def entry_of(row: Row[Any], vault: Vault) -> WaitingEntry:
    place = place_of(row.organization_id, row.id)
    request = together(vault, row.request, row.data_key, place)
    return WaitingEntry(
        id=row.id,
        stock_id=row.stock_id,
        request=converter.structure(request, BaseBookingRequest),  # type: ignore[type-abstract]
        claims=converter.structure(row.wanted, tuple[Claim, ...]),
        joined_at=row.joined_at,
        closes_at=row.closes_at,
        state=WaitingState(row.state),
        passed=row.passed,
        saved=converter.structure(row.saved, tuple[Claim, ...]),
        saving_until=row.saving_until,
        booking_id=row.booking_id,
        reason=converter.structure(row.reason, Reason | None),  # type: ignore[arg-type]
        called_off=row.called_off,
        version=row.version,
    )
