"""Files that are handed in to be read as data sources."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from adapters.migrations.wall import build

revision = "0065"
down_revision = "0064"


def upgrade() -> None:
    document = sa.JSON().with_variant(JSONB(), "postgresql")
    op.create_table(
        "data_source_files",
        sa.Column("organization_id", sa.Uuid, nullable=False),
        sa.Column("data_source_id", sa.Uuid, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("tag", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("content", document, nullable=False),
        sa.PrimaryKeyConstraint(
            "organization_id", "data_source_id", "number", name=op.f("pk_data_source_files")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "data_source_id"],
            ["data_sources.organization_id", "data_sources.id"],
            name=op.f("fk_data_source_files_source_data_sources"),
        ),
    )
    build(op.get_bind())


def downgrade() -> None:
    # What was sealed in them is gone, and so is what would open it.
    op.execute(
        "DELETE FROM data_keys WHERE EXISTS (SELECT 1 FROM data_source_files"
        " WHERE data_source_files.organization_id = data_keys.organization_id"
        " AND data_source_files.data_source_id = data_keys.id)"
    )
    op.drop_table("data_source_files")
