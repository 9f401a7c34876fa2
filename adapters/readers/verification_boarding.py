"""Passengers have the boarding numbers that are written down for them, and nobody else has."""

from sqlalchemy import Select, column, func, literal, select, true, union_all

from adapters.readers.verification_checks import Check
from adapters.schema.boarding import boarding_numbers
from adapters.schema.bookings import bookings
from adapters.schema.metadata import Document


def boarding_checks(dialect: str) -> tuple[Check, ...]:
    both = union_all(_on_bookings(dialect), _written_down()).subquery()
    shown, given = func.sum(both.c.shown), func.sum(both.c.given)
    return (
        Check(
            name="boarding_numbers_are_their_own",
            question=select(
                both.c.organization_id, both.c.booking_id.label("subject"), both.c.number
            )
            .group_by(both.c.organization_id, both.c.booking_id, both.c.number)
            .having(shown != given),
            detail="boarding number {number} is said here or written down, and not both",
        ),
    )


def _on_bookings(dialect: str) -> Select[tuple[object, ...]]:
    elements = func.jsonb_array_elements if dialect == "postgresql" else func.json_each
    item = elements(bookings.c.agreement["request"]["passengers"]).table_valued(
        column("value", Document), name="item", joins_implicitly=True
    )
    number = item.c.value["boarding_number"].as_integer()
    return (
        select(
            bookings.c.organization_id,
            bookings.c.id.label("booking_id"),
            number.label("number"),
            literal(1).label("shown"),
            literal(0).label("given"),
        )
        .join_from(bookings, item, true())
        .where(bookings.c.kind == "flight", number.is_not(None))
    )


def _written_down() -> Select[tuple[object, ...]]:
    return select(
        boarding_numbers.c.organization_id,
        boarding_numbers.c.booking_id,
        boarding_numbers.c.number,
        literal(0),
        literal(1),
    )
