"""Bookings held together."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"

Document = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "itineraries",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(16), nullable=False),
        sa.Column("pending", Document, nullable=False),
        sa.Column("standing", Document, nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_itineraries"),
        sa.UniqueConstraint(
            "organization_id", "reference", name="uq_itineraries_organization_id_reference"
        ),
    )


def downgrade() -> None:
    op.drop_table("itineraries")
