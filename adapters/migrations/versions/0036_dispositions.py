"""Dispositions."""

import sqlalchemy as sa
from alembic import op

from adapters.migrations.wall import build

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    op.create_table(
        "dispositions",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(100), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_dispositions"),
    )
    op.create_index(
        "uq_dispositions_label", "dispositions", ["organization_id", "label"], unique=True
    )
    build(op.get_bind())


def downgrade() -> None:
    op.drop_table("dispositions")
