"""Itineraries, from their rows."""

from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Executable, Row, bindparam, select

from adapters.schema.bookings import itineraries
from domain.bookings.itinerary import Itinerary
from domain.bookings.references import Reference
from domain.kernel.identifiers import BookingId


@lru_cache(maxsize=1)
def one_itinerary() -> Executable:
    return select(itineraries).where(
        itineraries.c.organization_id == bindparam("p_organization_id"),
        itineraries.c.id == bindparam("p_id"),
    )


def itinerary_of(row: Row[Any]) -> Itinerary:
    return Itinerary(
        id=row.id,
        reference=Reference(row.reference),
        pending=_booking_ids(row.pending),
        standing=_booking_ids(row.standing),
        version=row.version,
    )


def _booking_ids(document: list[str]) -> tuple[BookingId, ...]:
    return tuple(BookingId(UUID(id)) for id in document)
