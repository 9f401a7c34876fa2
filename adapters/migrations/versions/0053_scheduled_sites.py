"""When a site is read by itself, and whose sites are due."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from adapters.migrations.wall import OF_EVERYBODY

revision = "0053"
down_revision = "0052"

SCHEDULED = sa.text("next_read_at IS NOT NULL")


def upgrade() -> None:
    document = sa.JSON().with_variant(JSONB(), "postgresql")
    op.add_column("sites", sa.Column("schedule", document))
    op.add_column("sites", sa.Column("next_read_at", sa.DateTime(timezone=True)))
    op.create_index(
        "ix_sites_scheduled",
        "sites",
        ["organization_id", "next_read_at"],
        postgresql_where=SCHEDULED,
        sqlite_where=SCHEDULED,
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP POLICY IF EXISTS program ON sites")
        op.execute(f"CREATE POLICY program ON sites FOR SELECT USING ({OF_EVERYBODY})")


def downgrade() -> None:
    """An older program looks through sites no less."""
    op.drop_index("ix_sites_scheduled", "sites")
    op.drop_column("sites", "next_read_at")
    op.drop_column("sites", "schedule")
