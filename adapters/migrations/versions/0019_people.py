"""People, their sign-ins and roles."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "members",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("password_hash", sa.String(255)),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("verified_at", Moment),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_members"),
        sa.CheckConstraint(
            "role IN ('owner', 'admin', 'manager', 'agent', 'viewer')", name="ck_members_role"
        ),
        sa.CheckConstraint(
            "state IN ('invited', 'active', 'deactivated')", name="ck_members_state"
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.organization_id"],
            name="fk_members_organization_id_organizations",
        ),
        sa.UniqueConstraint("organization_id", "email", name="uq_members_organization_id_email"),
        sa.Index("ix_members_organization_id_name_id", "organization_id", "name", "id"),
    )
    op.create_table(
        "ownership",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("owners", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", name="pk_ownership"),
        sa.CheckConstraint("owners > 0", name="ck_ownership_owners"),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.organization_id"],
            name="fk_ownership_organization_id_organizations",
        ),
    )


def downgrade() -> None:
    op.drop_table("ownership")
    op.drop_table("members")
