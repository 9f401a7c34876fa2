"""Sums of hours of calls."""

import sqlalchemy as sa
from alembic import op

from adapters.migrations.wall import build

revision = "0068"
down_revision = "0067"

SUMS = (
    "calls",
    "inbound",
    "outbound",
    "active",
    "completed",
    "failed",
    "escalated",
    "offered",
    "answered",
    "answered_in_time",
    "abandoned",
    "abandoned_soon",
    "waited_ms",
    "handled",
    "talked_ms",
    "held_ms",
    "wrapped_ms",
    "scored",
    "scores",
    "excellent",
    "good",
    "fair",
    "poor",
    "compliance_known",
    "compliances",
    "accuracy_known",
    "accuracies",
    "professionalism_known",
    "professionalisms",
    "judged",
    "sentiments",
    "sentiment_squares",
    "positive",
    "neutral",
    "negative",
    "judged_escalated",
    "escalated_sentiments",
    "compared",
    "compared_scores",
    "compared_score_squares",
    "compared_sentiments",
    "compared_sentiment_squares",
    "compared_products",
)


def upgrade() -> None:
    op.create_table(
        "call_hours",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("axis", sa.String(8), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False, autoincrement=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in SUMS),
        sa.CheckConstraint(
            "axis IN ('started', 'asked', 'answered', 'ended')", name=op.f("ck_call_hours_axis")
        ),
        sa.PrimaryKeyConstraint("organization_id", "axis", "hour", name=op.f("pk_call_hours")),
    )
    sums = ", ".join(f"SUM({name})" for name in SUMS)
    op.execute(
        f"INSERT INTO call_hours (organization_id, axis, hour, {', '.join(SUMS)}) "  # noqa: S608
        f"SELECT organization_id, axis, quarter / 4, {sums} FROM call_quarters "
        "GROUP BY organization_id, axis, quarter / 4"
    )
    build(op.get_bind())


def downgrade() -> None:
    op.drop_table("call_hours")
