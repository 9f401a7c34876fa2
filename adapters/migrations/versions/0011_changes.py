"""How products are held and changed, and what is promised about changes and cancellations."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"

Moment = sa.DateTime(timezone=True)
Document = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
ENDING = sa.text("state = 'in_progress'")


def upgrade() -> None:
    op.add_column("sales_terms", sa.Column("conditions", Document))
    op.create_index(
        "ix_bookings_ending",
        "bookings",
        ["organization_id", "ends_at"],
        postgresql_where=ENDING,
        sqlite_where=ENDING,
    )
    op.create_table(
        "cancellation_quotes",
        *_promise(),
        sa.Column("cancellation", Document, nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_cancellation_quotes"),
    )
    op.create_table(
        "change_quotes",
        *_promise(),
        sa.Column("agreement", Document, nullable=False),
        sa.Column("difference_minor", sa.BigInteger(), nullable=False),
        sa.Column("fee_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_change_quotes"),
    )


def downgrade() -> None:
    op.drop_table("change_quotes")
    op.drop_table("cancellation_quotes")
    op.drop_index("ix_bookings_ending", "bookings")
    op.drop_column("sales_terms", "conditions")


def _promise() -> list["sa.Column[Any]"]:
    return [
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("booking_id", sa.Uuid(), nullable=False),
        sa.Column("booking_version", sa.Integer(), nullable=False),
        sa.Column("expires_at", Moment, nullable=False),
    ]
