"""Terms of sale, quotes and bookings."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"

Document = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "sales_terms",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rates", Document, nullable=False),
        sa.Column("cancellation", Document, nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_sales_terms"),
        sa.ForeignKeyConstraint(
            ["organization_id", "id"],
            ["resources.organization_id", "resources.id"],
            name="fk_sales_terms_organization_id_id_resources",
        ),
    )
    op.create_table(
        "quotes",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("expires_at", Moment, nullable=False),
        sa.Column("agreement", Document, nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_quotes"),
    )
    op.create_table(
        "bookings",
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
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_bookings"),
        sa.UniqueConstraint(
            "organization_id", "reference", name="uq_bookings_organization_id_reference"
        ),
        sa.CheckConstraint(
            "state IN ('held', 'confirmed', 'released', 'expired', 'cancelled')",
            name="ck_bookings_state",
        ),
    )
    op.create_index(
        "ix_bookings_organization_id_starts_at_id",
        "bookings",
        ["organization_id", "starts_at", "id"],
    )
    op.create_index(
        "ix_bookings_organization_id_email_starts_at",
        "bookings",
        ["organization_id", "email", "starts_at"],
    )
    held = sa.text("state = 'held'")
    op.create_index(
        "ix_bookings_overdue",
        "bookings",
        ["organization_id", "expires_at"],
        postgresql_where=held,
        sqlite_where=held,
    )


def downgrade() -> None:
    op.drop_table("bookings")
    op.drop_table("quotes")
    op.drop_table("sales_terms")
