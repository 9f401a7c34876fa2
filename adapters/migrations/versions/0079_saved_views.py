"""Questions about figures that are kept."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from adapters.migrations.wall import build

revision = "0079"
down_revision = "0078"


def upgrade() -> None:
    op.create_table(
        "saved_views",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("about", sa.String(16), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("viewing", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.CheckConstraint("about IN ('calls', 'bookings')", name=op.f("ck_saved_views_about")),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_saved_views")),
    )
    build(op.get_bind())


def downgrade() -> None:
    op.drop_table("saved_views")
