"""What was booked elsewhere has here what it is noted to have, and nothing else."""

from collections.abc import Sequence

from sqlalchemy import and_, column, func, literal, select, true, union_all

from adapters.readers.verification_checks import Check
from adapters.schema.channels import channels, foreign_bookings
from adapters.schema.inventory import claims
from adapters.schema.metadata import Document
from domain.bookings.channels import ChannelState
from domain.bookings.foreign_bookings import ForeignState


def channel_checks(dialect: str) -> Sequence[Check]:
    return (
        _foreign_bookings_have_their_units(dialect),
        _cancelled_foreign_bookings_have_nothing(dialect),
        _channels_with_feeds_come_due(),
    )


def _foreign_bookings_have_their_units(dialect: str) -> Check:
    elements = func.jsonb_array_elements if dialect == "postgresql" else func.json_each
    item = elements(foreign_bookings.c.claims).table_valued(
        column("value", Document), name="item", joins_implicitly=True
    )
    noted = select(
        foreign_bookings.c.organization_id,
        foreign_bookings.c.id.label("booking_id"),
        item.c.value["pool_id"].as_string().label("pool_id"),
        item.c.value["units"].as_integer().label("noted"),
        literal(0).label("claimed"),
    ).join_from(foreign_bookings, item, true())
    theirs = and_(
        foreign_bookings.c.organization_id == claims.c.organization_id,
        foreign_bookings.c.id == claims.c.hold_id,
    )
    claimed = select(
        claims.c.organization_id, claims.c.hold_id, claims.c.pool_id, literal(0), claims.c.units
    ).join_from(claims, foreign_bookings, theirs)
    both = union_all(noted, claimed).subquery()
    wanted, taken = func.sum(both.c.noted), func.sum(both.c.claimed)
    return Check(
        name="foreign_bookings_have_their_units",
        question=select(
            both.c.organization_id,
            both.c.booking_id.label("subject"),
            both.c.pool_id,
            wanted.label("wanted"),
            taken.label("claimed"),
        )
        .group_by(both.c.organization_id, both.c.booking_id, both.c.pool_id)
        .having(wanted != taken),
        detail="of pool '{pool_id}', {wanted} units are noted and {claimed} claimed",
    )


def _cancelled_foreign_bookings_have_nothing(dialect: str) -> Check:
    length = func.jsonb_array_length if dialect == "postgresql" else func.json_array_length
    has_something = length(foreign_bookings.c.claims) > 0
    return Check(
        name="cancelled_foreign_bookings_have_nothing",
        question=select(
            foreign_bookings.c.organization_id,
            foreign_bookings.c.id.label("subject"),
            foreign_bookings.c.state,
        ).where(has_something, foreign_bookings.c.state == ForeignState.CANCELLED.value),
        detail="is {state} and still has something",
    )


def _channels_with_feeds_come_due() -> Check:
    return Check(
        name="channels_with_feeds_come_due",
        question=select(channels.c.organization_id, channels.c.id.label("subject")).where(
            channels.c.feed.is_not(None),
            channels.c.next_sync_at.is_(None),
            channels.c.state == ChannelState.ACTIVE.value,
        ),
        detail="has a feed, which is never due to be read",
    )
