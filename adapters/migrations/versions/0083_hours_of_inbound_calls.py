"""Sums of hours of calls that came in."""

import sqlalchemy as sa
from alembic import op

from adapters.migrations.wall import build

revision = "0083"
down_revision = "0082"

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
KEY = ("organization_id", "axis", "hour")
AXES = ("started", "asked", "answered", "ended")


def upgrade() -> None:
    op.create_table(
        "call_inbound_hours",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("axis", sa.String(8), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False, autoincrement=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in SUMS),
        sa.CheckConstraint(
            "axis IN ('started', 'asked', 'answered', 'ended')",
            name=op.f("ck_call_inbound_hours_axis"),
        ),
        sa.PrimaryKeyConstraint(*KEY, name=op.f("pk_call_inbound_hours")),
    )
    for axis in AXES:
        _sum_up(axis)
    build(op.get_bind())


def _sum_up(axis: str) -> None:
    quarter = f"{axis}_quarter"
    op.execute(
        f"INSERT INTO call_inbound_hours ({', '.join((*KEY, *SUMS))}) "  # noqa: S608
        f"SELECT organization_id, '{axis}', {quarter} / 4, {', '.join(SUMS.values())} "
        f"FROM call_figures WHERE inbound AND {quarter} IS NOT NULL "
        f"GROUP BY organization_id, {quarter} / 4"
    )


def downgrade() -> None:
    op.drop_table("call_inbound_hours")
