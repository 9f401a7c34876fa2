"""What agents were since when."""

import sqlalchemy as sa
from alembic import op

from adapters.migrations.wall import build

revision = "0070"
down_revision = "0069"


def upgrade() -> None:
    op.create_table(
        "agent_presences",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("position", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("presence", sa.String(16), nullable=False),
        sa.CheckConstraint(
            "presence IN ('offline', 'available', 'reserved', 'on_call', 'wrapping', 'paused')",
            name=op.f("ck_agent_presences_presence"),
        ),
        sa.PrimaryKeyConstraint(
            "organization_id", "agent_id", "at_ms", "position", name=op.f("pk_agent_presences")
        ),
    )
    op.create_index(
        "ix_agent_presences_at_ms", "agent_presences", ["organization_id", "at_ms", "agent_id"]
    )
    build(op.get_bind())


def downgrade() -> None:
    op.drop_table("agent_presences")
