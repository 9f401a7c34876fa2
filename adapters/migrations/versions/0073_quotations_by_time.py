"""What was quoted in some time is found by it."""

from alembic import op

revision = "0073"
down_revision = "0072"

NAME = "ix_quotations_organization_id_quoted_at"


def upgrade() -> None:
    op.create_index(NAME, "quotations", ["organization_id", "quoted_at"])


def downgrade() -> None:
    op.drop_index(NAME, "quotations")
