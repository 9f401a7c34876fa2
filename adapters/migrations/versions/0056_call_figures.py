"""What figures about calls are read from."""

import sqlalchemy as sa
from alembic import op

from adapters.migrations.wall import build

revision = "0056"
down_revision = "0055"

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
LISTS = {
    "started_at": "id",
    "asked_at": "id",
    "answered_at": "id",
    "ended_at": "id",
    "agent_id": "started_at",
    "handler_id": "started_at",
    "template": "started_at",
    "queue_id": "started_at",
}


def upgrade() -> None:
    op.create_table(
        "call_figures",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True)),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("started_quarter", sa.Integer(), nullable=False),
        sa.Column("asked_quarter", sa.Integer()),
        sa.Column("answered_quarter", sa.Integer()),
        sa.Column("ended_quarter", sa.Integer()),
        sa.Column("inbound", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("escalated", sa.Boolean(), nullable=False),
        sa.Column("handler_id", sa.Uuid()),
        sa.Column("agent_id", sa.Uuid()),
        sa.Column("bot", sa.String(100)),
        sa.Column("template", sa.String(100)),
        sa.Column("queue_id", sa.Uuid()),
        sa.Column("disposition_id", sa.Uuid()),
        sa.Column("waited_ms", sa.BigInteger()),
        sa.Column("stayed_ms", sa.BigInteger()),
        sa.Column("talked_ms", sa.BigInteger()),
        sa.Column("held_ms", sa.BigInteger()),
        sa.Column("wrapped_ms", sa.BigInteger()),
        sa.Column("score", sa.Integer()),
        sa.Column("sentiment", sa.Integer()),
        sa.Column("compliance", sa.Integer()),
        sa.Column("accuracy", sa.Integer()),
        sa.Column("professionalism", sa.Integer()),
        sa.Column("issues", sa.String(1000), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_call_figures"),
    )
    for first, then in LISTS.items():
        op.create_index(
            f"ix_call_figures_{first}", "call_figures", ["organization_id", first, then]
        )
    op.create_table(
        "call_quarters",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("axis", sa.String(8), nullable=False),
        sa.Column("quarter", sa.Integer(), nullable=False, autoincrement=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in SUMS),
        sa.CheckConstraint(
            "axis IN ('started', 'asked', 'answered', 'ended')", name="ck_call_quarters_axis"
        ),
        sa.PrimaryKeyConstraint("organization_id", "axis", "quarter", name="pk_call_quarters"),
    )
    build(op.get_bind())


def downgrade() -> None:
    op.drop_table("call_quarters")
    op.drop_table("call_figures")
