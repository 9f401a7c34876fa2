"""Sums of days of calls by whose and of what kind they were."""

import sqlalchemy as sa
from alembic import op

from adapters.migrations.wall import build

revision = "0080"
down_revision = "0079"

HANDLED = "talked_ms IS NOT NULL"
COMPARED = "score IS NOT NULL AND sentiment IS NOT NULL"


def _count(which: str) -> str:
    return f"COUNT(CASE WHEN {which} THEN 1 END)"


def _sum(value: str, which: str = "1 = 1") -> str:
    return f"COALESCE(SUM(CASE WHEN {which} THEN {value} END), 0)"


SUMS = {
    "calls": _count("1 = 1"),
    "inbound": _count("inbound"),
    "outbound": _count("NOT inbound"),
    "active": _count("status IN ('in_progress', 'queued', 'ringing', 'wrapping')"),
    "completed": _count("status = 'completed'"),
    "failed": _count("status IN ('busy', 'cancelled', 'failed', 'no_answer', 'rejected')"),
    "escalated": _count("escalated"),
    "offered": _count("asked_at IS NOT NULL"),
    "answered": _count("waited_ms IS NOT NULL"),
    "answered_in_time": _count("waited_ms <= 20000"),
    "abandoned": _count("stayed_ms IS NOT NULL"),
    "abandoned_soon": _count("stayed_ms <= 5000"),
    "waited_ms": _sum("waited_ms"),
    "handled": _count(HANDLED),
    "talked_ms": _sum("talked_ms"),
    "held_ms": _sum("held_ms", HANDLED),
    "wrapped_ms": _sum("wrapped_ms", HANDLED),
    "scored": _count("score IS NOT NULL"),
    "scores": _sum("score"),
    "excellent": _count("score >= 800"),
    "good": _count("score >= 600 AND score < 800"),
    "fair": _count("score >= 400 AND score < 600"),
    "poor": _count("score < 400"),
    "compliance_known": _count("compliance IS NOT NULL"),
    "compliances": _sum("compliance"),
    "accuracy_known": _count("accuracy IS NOT NULL"),
    "accuracies": _sum("accuracy"),
    "professionalism_known": _count("professionalism IS NOT NULL"),
    "professionalisms": _sum("professionalism"),
    "judged": _count("sentiment IS NOT NULL"),
    "sentiments": _sum("sentiment"),
    "sentiment_squares": _sum("sentiment * sentiment"),
    "positive": _count("sentiment > 100"),
    "neutral": _count("sentiment BETWEEN -100 AND 100"),
    "negative": _count("sentiment < -100"),
    "judged_escalated": _count("sentiment IS NOT NULL AND escalated"),
    "escalated_sentiments": _sum("sentiment", "escalated"),
    "compared": _count(COMPARED),
    "compared_scores": _sum("score", COMPARED),
    "compared_score_squares": _sum("score * score", COMPARED),
    "compared_sentiments": _sum("sentiment", COMPARED),
    "compared_sentiment_squares": _sum("sentiment * sentiment", COMPARED),
    "compared_products": _sum("score * sentiment", COMPARED),
}
KEY = ("organization_id", "grouped_by", "day", "key")
GROUPS = {
    "agent_id": "replace(CAST(agent_id AS VARCHAR), '-', '')",
    "handler_id": "replace(CAST(handler_id AS VARCHAR), '-', '')",
    "template": "template",
    "queue_id": "replace(CAST(queue_id AS VARCHAR), '-', '')",
    "disposition_id": "replace(CAST(disposition_id AS VARCHAR), '-', '')",
}
DAY = "started_quarter / 96"


def upgrade() -> None:
    op.create_table(
        "call_group_days",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("grouped_by", sa.String(16), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("key", sa.String(100), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in SUMS),
        sa.CheckConstraint(
            "grouped_by IN ('agent_id', 'handler_id', 'template', 'queue_id', 'disposition_id')",
            name=op.f("ck_call_group_days_grouped_by"),
        ),
        sa.PrimaryKeyConstraint(*KEY, name=op.f("pk_call_group_days")),
    )
    for grouped_by, group in GROUPS.items():
        _sum_up(grouped_by, group)
    build(op.get_bind())


def _sum_up(grouped_by: str, group: str) -> None:
    key = f"COALESCE({group}, '')"
    op.execute(
        f"INSERT INTO call_group_days ({', '.join((*KEY, *SUMS))}) "  # noqa: S608
        f"SELECT organization_id, '{grouped_by}', {DAY}, {key}, {', '.join(SUMS.values())} "
        f"FROM call_figures GROUP BY organization_id, {DAY}, {key}"
    )


def downgrade() -> None:
    op.drop_table("call_group_days")
