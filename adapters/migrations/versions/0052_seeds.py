"""Which addresses of a crawl are files that name pages."""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"


def upgrade() -> None:
    op.add_column("crawl_urls", sa.Column("seed", sa.Boolean()))


def downgrade() -> None:
    op.drop_column("crawl_urls", "seed")
