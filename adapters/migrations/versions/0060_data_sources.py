"""Where records come from, and what came of asking."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from adapters.migrations.wall import build

revision = "0060"
down_revision = "0059"

SCHEDULED = sa.text("next_due_at IS NOT NULL")


def upgrade() -> None:
    document = sa.JSON().with_variant(JSONB(), "postgresql")
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "data_sources",
        sa.Column("organization_id", sa.Uuid, primary_key=True),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("connection", document, nullable=False),
        sa.Column("description", sa.String(4000)),
        sa.Column("tags", document, nullable=False),
        sa.Column("schedule", document),
        sa.Column("next_due_at", moment),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("health", sa.String(16), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'verified', 'active', 'paused', 'archived')",
            op.f("ck_data_sources_state"),
        ),
        sa.CheckConstraint(
            "state <> 'archived' OR next_due_at IS NULL", op.f("ck_data_sources_archived")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_data_sources")),
    )
    op.create_index(
        "ix_data_sources_scheduled",
        "data_sources",
        ["organization_id", "next_due_at"],
        postgresql_where=SCHEDULED,
        sqlite_where=SCHEDULED,
    )
    op.create_table(
        "data_source_attempts",
        sa.Column("organization_id", sa.Uuid, primary_key=True),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("data_source_id", sa.Uuid, nullable=False),
        sa.Column("asked", sa.String(16), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("milliseconds", sa.Integer, nullable=False),
        sa.Column("records", sa.Integer, nullable=False),
        sa.Column("reason", sa.String(100)),
        sa.Column("version", sa.String(100)),
        sa.Column("clock_difference_ms", sa.BigInteger),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_data_source_attempts")),
        sa.ForeignKeyConstraint(
            ["organization_id", "data_source_id"],
            ["data_sources.organization_id", "data_sources.id"],
            name=op.f("fk_data_source_attempts_source_data_sources"),
        ),
    )
    op.create_index(
        "ix_data_source_attempts_by_source",
        "data_source_attempts",
        ["organization_id", "data_source_id", "id"],
    )
    build(op.get_bind())


def downgrade() -> None:
    op.drop_table("data_source_attempts")
    op.drop_table("data_sources")
