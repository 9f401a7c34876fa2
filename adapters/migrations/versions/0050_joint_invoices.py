"""Invoices for several bookings."""

import sqlalchemy as sa
from alembic import op

from adapters.migrations.wall import build

revision = "0050"
down_revision = "0049"


def upgrade() -> None:
    op.create_table(
        "joint_shares",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("booking_id", sa.Uuid(), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("total_minor > 0", name="ck_joint_shares_total"),
        sa.ForeignKeyConstraint(
            ["organization_id", "id"],
            ["papers.organization_id", "papers.id"],
            name="fk_joint_shares_organization_id_id_papers",
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", "booking_id", name="pk_joint_shares"),
    )
    op.create_index(
        "ix_joint_shares_organization_id_booking_id",
        "joint_shares",
        ["organization_id", "booking_id"],
    )
    build(op.get_bind())


def downgrade() -> None:
    op.drop_table("joint_shares")
