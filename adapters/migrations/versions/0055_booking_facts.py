"""What is counted of bookings, for figures about them."""

import sqlalchemy as sa
from alembic import op

from adapters.migrations.wall import build

revision = "0055"
down_revision = "0054"


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "booking_facts",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("resource_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("by_company", sa.Boolean(), nullable=False),
        sa.Column("starts_at", moment, nullable=False),
        sa.Column("starts_quarter", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("lead_days", sa.Integer(), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        sa.Column("worth_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("booked_at", moment, nullable=False),
        sa.Column("booked_quarter", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", moment),
        sa.Column("cancelled_at", moment),
        sa.Column("paid_at", moment),
        sa.ForeignKeyConstraint(
            ["organization_id", "id"],
            ["bookings.organization_id", "bookings.id"],
            name="fk_booking_facts_organization_id_id_bookings",
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_booking_facts"),
    )
    for moments in ("booked_at", "starts_at"):
        op.create_index(
            f"ix_booking_facts_organization_id_{moments}_id",
            "booking_facts",
            ["organization_id", moments, "id"],
        )
    op.create_table(
        "booking_days",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("booking_id", sa.Uuid(), nullable=False),
        sa.Column("resource_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("worth_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "booking_id"],
            ["booking_facts.organization_id", "booking_facts.id"],
            name="fk_booking_days_organization_id_booking_id_booking_facts",
        ),
        sa.PrimaryKeyConstraint("organization_id", "day", "booking_id", name="pk_booking_days"),
    )
    op.create_index(
        "ix_booking_days_organization_id_booking_id",
        "booking_days",
        ["organization_id", "booking_id"],
    )
    build(op.get_bind())


def downgrade() -> None:
    op.drop_table("booking_days")
    op.drop_table("booking_facts")
