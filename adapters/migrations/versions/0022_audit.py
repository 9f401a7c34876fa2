"""What of the event log is on the audit trail, and from which network it came."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

AUDITED = "ix_event_log_audited"


def upgrade() -> None:
    op.add_column("event_log", sa.Column("audited", sa.Boolean()))
    op.add_column("event_log", sa.Column("origin", sa.String(43)))
    op.create_index(
        AUDITED,
        "event_log",
        ["organization_id", "position"],
        postgresql_where=sa.text("audited"),
        sqlite_where=sa.text("audited"),
    )


def downgrade() -> None:
    op.drop_index(AUDITED, "event_log")
    for column in ("origin", "audited"):
        op.drop_column("event_log", column)
