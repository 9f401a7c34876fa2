"""How many passages a site had when a crawl of it began."""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"


def upgrade() -> None:
    op.add_column("crawls", sa.Column("passages_before", sa.Integer()))


def downgrade() -> None:
    op.drop_column("crawls", "passages_before")
