"""Since when there are recordings of calls, so that those are found that were kept long enough."""

from datetime import datetime, timezone

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0059"
down_revision = "0058"

RECORDED = sa.text("recorded_at IS NOT NULL")
Moment = sa.DateTime(timezone=True)
Document = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
calls = sa.table(
    "calls",
    sa.column("organization_id", sa.Uuid()),
    sa.column("id", sa.Uuid()),
    sa.column("details", Document),
    sa.column("recorded_at", Moment),
    sa.column("recorded_on", sa.String()),
)


def upgrade() -> None:
    op.add_column("calls", sa.Column("recorded_at", Moment))
    op.add_column("calls", sa.Column("recorded_on", sa.String(16)))
    _look_back(op.get_bind())
    op.create_index(
        "ix_calls_recorded",
        "calls",
        ["organization_id", "recorded_at", "recorded_on"],
        postgresql_where=RECORDED,
        sqlite_where=RECORDED,
    )


def downgrade() -> None:
    op.drop_index("ix_calls_recorded", "calls")
    for column in ("recorded_on", "recorded_at"):
        op.drop_column("calls", column)


def _look_back(connection: sa.Connection) -> None:
    begun = calls.c.details[("recording", "started_at")].as_string()
    basis = calls.c.details[("recording", "basis")].as_string()
    deleted = calls.c.details[("recording", "deleted_at")].as_string()
    there = sa.select(calls.c.organization_id, calls.c.id, begun, basis).where(
        begun.is_not(None), deleted.is_(None)
    )
    for organization_id, id, began, on in connection.execute(there).all():
        connection.execute(
            sa.update(calls)
            .where(calls.c.organization_id == organization_id, calls.c.id == id)
            .values(recorded_at=_moment(began), recorded_on=on)
        )


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(timezone.utc)
