"""What was left of gift credit when it had expired."""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"

LEFT = sa.text("balance_minor > 0")


def upgrade() -> None:
    op.add_column(
        "gift_credits",
        sa.Column("lapsed_minor", sa.BigInteger(), nullable=False, server_default="0"),
    )
    op.create_index(
        "ix_gift_credits_left",
        "gift_credits",
        ["organization_id", "expires_at"],
        postgresql_where=LEFT,
        sqlite_where=LEFT,
    )


def downgrade() -> None:
    op.drop_index("ix_gift_credits_left", "gift_credits")
    op.drop_column("gift_credits", "lapsed_minor")
