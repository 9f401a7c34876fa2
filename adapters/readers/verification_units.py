"""Nobody has a unit at the same time as somebody else, and whoever has one is to have it."""

from collections.abc import Sequence

from sqlalchemy import and_, func, or_, select

from adapters.readers.verification_bookings import ACTIVE, intervals_agreed
from adapters.readers.verification_checks import Check
from adapters.schema.bookings import bookings
from adapters.schema.inventory import resources
from adapters.schema.units import inventory_units, unit_claims


def unit_checks(dialect: str) -> Sequence[Check]:
    return (
        _units_are_claimed_once(),
        _units_are_claimed_by_somebody(),
        _intervals_are_claimed(dialect),
    )


def _units_are_claimed_once() -> Check:
    one, other = unit_claims.alias("one"), unit_claims.alias("other")
    both = and_(
        one.c.organization_id == other.c.organization_id,
        one.c.unit_id == other.c.unit_id,
        or_(
            one.c.first_minute < other.c.first_minute,
            and_(one.c.first_minute == other.c.first_minute, one.c.hold_id < other.c.hold_id),
        ),
        one.c.until_minute > other.c.first_minute,
    )
    return Check(
        name="units_are_claimed_once",
        question=select(
            one.c.organization_id,
            one.c.unit_id.label("subject"),
            one.c.hold_id.label("one"),
            other.c.hold_id.label("other"),
        ).join_from(one, other, both),
        detail="is claimed for {one} and at the same time for {other}",
    )


def _units_are_claimed_by_somebody() -> Check:
    """Units of a resource by bookings; those of none, such as a venue, by what takes place."""
    unit = and_(
        inventory_units.c.organization_id == unit_claims.c.organization_id,
        inventory_units.c.id == unit_claims.c.unit_id,
    )
    booking = and_(
        bookings.c.organization_id == unit_claims.c.organization_id,
        bookings.c.id == unit_claims.c.hold_id,
        bookings.c.state.in_(ACTIVE),
        inventory_units.c.resource_id.is_not(None),
    )
    session = and_(
        resources.c.organization_id == unit_claims.c.organization_id,
        resources.c.id == unit_claims.c.hold_id,
        resources.c.state != "cancelled",
        inventory_units.c.resource_id.is_(None),
    )
    claims = unit_claims.join(inventory_units, unit)
    return Check(
        name="units_are_claimed_by_somebody",
        question=select(
            unit_claims.c.organization_id,
            unit_claims.c.hold_id.label("subject"),
            unit_claims.c.unit_id,
        )
        .select_from(claims.outerjoin(bookings, booking).outerjoin(resources, session))
        .where(bookings.c.id.is_(None), resources.c.id.is_(None)),
        detail="claims unit {unit_id} and should not",
    )


def _intervals_are_claimed(dialect: str) -> Check:
    """Somebody who was sold any unit for a time may have been given another since, but has one."""
    agreed = intervals_agreed(dialect)
    theirs = and_(
        unit_claims.c.organization_id == bookings.c.organization_id,
        unit_claims.c.hold_id == bookings.c.id,
    )
    claimed = func.count(unit_claims.c.unit_id)
    return Check(
        name="intervals_are_claimed",
        question=select(
            bookings.c.organization_id,
            bookings.c.id.label("subject"),
            agreed.label("agreed"),
            claimed.label("claimed"),
        )
        .outerjoin_from(bookings, unit_claims, theirs)
        .where(bookings.c.state.in_(ACTIVE), agreed > 0)
        .group_by(bookings.c.organization_id, bookings.c.id)
        .having(claimed < agreed),
        detail="{agreed} units are agreed and {claimed} claimed",
    )
