"""What organizations note about themselves."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0026"
down_revision = "0025"

Document = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.add_column("organizations", sa.Column("metadata", Document))


def downgrade() -> None:
    op.drop_column("organizations", "metadata")
