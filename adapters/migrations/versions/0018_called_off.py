"""Waiting lists and blocks of what was cancelled, boarding numbers."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


UNFINDABLE = sa.text("found_by < 1")
Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("resources", sa.Column("cancelled_at", Moment))
    op.add_column(
        "resources", sa.Column("found_by", sa.Integer(), nullable=False, server_default="0")
    )
    op.create_index(
        "ix_resources_unfindable",
        "resources",
        ["organization_id", "id"],
        postgresql_where=UNFINDABLE,
        sqlite_where=UNFINDABLE,
    )
    op.add_column("waiting_entries", sa.Column("called_off", sa.String(500)))
    op.create_table(
        "boarding_numbers",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("resource_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Uuid(), nullable=False),
        sa.Column("passenger", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "organization_id", "resource_id", "number", name="pk_boarding_numbers"
        ),
        sa.CheckConstraint("number > 0 AND passenger > 0", name="ck_boarding_numbers_number"),
        sa.UniqueConstraint(
            "organization_id",
            "booking_id",
            "passenger",
            name="uq_boarding_numbers_organization_id_booking_id_passenger",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "resource_id"],
            ["resources.organization_id", "resources.id"],
            name="fk_boarding_numbers_organization_id_resource_id_resources",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "booking_id"],
            ["bookings.organization_id", "bookings.id"],
            name="fk_boarding_numbers_organization_id_booking_id_bookings",
        ),
    )


def downgrade() -> None:
    op.drop_table("boarding_numbers")
    op.drop_column("waiting_entries", "called_off")
    op.drop_index("ix_resources_unfindable", "resources")
    op.drop_column("resources", "found_by")
    op.drop_column("resources", "cancelled_at")
