"""Keys that personal data is sealed with, apart from what they open."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.create_table(
        "data_keys",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("wrapped", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_data_keys"),
    )


def downgrade() -> None:
    op.drop_table("data_keys")
