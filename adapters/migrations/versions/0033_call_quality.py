"""Transcripts, scorecards, evaluations, scores."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from adapters.migrations.wall import build

revision = "0033"
down_revision = "0032"

Moment = sa.DateTime(timezone=True)
Document = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    _call_lines()
    op.create_table(
        "scorecards",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(100), nullable=False),
        sa.Column("edition", sa.Integer()),
        sa.Column("retired_at", Moment),
        sa.Column("draft", Document, nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_scorecards"),
    )
    op.create_index(
        "ix_scorecards_organization_id_title_id", "scorecards", ["organization_id", "title", "id"]
    )
    op.create_table(
        "scorecard_editions",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("scorecard_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("form", Document, nullable=False),
        sa.Column("activated_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint(
            "organization_id", "scorecard_id", "number", name="pk_scorecard_editions"
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "scorecard_id"],
            ["scorecards.organization_id", "scorecards.id"],
            name="fk_scorecard_editions_organization_id_scorecard_id_scorecards",
        ),
    )
    _evaluations()
    _call_quality()
    build(op.get_bind())


def downgrade() -> None:
    for table in (
        "call_quality",
        "evaluations",
        "scorecard_editions",
        "scorecards",
        "call_lines",
    ):
        op.drop_table(table)


def _call_lines() -> None:
    op.create_table(
        "call_lines",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("speaker", sa.String(8), nullable=False),
        sa.Column("begins_at", Moment, nullable=False),
        sa.Column("ends_at", Moment),
        sa.Column("sentiment_milli", sa.Integer()),
        sa.Column("felt_by", sa.String(8), nullable=False),
        sa.Column("said", Document, nullable=False),
        sa.CheckConstraint(
            "speaker IN ('customer', 'agent', 'bot')", name="ck_call_lines_speaker"
        ),
        sa.CheckConstraint(
            "sentiment_milli BETWEEN -1000 AND 1000", name="ck_call_lines_sentiment"
        ),
        sa.PrimaryKeyConstraint("organization_id", "call_id", "number", name="pk_call_lines"),
        sa.ForeignKeyConstraint(
            ["organization_id", "call_id"],
            ["calls.organization_id", "calls.id"],
            name="fk_call_lines_organization_id_call_id_calls",
        ),
    )


def _evaluations() -> None:
    op.create_table(
        "evaluations",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("scorecard_id", sa.Uuid(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("reviewer_id", sa.Uuid(), nullable=False),
        sa.Column("second_id", sa.Uuid()),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("score", sa.Integer()),
        sa.Column("started_at", Moment, nullable=False),
        sa.Column("submitted_at", Moment),
        sa.Column("settled_at", Moment),
        sa.Column("given", Document, nullable=False),
        sa.Column("result", Document),
        sa.Column("words", Document, nullable=False),
        sa.CheckConstraint("score BETWEEN 0 AND 1000", name="ck_evaluations_score"),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'review_requested', 'under_review', 'final')",
            name="ck_evaluations_state",
        ),
        sa.CheckConstraint("score IS NOT NULL OR state = 'draft'", name="ck_evaluations_scored"),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_evaluations"),
        sa.ForeignKeyConstraint(
            ["organization_id", "call_id"],
            ["calls.organization_id", "calls.id"],
            name="fk_evaluations_organization_id_call_id_calls",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "scorecard_id", "edition"],
            [
                "scorecard_editions.organization_id",
                "scorecard_editions.scorecard_id",
                "scorecard_editions.number",
            ],
            name="fk_evaluations_edition_scorecard_editions",
        ),
    )
    op.create_index(
        "ix_evaluations_organization_id_call_id_started_at_id",
        "evaluations",
        ["organization_id", "call_id", "started_at", "id"],
    )
    op.create_index(
        "ix_evaluations_reviewer_id",
        "evaluations",
        ["organization_id", "scorecard_id", "reviewer_id"],
    )


def _call_quality() -> None:
    op.create_table(
        "call_quality",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer()),
        sa.Column("evaluation_id", sa.Uuid()),
        sa.Column("scored_at", Moment),
        sa.Column("findings", Document, nullable=False),
        sa.Column("summary", Document, nullable=False),
        sa.CheckConstraint("score BETWEEN 0 AND 1000", name="ck_call_quality_score"),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_call_quality"),
        sa.ForeignKeyConstraint(
            ["organization_id", "id"],
            ["calls.organization_id", "calls.id"],
            name="fk_call_quality_organization_id_id_calls",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "evaluation_id"],
            ["evaluations.organization_id", "evaluations.id"],
            name="fk_call_quality_organization_id_evaluation_id_evaluations",
        ),
    )
