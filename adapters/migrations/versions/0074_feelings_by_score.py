"""Calls by how they were felt are found in the order of their scores."""

import sqlalchemy as sa
from alembic import op

revision = "0074"
down_revision = "0073"

FELT = {
    "positive": "sentiment_milli > 100",
    "neutral": "sentiment_milli BETWEEN -100 AND 100",
    "negative": "sentiment_milli < -100",
}
BEFORE = "sentiment_milli IS NOT NULL"
TOLD = ("started_at", "seconds", "qa_milli", "sentiment_milli", "status", "direction", "escalated")


def upgrade() -> None:
    for name, felt in FELT.items():
        _create(name, "qa_milli", felt)
    op.drop_index("ix_calls_sentiment_milli", "calls")


def downgrade() -> None:
    _create("sentiment_milli", "sentiment_milli", BEFORE)
    for name in FELT:
        op.drop_index(f"ix_calls_{name}", "calls")


def _create(name: str, first: str, those: str) -> None:
    told = (column for column in TOLD if column != first)
    op.create_index(
        f"ix_calls_{name}",
        "calls",
        ["organization_id", first, "id", *told],
        postgresql_where=sa.text(f"{those} AND deleted_at IS NULL"),
        sqlite_where=sa.text(f"{those} AND deleted_at IS NULL"),
    )
