"""Telephone numbers are bought and released where calls are carried."""

import sqlalchemy as sa
from alembic import op

from adapters.migrations.wall import build

revision = "0072"
down_revision = "0071"

ORDERED = sa.text("ordered IS NOT NULL")


def upgrade() -> None:
    op.add_column("phone_numbers", sa.Column("ordered", sa.String(16)))
    op.add_column("phone_numbers", sa.Column("ordered_at", sa.DateTime(timezone=True)))
    op.add_column("phone_numbers", sa.Column("reference", sa.String(64)))
    op.create_index(
        "ix_phone_numbers_ordered",
        "phone_numbers",
        ["organization_id", "ordered_at"],
        postgresql_where=ORDERED,
        sqlite_where=ORDERED,
    )
    build(op.get_bind())


def downgrade() -> None:
    op.drop_index("ix_phone_numbers_ordered", "phone_numbers")
    for column in ("reference", "ordered_at", "ordered"):
        op.drop_column("phone_numbers", column)
