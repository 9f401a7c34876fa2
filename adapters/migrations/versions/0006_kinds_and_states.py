"""More states of bookings and resources, shared stock, and what only one booking may have."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"

Document = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
Moment = sa.DateTime(timezone=True)

RESOURCE_STATES = "state IN ('draft', 'published', 'cancelled', 'completed')"
STATES = (
    "state IN ('held', 'confirmed', 'in_progress', 'completed', 'no_show', 'cancelled',"
    " 'released', 'declined', 'expired')"
)
STATES_BEFORE = "state IN ('held', 'confirmed', 'released', 'expired', 'cancelled')"
PURPOSES = "purpose IN ('payment', 'inquiry', 'approval', 'offer')"


def upgrade() -> None:
    _add_to_resources()
    _recreate_pools(resource_nullable=True)
    with op.batch_alter_table("bookings", copy_from=_bookings()) as bookings:
        bookings.drop_constraint("ck_bookings_state", type_="check")
        bookings.create_check_constraint("ck_bookings_state", STATES)
        bookings.add_column(
            sa.Column("purpose", sa.String(16), nullable=False, server_default="payment")
        )
        bookings.add_column(sa.Column("itinerary_id", sa.Uuid()))
        bookings.create_check_constraint("ck_bookings_purpose", PURPOSES)
    op.create_index(
        "ix_bookings_organization_id_resource_id_starts_at",
        "bookings",
        ["organization_id", "resource_id", "starts_at"],
    )
    op.create_index(
        "ix_bookings_organization_id_itinerary_id", "bookings", ["organization_id", "itinerary_id"]
    )
    op.create_table(
        "exclusive_claims",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("resource_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(16), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("hold_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint(
            "organization_id", "resource_id", "what", "name", name="pk_exclusive_claims"
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "resource_id"],
            ["resources.organization_id", "resources.id"],
            name="fk_exclusive_claims_organization_id_resource_id_resources",
        ),
    )
    op.create_index(
        "ix_exclusive_claims_organization_id_hold_id",
        "exclusive_claims",
        ["organization_id", "hold_id"],
    )


def downgrade() -> None:
    op.drop_table("exclusive_claims")
    op.drop_index("ix_bookings_organization_id_itinerary_id", "bookings")
    op.drop_index("ix_bookings_organization_id_resource_id_starts_at", "bookings")
    op.execute(
        "DELETE FROM bookings WHERE state IN ('in_progress', 'completed', 'no_show', 'declined')"
    )
    with op.batch_alter_table("bookings", copy_from=_bookings(later=True)) as bookings:
        bookings.drop_constraint("ck_bookings_purpose", type_="check")
        bookings.drop_constraint("ck_bookings_state", type_="check")
        bookings.create_check_constraint("ck_bookings_state", STATES_BEFORE)
        bookings.drop_column("itinerary_id")
        bookings.drop_column("purpose")
    op.execute(
        "DELETE FROM claims WHERE pool_id IN (SELECT id FROM pools WHERE resource_id IS NULL)"
    )
    op.execute("DELETE FROM pools WHERE resource_id IS NULL")
    _recreate_pools(resource_nullable=False)
    _take_from_resources()


def _add_to_resources() -> None:
    op.add_column("resources", sa.Column("stock_id", sa.Uuid()))
    op.add_column("resources", sa.Column("deleted_at", Moment))
    # Said in SQL: SQLite takes a new constraint only together with its column.
    op.execute(
        "ALTER TABLE resources ADD COLUMN state VARCHAR(16) DEFAULT 'published' NOT NULL"
        f" CONSTRAINT ck_resources_state CHECK ({RESOURCE_STATES})"
    )
    op.create_index(
        "ix_resources_organization_id_stock_id", "resources", ["organization_id", "stock_id"]
    )


def _take_from_resources() -> None:
    op.drop_index("ix_resources_organization_id_stock_id", "resources")
    for column in ("state", "deleted_at", "stock_id"):
        op.drop_column("resources", column)


def _recreate_pools(*, resource_nullable: bool) -> None:
    if op.get_context().dialect.name == "postgresql":
        op.alter_column("pools", "resource_id", nullable=resource_nullable)
        return
    # SQLite makes a new table of it, which nothing may refer to meanwhile.
    op.execute("CREATE TABLE claims_kept AS SELECT * FROM claims")
    op.drop_table("claims")
    with op.batch_alter_table("pools", copy_from=_pools()) as pools:
        pools.alter_column("resource_id", nullable=resource_nullable)
    _create_claims()
    op.execute("INSERT INTO claims SELECT * FROM claims_kept")
    op.drop_table("claims_kept")


def _create_claims() -> None:
    op.create_table(
        "claims",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("hold_id", sa.Uuid(), nullable=False),
        sa.Column("pool_id", sa.String(64), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "hold_id", "pool_id", name="pk_claims"),
        sa.CheckConstraint("units > 0", name="ck_claims_units"),
        sa.ForeignKeyConstraint(
            ["organization_id", "pool_id"],
            ["pools.organization_id", "pools.id"],
            name="fk_claims_organization_id_pool_id_pools",
        ),
    )
    op.create_index("ix_claims_organization_id_pool_id", "claims", ["organization_id", "pool_id"])


def _pools() -> sa.Table:
    """As this step finds it."""
    return sa.Table(
        "pools",
        sa.MetaData(),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("resource_id", sa.Uuid()),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("allowance", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_pools"),
        sa.CheckConstraint("taken BETWEEN 0 AND capacity + allowance", name="ck_pools_taken"),
        sa.CheckConstraint("capacity >= 0 AND allowance >= 0", name="ck_pools_capacity"),
        sa.ForeignKeyConstraint(
            ["organization_id", "resource_id"],
            ["resources.organization_id", "resources.id"],
            name="fk_pools_organization_id_resource_id_resources",
        ),
        sa.Index(
            "ix_pools_organization_id_day_resource_id", "organization_id", "day", "resource_id"
        ),
    )


def _bookings(*, later: bool = False) -> sa.Table:
    """As this step finds it, or as it leaves it."""
    held = sa.text("state = 'held'")
    added: list[Any] = [
        sa.Column("purpose", sa.String(16), nullable=False, server_default="payment"),
        sa.Column("itinerary_id", sa.Uuid()),
        sa.CheckConstraint(PURPOSES, name="ck_bookings_purpose"),
    ]
    return sa.Table(
        "bookings",
        sa.MetaData(),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("resource_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(100), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("starts_at", Moment, nullable=False),
        sa.Column("ends_at", Moment, nullable=False),
        sa.Column("expires_at", Moment, nullable=False),
        sa.Column("extendable_until", Moment, nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("agreement", Document, nullable=False),
        sa.Column("cancellation", Document),
        *(added if later else ()),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_bookings"),
        sa.UniqueConstraint(
            "organization_id", "reference", name="uq_bookings_organization_id_reference"
        ),
        sa.CheckConstraint(STATES if later else STATES_BEFORE, name="ck_bookings_state"),
        sa.Index("ix_bookings_organization_id_starts_at_id", "organization_id", "starts_at", "id"),
        sa.Index(
            "ix_bookings_organization_id_email_starts_at", "organization_id", "email", "starts_at"
        ),
        sa.Index(
            "ix_bookings_overdue",
            "organization_id",
            "expires_at",
            postgresql_where=held,
            sqlite_where=held,
        ),
    )
