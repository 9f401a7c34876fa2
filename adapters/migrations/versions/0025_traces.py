"""What set off an event or a job: the trace of W3C's Trace Context it belongs to."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"

TRACED = ("event_log", "queued_jobs")


def upgrade() -> None:
    for table in TRACED:
        op.add_column(table, sa.Column("trace", sa.String(55)))


def downgrade() -> None:
    for table in TRACED:
        op.drop_column(table, "trace")
