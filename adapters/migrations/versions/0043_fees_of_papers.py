"""What papers have cost that were issued again, to be found in the books."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"


def upgrade() -> None:
    op.add_column(
        "papers", sa.Column("fees_minor", sa.BigInteger(), nullable=False, server_default="0")
    )


def downgrade() -> None:
    op.drop_column("papers", "fees_minor")
