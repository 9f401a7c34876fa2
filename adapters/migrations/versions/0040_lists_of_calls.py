"""Lists of many calls: an index for each of their filters, and orders that know of most."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"

SHOWN = "deleted_at IS NULL"
NAMES = ("agent_id", "template", "disposition_id")
ORDERS = {
    "seconds": ["started_at", "status", "qa_milli", "sentiment_milli"],
    "qa_milli": ["started_at", "status", "sentiment_milli"],
}
ALONE: Mapping[str, list[str]] = {name: [] for name in ORDERS}


def upgrade() -> None:
    _order_by(ORDERS)
    for name in NAMES:
        _index(name, [name, "started_at", "id"], f"{name} IS NOT NULL AND {SHOWN}")
    judged = f"sentiment_milli IS NOT NULL AND {SHOWN}"
    _index("sentiment_milli", ["sentiment_milli", "id"], judged)
    op.create_index(
        "ix_calls_escalated",
        "calls",
        ["organization_id", "escalated", "started_at", "id"],
        postgresql_where=sa.text(f"escalated IS true AND {SHOWN}"),
        sqlite_where=sa.text(f"escalated IS 1 AND {SHOWN}"),
    )
    op.create_index("ix_calls_provider_call", "calls", ["organization_id", "provider_call"])


def downgrade() -> None:
    for name in ("provider_call", "escalated", "sentiment_milli", *reversed(NAMES)):
        op.drop_index(f"ix_calls_{name}", "calls")
    _order_by(ALONE)


def _order_by(orders: Mapping[str, list[str]]) -> None:
    for name, more in orders.items():
        op.drop_index(f"ix_calls_{name}", "calls")
        _index(name, [name, "id", *more], SHOWN)


def _index(name: str, columns: Sequence[str], those: str) -> None:
    op.create_index(
        f"ix_calls_{name}",
        "calls",
        ["organization_id", *columns],
        postgresql_where=sa.text(those),
        sqlite_where=sa.text(those),
    )
