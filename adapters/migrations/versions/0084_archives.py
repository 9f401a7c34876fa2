"""Archives of histories."""

import sqlalchemy as sa
from alembic import op

from adapters.migrations.wall import build

revision = "0084"
down_revision = "0083"


def upgrade() -> None:
    op.create_table(
        "archives",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("history", sa.String(24), nullable=False),
        sa.Column("before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("rows > 0", name=op.f("ck_archives_rows")),
        sa.CheckConstraint("size = length(content)", name=op.f("ck_archives_size")),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_archives")),
    )
    for columns in (("history", "id"), ("archived_at",)):
        op.create_index(
            op.f(f"ix_archives_organization_id_{'_'.join(columns)}"),
            "archives",
            ["organization_id", *columns],
        )
    build(op.get_bind())


def downgrade() -> None:
    op.drop_table("archives")
