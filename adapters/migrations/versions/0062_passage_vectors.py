"""What passages mean."""

import sqlalchemy as sa
from alembic import op

from adapters.migrations.wall import build

revision = "0062"
down_revision = "0061"


def upgrade() -> None:
    op.create_table(
        "passage_vectors",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.String(32), nullable=False),
        sa.Column("model", sa.String(32), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "digest", name="pk_passage_vectors"),
    )
    build(op.get_bind())


def downgrade() -> None:
    op.drop_table("passage_vectors")
