"""Bookings held together were confirmed together, or none of them was."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, String, and_, cast, column, exists, func, or_, select

from adapters.readers.verification_checks import Check
from adapters.schema.bookings import bookings, itineraries
from domain.bookings.life import BookingState

NEVER_CONFIRMED = tuple(
    state.value
    for state in (
        BookingState.HELD,
        BookingState.RELEASED,
        BookingState.DECLINED,
        BookingState.EXPIRED,
    )
)


def itinerary_checks(dialect: str) -> Sequence[Check]:
    return (_held_together_confirmed_together(dialect),)


def _held_together_confirmed_together(dialect: str) -> Check:
    never = bookings.c.state.in_(NEVER_CONFIRMED)
    return Check(
        name="held_together_confirmed_together",
        question=select(
            itineraries.c.organization_id,
            itineraries.c.id.label("subject"),
            bookings.c.id.label("booking_id"),
            bookings.c.state,
        )
        .join_from(
            itineraries,
            bookings,
            and_(
                bookings.c.organization_id == itineraries.c.organization_id,
                bookings.c.itinerary_id == itineraries.c.id,
            ),
        )
        .where(
            or_(
                and_(_names(itineraries.c.pending, dialect), ~never),
                and_(_names(itineraries.c.standing, dialect), never),
            )
        ),
        detail="is not decided as a whole: booking {booking_id} is {state}",
    )


def _names(ids: Column[Any], dialect: str) -> ColumnElement[bool]:
    """Whether the ids of an itinerary name the booking that is joined."""
    elements = func.jsonb_array_elements_text if dialect == "postgresql" else func.json_each
    item = elements(ids).table_valued(column("value", String), name="item", joins_implicitly=True)
    # The two databases write an id in different ways.
    name = func.replace(cast(bookings.c.id, String), "-", "")
    return exists(select(1).select_from(item).where(func.replace(item.c.value, "-", "") == name))
