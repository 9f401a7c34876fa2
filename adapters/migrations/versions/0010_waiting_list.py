"""Who waits for what, and blocks of units set aside."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"

Document = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
Moment = sa.DateTime(timezone=True)

STATES = "state IN ('waiting', 'offered', 'booked', 'expired', 'withdrawn')"
LIVE = sa.text("state IN ('waiting', 'offered')")
WAITING = sa.text("state = 'waiting'")


def upgrade() -> None:
    _create_entries()
    _create_pools()


def downgrade() -> None:
    op.drop_table("waiting_pools")
    op.drop_table("waiting_entries")


def _create_entries() -> None:
    op.create_table(
        "waiting_entries",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("stock_id", sa.Uuid(), nullable=False),
        sa.Column("resource_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("joined_at", Moment, nullable=False),
        sa.Column("closes_at", Moment, nullable=False),
        sa.Column("due_at", Moment, nullable=False),
        sa.Column("request", Document, nullable=False),
        sa.Column("wanted", Document, nullable=False),
        sa.Column("passed", sa.Integer(), nullable=False),
        sa.Column("saved", Document, nullable=False),
        sa.Column("saving_until", Moment),
        sa.Column("booking_id", sa.Uuid()),
        sa.Column("reason", Document),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_waiting_entries"),
        sa.CheckConstraint(STATES, name="ck_waiting_entries_state"),
        sa.Index(
            "uq_waiting_entries_live",
            "organization_id",
            "stock_id",
            "email",
            unique=True,
            postgresql_where=LIVE,
            sqlite_where=LIVE,
        ),
        sa.Index(
            "ix_waiting_entries_organization_id_stock_id_joined_at_id",
            "organization_id",
            "stock_id",
            "joined_at",
            "id",
        ),
        sa.Index("ix_waiting_entries_organization_id_booking_id", "organization_id", "booking_id"),
        sa.Index(
            "ix_waiting_entries_due",
            "organization_id",
            "due_at",
            postgresql_where=WAITING,
            sqlite_where=WAITING,
        ),
    )


def _create_pools() -> None:
    op.create_table(
        "waiting_pools",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("pool_id", sa.String(64), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "pool_id", "entry_id", name="pk_waiting_pools"),
        sa.CheckConstraint("units > 0", name="ck_waiting_pools_units"),
        sa.ForeignKeyConstraint(
            ["organization_id", "pool_id"],
            ["pools.organization_id", "pools.id"],
            name="fk_waiting_pools_organization_id_pool_id_pools",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "entry_id"],
            ["waiting_entries.organization_id", "waiting_entries.id"],
            name="fk_waiting_pools_organization_id_entry_id_waiting_entries",
        ),
        sa.Index("ix_waiting_pools_organization_id_entry_id", "organization_id", "entry_id"),
    )
