"""Payments that are shares of one for several bookings."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"

INDEX = "ix_payments_organization_id_lead_id"


def upgrade() -> None:
    op.add_column("payments", sa.Column("lead_id", sa.Uuid()))
    op.create_index(INDEX, "payments", ["organization_id", "lead_id"])


def downgrade() -> None:
    op.drop_index(INDEX, "payments")
    op.drop_column("payments", "lead_id")
