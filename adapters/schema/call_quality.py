"""Tables of what was said in calls, how good they were, and the forms by which people judge."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Uuid,
)

from adapters.schema.calls import calls
from adapters.schema.metadata import Document, Moment, metadata

# The key gives each number once; lines are never changed.
call_lines = Table(
    "call_lines",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("call_id", Uuid, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("speaker", String(8), nullable=False),
    Column("begins_at", Moment, nullable=False),
    Column("ends_at", Moment),
    Column("sentiment_milli", Integer),
    Column("felt_by", String(8), nullable=False),
    Column("said", Document, nullable=False),
    CheckConstraint("speaker IN ('customer', 'agent', 'bot')", "speaker"),
    CheckConstraint("sentiment_milli BETWEEN -1000 AND 1000", "sentiment"),
    ForeignKeyConstraint(["organization_id", "call_id"], [calls.c.organization_id, calls.c.id]),
)

scorecards = Table(
    "scorecards",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("title", String(100), nullable=False),
    Column("edition", Integer),
    Column("retired_at", Moment),
    Column("draft", Document, nullable=False),
    Index(None, "organization_id", "title", "id"),
)

# Never changed: what was evaluated by an edition stays as it was meant.
scorecard_editions = Table(
    "scorecard_editions",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("scorecard_id", Uuid, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("form", Document, nullable=False),
    Column("activated_at", Moment, nullable=False),
    ForeignKeyConstraint(
        ["organization_id", "scorecard_id"], [scorecards.c.organization_id, scorecards.c.id]
    ),
)

evaluations = Table(
    "evaluations",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("call_id", Uuid, nullable=False),
    Column("scorecard_id", Uuid, nullable=False),
    Column("edition", Integer, nullable=False),
    Column("reviewer_id", Uuid, nullable=False),
    Column("second_id", Uuid),
    Column("state", String(16), nullable=False),
    Column("score", Integer),
    Column("started_at", Moment, nullable=False),
    Column("submitted_at", Moment),
    Column("settled_at", Moment),
    Column("given", Document, nullable=False),
    Column("result", Document),
    Column("words", Document, nullable=False),
    CheckConstraint("score BETWEEN 0 AND 1000", "score"),
    CheckConstraint(
        "state IN ('draft', 'submitted', 'review_requested', 'under_review', 'final')", "state"
    ),
    CheckConstraint("score IS NOT NULL OR state = 'draft'", "scored"),
    ForeignKeyConstraint(["organization_id", "call_id"], [calls.c.organization_id, calls.c.id]),
    ForeignKeyConstraint(
        ["organization_id", "scorecard_id", "edition"],
        [
            scorecard_editions.c.organization_id,
            scorecard_editions.c.scorecard_id,
            scorecard_editions.c.number,
        ],
        name="fk_evaluations_edition_scorecard_editions",
    ),
    Index(None, "organization_id", "call_id", "started_at", "id"),
    Index("ix_evaluations_reviewer_id", "organization_id", "scorecard_id", "reviewer_id"),
)

# One row a call, by its key: no list ever shows a call twice.
call_quality = Table(
    "call_quality",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),  # that of the call
    Column("version", Integer, nullable=False),
    Column("score", Integer),
    Column("evaluation_id", Uuid),
    Column("scored_at", Moment),
    Column("findings", Document, nullable=False),
    Column("summary", Document, nullable=False),
    CheckConstraint("score BETWEEN 0 AND 1000", "score"),
    ForeignKeyConstraint(["organization_id", "id"], [calls.c.organization_id, calls.c.id]),
    ForeignKeyConstraint(
        ["organization_id", "evaluation_id"], [evaluations.c.organization_id, evaluations.c.id]
    ),
)
