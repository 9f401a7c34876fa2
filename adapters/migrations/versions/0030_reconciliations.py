"""What was compared with payment providers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from adapters.migrations.wall import build

revision = "0030"
down_revision = "0029"

Moment = sa.DateTime(timezone=True)
Document = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "reconciliations",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.String(16), nullable=False),
        sa.Column("since", Moment, nullable=False),
        sa.Column("until", Moment, nullable=False),
        sa.Column("mended", sa.Integer(), nullable=False),
        sa.Column("totals", Document, nullable=False),
        sa.Column("findings", Document, nullable=False),
        sa.Column("made_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_reconciliations"),
    )
    op.create_index(
        "ix_reconciliations_organization_id_made_at_id",
        "reconciliations",
        ["organization_id", "made_at", "id"],
    )
    build(op.get_bind())


def downgrade() -> None:
    op.drop_table("reconciliations")
