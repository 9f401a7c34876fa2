"""Claims of a pool, with the holds they are for, from the index alone."""

from alembic import op

revision = "0017"
down_revision = "0016"

SHORT, LONG = "ix_claims_organization_id_pool_id", "ix_claims_organization_id_pool_id_hold_id"


def upgrade() -> None:
    op.drop_index(SHORT, "claims")
    op.create_index(LONG, "claims", ["organization_id", "pool_id", "hold_id"])


def downgrade() -> None:
    op.drop_index(LONG, "claims")
    op.create_index(SHORT, "claims", ["organization_id", "pool_id"])
