"""Discounts, fees and taxes of sales terms, and discount codes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"

Document = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.add_column("sales_terms", sa.Column("adjustments", Document))
    op.create_table(
        "discount_codes",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(32), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("terms", Document, nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_discount_codes"),
        sa.UniqueConstraint(
            "organization_id", "code", name="uq_discount_codes_organization_id_code"
        ),
    )


def downgrade() -> None:
    op.drop_table("discount_codes")
    op.drop_column("sales_terms", "adjustments")
