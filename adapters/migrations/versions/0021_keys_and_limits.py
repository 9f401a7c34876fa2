"""Keys that are rotated, versions of access, and what has been asked lately."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

Moment = sa.DateTime(timezone=True)

ADDED = ("former_digest", "former_until", "last_used_at", "version")


def upgrade() -> None:
    op.add_column("api_keys", sa.Column("former_digest", sa.LargeBinary(32)))
    op.add_column("api_keys", sa.Column("former_until", Moment))
    op.add_column("api_keys", sa.Column("last_used_at", Moment))
    op.add_column(
        "api_keys", sa.Column("version", sa.Integer(), nullable=False, server_default="1")
    )
    op.create_index("ix_api_keys_former_digest", "api_keys", ["former_digest"])
    op.create_table(
        "access_versions",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", name="pk_access_versions"),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.organization_id"],
            name="fk_access_versions_organization_id_organizations",
        ),
    )
    op.create_table(
        "rate_limits",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("bucket", sa.String(120), nullable=False),
        sa.Column("full_at", sa.BigInteger(), nullable=False),
        sa.Column("granted", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "bucket", name="pk_rate_limits"),
    )
    op.create_index("ix_rate_limits_full_at", "rate_limits", ["full_at"])


def downgrade() -> None:
    op.drop_table("rate_limits")
    op.drop_table("access_versions")
    op.drop_index("ix_api_keys_former_digest", "api_keys")
    for column in reversed(ADDED):
        op.drop_column("api_keys", column)
