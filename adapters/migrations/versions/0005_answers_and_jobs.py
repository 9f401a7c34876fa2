"""Answers given under idempotency keys, and jobs on their way to the engine."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"

Document = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "answers",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(255), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(32), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("headers", Document, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("answered_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "actor_id", "key", name="pk_answers"),
    )
    op.create_table(
        "queued_jobs",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("payload", Document, nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_queued_jobs"),
    )


def downgrade() -> None:
    op.drop_table("queued_jobs")
    op.drop_table("answers")
