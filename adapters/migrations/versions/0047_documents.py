"""Documents that people hand in."""

import sqlalchemy as sa
from alembic import op

from adapters.migrations.wall import build

revision = "0047"
down_revision = "0046"

Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "documents",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("format", sa.String(16), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("passages", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(16)),
        sa.Column("release", sa.String(40)),
        sa.Column("handed_in_at", Moment, nullable=False),
        sa.CheckConstraint("size > 0", name="ck_documents_size"),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_documents"),
    )
    build(op.get_bind())


def downgrade() -> None:
    op.drop_table("documents")
