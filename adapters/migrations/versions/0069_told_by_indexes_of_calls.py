"""Indexes of calls tell all that lists are looked through for."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from alembic import op

revision = "0069"
down_revision = "0068"

SHOWN = "deleted_at IS NULL"
TOLD = (
    "started_at",
    "seconds",
    "qa_milli",
    "sentiment_milli",
    "status",
    "direction",
    "escalated",
)
ALL_TOLD = (*TOLD, "handler_id", "agent_id", "bot", "template", "disposition_id")
ORDERS: Mapping[str, Sequence[str]] = {
    "started_at": (),
    "seconds": ("started_at", "status", "qa_milli", "sentiment_milli"),
    "qa_milli": ("started_at", "status", "sentiment_milli"),
}
"""What they told before."""


def upgrade() -> None:
    for name in ORDERS:
        _again(name, _telling(name, "id", told=ALL_TOLD))
    _by_conditions(TOLD)


def downgrade() -> None:
    for name, told in ORDERS.items():
        _again(name, _telling(name, "id", told=told))
    _by_conditions(())


def _by_conditions(told: Sequence[str]) -> None:
    for name in ("status", "handler_id"):
        _again(name, _telling(name, "started_at", "id", told=told))
    for name in ("agent_id", "template", "disposition_id"):
        known = f"{name} IS NOT NULL"
        _again(name, _telling(name, "started_at", "id", told=told), known, known)
    judged = "sentiment_milli IS NOT NULL"
    _again("sentiment_milli", _telling("sentiment_milli", "id", told=told), judged, judged)
    _again(
        "escalated",
        _telling("escalated", "started_at", "id", told=told),
        "escalated IS true",
        "escalated IS 1",
    )


def _telling(*columns: str, told: Sequence[str]) -> Sequence[str]:
    return [*columns, *(name for name in told if name not in columns)]


def _again(name: str, columns: Sequence[str], on_postgres: str = "", on_sqlite: str = "") -> None:
    op.drop_index(f"ix_calls_{name}", "calls")
    op.create_index(
        f"ix_calls_{name}",
        "calls",
        ["organization_id", *columns],
        postgresql_where=sa.text(f"{on_postgres} AND {SHOWN}" if on_postgres else SHOWN),
        sqlite_where=sa.text(f"{on_sqlite} AND {SHOWN}" if on_sqlite else SHOWN),
    )
