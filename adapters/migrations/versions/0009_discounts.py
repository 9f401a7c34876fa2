"""Discounts, fees and taxes of sales terms."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"

Document = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.add_column("sales_terms", sa.Column("adjustments", Document))


def downgrade() -> None:
    op.drop_column("sales_terms", "adjustments")
