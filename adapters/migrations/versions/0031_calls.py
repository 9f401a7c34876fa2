"""Calls, what was heard of them, their notes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from adapters.migrations.wall import build

revision = "0031"
down_revision = "0030"

Moment = sa.DateTime(timezone=True)
Document = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
SHOWN = sa.text("deleted_at IS NULL")
OPEN = sa.text("status IN ('scheduled', 'queued', 'ringing', 'in_progress', 'wrapping')")


def upgrade() -> None:
    _calls()
    _call_facts()
    _call_notes()
    build(op.get_bind())


def downgrade() -> None:
    for table in ("call_notes", "call_facts", "calls"):
        op.drop_table(table)


def _calls() -> None:
    op.create_table(
        "calls",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("direction", sa.String(8), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("provider", sa.String(16)),
        sa.Column("provider_call", sa.String(255)),
        sa.Column("caller", sa.String(64)),
        sa.Column("called", sa.String(64)),
        sa.Column("handler_id", sa.Uuid()),
        sa.Column("agent_id", sa.Uuid()),
        sa.Column("bot", sa.String(100)),
        sa.Column("template", sa.String(100)),
        sa.Column("root_call_id", sa.Uuid()),
        sa.Column("disposition_id", sa.Uuid()),
        sa.Column("started_at", Moment, nullable=False),
        sa.Column("answered_at", Moment),
        sa.Column("ended_at", Moment),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("qa_milli", sa.Integer(), nullable=False),
        sa.Column("sentiment_milli", sa.Integer()),
        sa.Column("escalated", sa.Boolean(), nullable=False),
        sa.Column("deleted_at", Moment),
        sa.Column("people", Document, nullable=False),
        sa.Column("details", Document, nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_calls"),
        sa.CheckConstraint("direction IN ('inbound', 'outbound')", name="ck_calls_direction"),
        sa.CheckConstraint(
            "status IN ('scheduled', 'queued', 'ringing', 'in_progress', 'wrapping',"
            " 'completed', 'busy', 'no_answer', 'rejected', 'failed', 'cancelled')",
            name="ck_calls_status",
        ),
        sa.CheckConstraint("qa_milli BETWEEN -1 AND 1000", name="ck_calls_qa"),
        sa.CheckConstraint("sentiment_milli BETWEEN -1000 AND 1000", name="ck_calls_sentiment"),
        sa.UniqueConstraint(
            "organization_id",
            "provider",
            "provider_call",
            name="uq_calls_organization_id_provider_provider_call",
        ),
    )
    _shown_index("started_at", "started_at")
    _shown_index("seconds", "seconds")
    _shown_index("qa_milli", "qa_milli")
    _shown_index("status", "status", "started_at")
    _shown_index("handler_id", "handler_id", "started_at")
    _shown_index("caller", "caller", "started_at")
    _shown_index("called", "called", "started_at")
    op.create_index(
        "ix_calls_open",
        "calls",
        ["organization_id", "started_at"],
        postgresql_where=OPEN,
        sqlite_where=OPEN,
    )


def _call_facts() -> None:
    op.create_table(
        "call_facts",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.String(16), nullable=False),
        sa.Column("provider_call", sa.String(255), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("event", sa.String(64), nullable=False),
        sa.Column("sequence", sa.Integer()),
        sa.Column("status", sa.String(16)),
        sa.Column("leg", sa.String(64)),
        sa.Column("at", Moment, nullable=False),
        sa.Column("received_at", Moment, nullable=False),
        sa.Column("details", Document, nullable=False),
        sa.PrimaryKeyConstraint(
            "organization_id", "provider", "provider_call", "key", name="pk_call_facts"
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "call_id"],
            ["calls.organization_id", "calls.id"],
            name="fk_call_facts_organization_id_call_id_calls",
        ),
    )
    op.create_index(
        "ix_call_facts_organization_id_call_id_at",
        "call_facts",
        ["organization_id", "call_id", "at"],
    )


def _call_notes() -> None:
    op.create_table(
        "call_notes",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("written_at", Moment, nullable=False),
        sa.Column("removed_at", Moment),
        sa.Column("wordings", Document, nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_call_notes"),
        sa.ForeignKeyConstraint(
            ["organization_id", "call_id"],
            ["calls.organization_id", "calls.id"],
            name="fk_call_notes_organization_id_call_id_calls",
        ),
    )
    op.create_index(
        "ix_call_notes_organization_id_call_id_written_at_id",
        "call_notes",
        ["organization_id", "call_id", "written_at", "id"],
    )


def _shown_index(name: str, *columns: str) -> None:
    op.create_index(
        f"ix_calls_{name}",
        "calls",
        ["organization_id", *columns, "id"],
        postgresql_where=SHOWN,
        sqlite_where=SHOWN,
    )
