"""What is forgotten of limits is looked for organization by organization, and so is its index."""

from alembic import op

revision = "0075"
down_revision = "0074"

NOW, BEFORE = "ix_rate_limits_organization_id_full_at", "ix_rate_limits_full_at"


def upgrade() -> None:
    op.create_index(NOW, "rate_limits", ["organization_id", "full_at"])
    op.drop_index(BEFORE, "rate_limits")


def downgrade() -> None:
    op.create_index(BEFORE, "rate_limits", ["full_at"])
    op.drop_index(NOW, "rate_limits")
