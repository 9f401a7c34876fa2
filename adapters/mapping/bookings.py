"""Bookings, from their rows."""

from functools import lru_cache
from typing import Any

from sqlalchemy import Executable, Row, Select, bindparam, select

from adapters.mapping.kinds import converter
from adapters.mapping.sealed_agreements import sealed_agreement_of
from adapters.mapping.sealed_parts import key_of
from adapters.schema.bookings import bookings
from adapters.sealing.vault import Vault
from domain.bookings.attendance import ATTENDING
from domain.bookings.booking import Booking
from domain.bookings.cancellation import Cancellation
from domain.bookings.life import BookingState, HoldPurpose
from domain.bookings.references import Reference


def whole_bookings() -> Select[Any]:
    """With the key to who it was, where there is one."""
    return select(bookings, key_of(bookings).label("data_key"))


@lru_cache(maxsize=1)
def one_booking() -> Executable:
    return whole_bookings().where(
        bookings.c.organization_id == bindparam("p_organization_id"),
        bookings.c.id == bindparam("p_id"),
    )


@lru_cache(maxsize=1)
def locked_booking() -> Executable:
    """Against others who lock it, not against those who only point to it."""
    return (
        whole_bookings()
        .where(
            bookings.c.organization_id == bindparam("p_organization_id"),
            bookings.c.id == bindparam("p_id"),
        )
        .with_for_update(of=bookings, key_share=True)
    )


@lru_cache(maxsize=1)
def attending() -> Executable:
    """The bookings of `p_resource_id` whose people are expected, or were."""
    return (
        whole_bookings()
        .where(
            bookings.c.organization_id == bindparam("p_organization_id"),
            bookings.c.resource_id == bindparam("p_resource_id"),
            bookings.c.state.in_([state.value for state in ATTENDING]),
        )
        .order_by(bookings.c.reference)
    )


def booking_of(row: Row[Any], vault: Vault) -> Booking:
    return Booking(
        id=row.id,
        reference=Reference(row.reference),
        agreement=sealed_agreement_of(row, vault),
        state=BookingState(row.state),
        purpose=HoldPurpose(row.purpose),
        itinerary_id=row.itinerary_id,
        expires_at=row.expires_at,
        extendable_until=row.extendable_until,
        cancellation=converter.structure(row.cancellation, Cancellation | None),  # type: ignore[arg-type]
        version=row.version,
    )
