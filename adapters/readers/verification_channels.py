"""What was booked elsewhere has here what it is noted to have, and nothing else."""

from collections.abc import Sequence

from sqlalchemy import func, select

from adapters.readers.verification_checks import Check
from adapters.readers.verification_noted_claims import noted_are_claimed
from adapters.schema.channels import channels, foreign_bookings
from domain.bookings.channels import ChannelState
from domain.bookings.foreign_bookings import ForeignState


def channel_checks(dialect: str) -> Sequence[Check]:
    return (
        _foreign_bookings_have_their_units(dialect),
        _cancelled_foreign_bookings_have_nothing(dialect),
        _channels_with_feeds_come_due(),
    )


def _foreign_bookings_have_their_units(dialect: str) -> Check:
    return noted_are_claimed(
        dialect,
        name="foreign_bookings_have_their_units",
        holders=foreign_bookings,
        noted=foreign_bookings.c.claims,
        detail="of pool '{pool_id}', {noted} units are noted and {claimed} claimed",
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
