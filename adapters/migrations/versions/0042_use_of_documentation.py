"""What is asked of documentation, and what is said of its passages."""

import sqlalchemy as sa
from alembic import op

from adapters.migrations.wall import build

revision = "0042"
down_revision = "0041"

Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "asked_questions",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("digest", sa.String(32), nullable=False),
        sa.Column("words", sa.String(300), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("unanswered", sa.Integer(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "unanswered >= 0 AND unanswered <= times", name="ck_asked_questions_unanswered"
        ),
        sa.PrimaryKeyConstraint("organization_id", "day", "digest", name="pk_asked_questions"),
    )
    op.create_table(
        "passage_feedback",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("passage_id", sa.Uuid(), nullable=False),
        sa.Column("page_id", sa.Uuid(), nullable=False),
        sa.Column("url", sa.String(3001), nullable=False),
        sa.Column("given_by", sa.Uuid(), nullable=False),
        sa.Column("given_at", Moment, nullable=False),
        sa.Column("relevant", sa.Boolean(), nullable=False),
        sa.Column("rating", sa.Integer()),
        sa.Column("asked", sa.String(300)),
        sa.Column("comment", sa.Text()),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name="ck_passage_feedback_rating"),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_passage_feedback"),
    )
    for columns in (("given_at",), ("passage_id", "given_at"), ("page_id", "given_at")):
        keys = ["organization_id", *columns, "id"]
        op.create_index(f"ix_passage_feedback_{'_'.join(keys)}", "passage_feedback", keys)
    build(op.get_bind())


def downgrade() -> None:
    for table in ("passage_feedback", "asked_questions"):
        op.drop_table(table)
