"""What only one booking may have, the one that agreed on it has, and no other."""

from collections.abc import Sequence

from sqlalchemy import and_, func, select

from adapters.readers.verification_bookings import ACTIVE
from adapters.readers.verification_checks import Check
from adapters.schema.bookings import bookings
from adapters.schema.inventory import exclusive_claims


def exclusive_checks(dialect: str) -> Sequence[Check]:
    return (_exclusives_are_claimed(dialect), _exclusives_are_claimed_by_somebody())


def _exclusives_are_claimed(dialect: str) -> Check:
    length = func.jsonb_array_length if dialect == "postgresql" else func.json_array_length
    agreed = func.coalesce(length(bookings.c.agreement["exclusives"]), 0)
    counts = (
        select(
            exclusive_claims.c.organization_id,
            exclusive_claims.c.hold_id,
            func.count().label("number"),
        )
        .group_by(exclusive_claims.c.organization_id, exclusive_claims.c.hold_id)
        .subquery()
    )
    claimed = func.coalesce(counts.c.number, 0)
    theirs = and_(
        counts.c.organization_id == bookings.c.organization_id,
        counts.c.hold_id == bookings.c.id,
    )
    return Check(
        name="exclusives_are_claimed",
        question=select(
            bookings.c.organization_id,
            bookings.c.id.label("subject"),
            agreed.label("agreed"),
            claimed.label("claimed"),
        )
        .outerjoin_from(bookings, counts, theirs)
        .where(bookings.c.state.in_(ACTIVE), agreed != claimed),
        detail="agreed on {agreed} things that only one may have, and has {claimed}",
    )


def _exclusives_are_claimed_by_somebody() -> Check:
    theirs = and_(
        bookings.c.organization_id == exclusive_claims.c.organization_id,
        bookings.c.id == exclusive_claims.c.hold_id,
        bookings.c.state.in_(ACTIVE),
    )
    return Check(
        name="exclusives_are_claimed_by_somebody",
        question=select(
            exclusive_claims.c.organization_id,
            exclusive_claims.c.hold_id.label("subject"),
            exclusive_claims.c.what,
        )
        .outerjoin_from(exclusive_claims, bookings, theirs)
        .where(bookings.c.id.is_(None)),
        detail="holds nothing, and still has a {what} that only one may have",
    )
