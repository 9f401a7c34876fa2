"""Units set aside for somebody until a release date."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"

Document = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
Moment = sa.DateTime(timezone=True)

OPEN = sa.text("state = 'open'")


def upgrade() -> None:
    op.create_table(
        "blocks",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("stock_id", sa.Uuid(), nullable=False),
        sa.Column("resource_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("release_at", Moment, nullable=False),
        sa.Column("contact", Document, nullable=False),
        sa.Column("note", sa.String(1000), nullable=False),
        sa.Column("opened", Document, nullable=False),
        sa.Column("remaining", Document, nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_blocks"),
        sa.CheckConstraint("state IN ('open', 'used_up', 'released')", name="ck_blocks_state"),
        sa.Index("ix_blocks_organization_id_release_at_id", "organization_id", "release_at", "id"),
        sa.Index(
            "ix_blocks_organization_id_resource_id_release_at_id",
            "organization_id",
            "resource_id",
            "release_at",
            "id",
        ),
        sa.Index(
            "ix_blocks_due",
            "organization_id",
            "release_at",
            postgresql_where=OPEN,
            sqlite_where=OPEN,
        ),
    )


def downgrade() -> None:
    op.drop_table("blocks")
