"""Waiting lists and blocks of what was cancelled, boarding numbers."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("resources", sa.Column("cancelled_at", Moment))
    op.add_column("waiting_entries", sa.Column("called_off", sa.String(500)))


def downgrade() -> None:
    op.drop_column("waiting_entries", "called_off")
    op.drop_column("resources", "cancelled_at")
