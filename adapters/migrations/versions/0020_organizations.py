"""Tiers, limits and settings of organizations.

Whoever is there already is limited by nothing: the highest tier.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0020"
down_revision = "0019"

Document = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    for column in (
        sa.Column("status", sa.String(16), nullable=False, server_default="active"),
        sa.Column("tier", sa.String(16), nullable=False, server_default="enterprise"),
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
    ):
        op.add_column("organizations", column)
    op.create_table(
        "organization_settings",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("value", Document, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "key", name="pk_organization_settings"),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.organization_id"],
            name="fk_organization_settings_organization_id_organizations",
        ),
    )


def downgrade() -> None:
    op.drop_table("organization_settings")
    for column in ("version", "tier", "status"):
        op.drop_column("organizations", column)
