"""Bookings are found by their state, and what was sold in calls by itself."""

import sqlalchemy as sa
from alembic import op

revision = "0071"
down_revision = "0070"

SELLING = "call_id IS NOT NULL AND name IN ('booking_held', 'booking_confirmed')"


def upgrade() -> None:
    op.create_index(
        "ix_bookings_organization_id_state_starts_at_id",
        "bookings",
        ["organization_id", "state", "starts_at", "id"],
    )
    op.create_index(
        "ix_event_log_selling",
        "event_log",
        ["organization_id", "call_id", "subject"],
        postgresql_where=sa.text(SELLING),
        sqlite_where=sa.text(SELLING),
    )


def downgrade() -> None:
    op.drop_index("ix_event_log_selling", "event_log")
    op.drop_index("ix_bookings_organization_id_state_starts_at_id", "bookings")
