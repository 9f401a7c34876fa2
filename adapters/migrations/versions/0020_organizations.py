"""Tiers, limits and settings of organizations.

Whoever is there already is limited by nothing: the highest tier.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    for column in (
        sa.Column("status", sa.String(16), nullable=False, server_default="active"),
        sa.Column("tier", sa.String(16), nullable=False, server_default="enterprise"),
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
    ):
        op.add_column("organizations", column)


def downgrade() -> None:
    for column in ("version", "tier", "status"):
        op.drop_column("organizations", column)
