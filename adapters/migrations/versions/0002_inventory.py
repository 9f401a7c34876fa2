"""Resources, pools and claims."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"

Document = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "resources",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("sold_by_day", sa.Boolean(), nullable=False),
        sa.Column("offering", Document, nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_resources"),
    )
    op.create_index(
        "ix_resources_organization_id_name_id", "resources", ["organization_id", "name", "id"]
    )
    op.create_table(
        "pools",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("resource_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("allowance", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_pools"),
        sa.CheckConstraint("taken BETWEEN 0 AND capacity + allowance", name="ck_pools_taken"),
        sa.CheckConstraint("capacity >= 0 AND allowance >= 0", name="ck_pools_capacity"),
        sa.ForeignKeyConstraint(
            ["organization_id", "resource_id"],
            ["resources.organization_id", "resources.id"],
            name="fk_pools_organization_id_resource_id_resources",
        ),
        postgresql_with={"fillfactor": 50},
    )
    op.create_index(
        "ix_pools_organization_id_day_resource_id",
        "pools",
        ["organization_id", "day", "resource_id"],
    )
    op.create_table(
        "claims",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("hold_id", sa.Uuid(), nullable=False),
        sa.Column("pool_id", sa.String(64), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "hold_id", "pool_id", name="pk_claims"),
        sa.CheckConstraint("units > 0", name="ck_claims_units"),
        sa.ForeignKeyConstraint(
            ["organization_id", "pool_id"],
            ["pools.organization_id", "pools.id"],
            name="fk_claims_organization_id_pool_id_pools",
        ),
    )
    op.create_index("ix_claims_organization_id_pool_id", "claims", ["organization_id", "pool_id"])


def downgrade() -> None:
    op.drop_table("claims")
    op.drop_table("pools")
    op.drop_table("resources")
