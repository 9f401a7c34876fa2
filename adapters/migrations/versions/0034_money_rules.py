"""Checks against abuse, gift credit, quotes of refunds."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from adapters.migrations.wall import build

revision = "0034"
down_revision = "0033"

Moment = sa.DateTime(timezone=True)
Document = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
PARKED = sa.text("review = 'pending' AND state = 'created'")


def upgrade() -> None:
    op.add_column("payments", sa.Column("started_by", sa.Uuid()))
    op.add_column("payments", sa.Column("review", sa.String(16)))
    op.add_column("payments", sa.Column("gift_credit_id", sa.Uuid()))
    op.create_index(
        "ix_payments_parked",
        "payments",
        ["organization_id", "created_at", "id"],
        postgresql_where=PARKED,
        sqlite_where=PARKED,
    )
    op.create_table(
        "refund_quotes",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("booking_id", sa.Uuid(), nullable=False),
        sa.Column("booking_version", sa.Integer(), nullable=False),
        sa.Column("expires_at", Moment, nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("payment_version", sa.Integer(), nullable=False),
        sa.Column("amounts", Document, nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_refund_quotes"),
    )
    op.create_table(
        "instalments",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.String(16), nullable=False),
        sa.Column("due_at", Moment, nullable=False),
        sa.Column("next_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_instalments"),
        sa.CheckConstraint(
            "stage IN ('ahead', 'reminded', 'late', 'overdue')", name="ck_instalments_stage"
        ),
        sa.UniqueConstraint(
            "organization_id", "booking_id", name="uq_instalments_organization_id_booking_id"
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "booking_id"],
            ["bookings.organization_id", "bookings.id"],
            name="fk_instalments_organization_id_booking_id_bookings",
        ),
    )
    op.create_index(
        "ix_instalments_organization_id_next_at", "instalments", ["organization_id", "next_at"]
    )
    op.create_index(
        "ix_instalments_organization_id_due_at_id",
        "instalments",
        ["organization_id", "due_at", "id"],
    )
    op.create_table(
        "gift_credits",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("balance_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("issued_at", Moment, nullable=False),
        sa.Column("expires_at", Moment),
        sa.Column("details", Document, nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_gift_credits"),
        sa.CheckConstraint(
            "0 <= balance_minor AND balance_minor <= amount_minor", name="ck_gift_credits_balance"
        ),
        sa.UniqueConstraint(
            "organization_id", "digest", name="uq_gift_credits_organization_id_digest"
        ),
    )
    op.create_index(
        "ix_gift_credits_organization_id_issued_at_id",
        "gift_credits",
        ["organization_id", "issued_at", "id"],
    )
    build(op.get_bind())


def downgrade() -> None:
    op.drop_table("gift_credits")
    op.drop_table("instalments")
    op.drop_table("refund_quotes")
    op.drop_index("ix_payments_parked", "payments")
    op.drop_column("payments", "gift_credit_id")
    op.drop_column("payments", "review")
    op.drop_column("payments", "started_by")
