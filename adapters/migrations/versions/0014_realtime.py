"""Tickets, intents and levels of stock."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "tickets",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("api_key_id", sa.Uuid(), nullable=False),
        sa.Column("expires_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "digest", name="pk_tickets"),
        sa.ForeignKeyConstraint(
            ["organization_id", "api_key_id"],
            ["api_keys.organization_id", "api_keys.id"],
            name="fk_tickets_organization_id_api_key_id_api_keys",
        ),
    )
    op.create_index(
        "ix_tickets_organization_id_expires_at", "tickets", ["organization_id", "expires_at"]
    )
    op.create_table(
        "intents",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("resource_id", sa.Uuid(), nullable=False),
        sa.Column("stock_id", sa.Uuid(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("expires_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_intents"),
        sa.CheckConstraint("units > 0", name="ck_intents_units"),
        sa.ForeignKeyConstraint(
            ["organization_id", "resource_id"],
            ["resources.organization_id", "resources.id"],
            name="fk_intents_organization_id_resource_id_resources",
        ),
    )
    op.create_index(
        "ix_intents_organization_id_stock_id", "intents", ["organization_id", "stock_id"]
    )
    op.create_index(
        "ix_intents_organization_id_expires_at", "intents", ["organization_id", "expires_at"]
    )
    op.create_table(
        "levels",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("pool_id", sa.String(64), nullable=False),
        sa.Column("level", sa.String(8), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "pool_id", name="pk_levels"),
        sa.CheckConstraint("level IN ('plenty', 'low', 'full')", name="ck_levels_level"),
        sa.ForeignKeyConstraint(
            ["organization_id", "pool_id"],
            ["pools.organization_id", "pools.id"],
            name="fk_levels_organization_id_pool_id_pools",
        ),
    )


def downgrade() -> None:
    op.drop_table("levels")
    op.drop_table("intents")
    op.drop_table("tickets")
