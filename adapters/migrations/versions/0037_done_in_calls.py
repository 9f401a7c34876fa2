"""In which call something was done."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"

INDEX = "ix_event_log_call_id"
IN_A_CALL = sa.text("call_id IS NOT NULL")


def upgrade() -> None:
    op.add_column("event_log", sa.Column("call_id", sa.Uuid()))
    op.create_index(
        INDEX,
        "event_log",
        ["organization_id", "call_id", "occurred_at"],
        postgresql_where=IN_A_CALL,
        sqlite_where=IN_A_CALL,
    )


def downgrade() -> None:
    op.drop_index(INDEX, "event_log")
    op.drop_column("event_log", "call_id")
