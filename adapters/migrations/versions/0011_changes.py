"""How products are held and changed, and what is promised about changes and cancellations."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"

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


def downgrade() -> None:
    op.drop_index("ix_bookings_ending", "bookings")
    op.drop_column("sales_terms", "conditions")
