"""Telephone numbers of the desk."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from adapters.migrations.wall import build

revision = "0045"
down_revision = "0044"

Document = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "phone_numbers",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(16), nullable=False),
        sa.Column("provider", sa.String(16)),
        sa.Column("label", sa.String(100), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("capabilities", Document, nullable=False),
        sa.Column("is_primary", sa.Boolean(), nullable=False),
        sa.Column("agent_id", sa.Uuid()),
        sa.Column("queue_id", sa.Uuid()),
        sa.Column("department", sa.String(60)),
        sa.Column("template", sa.String(100)),
        sa.Column("deleted_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint(
            "status IN ('pending', 'active', 'released')", name="ck_phone_numbers_status"
        ),
        sa.CheckConstraint(
            "NOT is_primary OR (status = 'active' AND deleted_at IS NULL)",
            name="ck_phone_numbers_primary",
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_phone_numbers"),
        sa.ForeignKeyConstraint(
            ["organization_id", "agent_id"],
            ["agents.organization_id", "agents.id"],
            name="fk_phone_numbers_organization_id_agent_id_agents",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "queue_id"],
            ["queues.organization_id", "queues.id"],
            name="fk_phone_numbers_organization_id_queue_id_queues",
        ),
    )
    kept, primary = sa.text("deleted_at IS NULL"), sa.text("is_primary")
    op.create_index(
        "uq_phone_numbers_number",
        "phone_numbers",
        ["organization_id", "number"],
        unique=True,
        postgresql_where=kept,
        sqlite_where=kept,
    )
    op.create_index(
        "uq_phone_numbers_primary",
        "phone_numbers",
        ["organization_id"],
        unique=True,
        postgresql_where=primary,
        sqlite_where=primary,
    )
    op.create_index(
        "ix_phone_numbers_organization_id_agent_id",
        "phone_numbers",
        ["organization_id", "agent_id"],
    )
    build(op.get_bind())


def downgrade() -> None:
    op.drop_table("phone_numbers")
