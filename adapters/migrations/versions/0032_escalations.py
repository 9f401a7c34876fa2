"""Agents, queues, escalations."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from adapters.migrations.wall import build

revision = "0032"
down_revision = "0031"

Document = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
Moment = sa.DateTime(timezone=True)

TABLES = (
    "agents",
    "agent_tags",
    "queues",
    "escalations",
    "escalation_needs",
    "escalation_offers",
)
PRESENT = "deleted_at IS NULL"


def upgrade() -> None:
    op.create_table(
        "agents",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("acts_as", sa.Uuid()),
        sa.Column("extension", sa.String(20)),
        sa.Column("skills", Document, nullable=False),
        sa.Column("departments", Document, nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("presence", sa.String(16), nullable=False),
        sa.Column("pause", sa.String(16)),
        sa.Column("since", Moment, nullable=False),
        sa.Column("escalation_id", sa.Uuid()),
        sa.Column("until", Moment),
        sa.Column("load", sa.Integer(), nullable=False),
        sa.Column("calls_handled", sa.Integer(), nullable=False),
        sa.Column("ratings", sa.Integer(), nullable=False),
        sa.Column("rated", sa.Integer(), nullable=False),
        sa.Column("deleted_at", Moment),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_agents"),
        sa.CheckConstraint("kind IN ('person', 'bot')", name="ck_agents_kind"),
        sa.CheckConstraint(
            "(presence IN ('reserved', 'on_call')) = (escalation_id IS NOT NULL)",
            name="ck_agents_engaged",
        ),
        sa.CheckConstraint(
            "presence IN ('offline', 'available', 'reserved', 'on_call', 'wrapping', 'paused')",
            name="ck_agents_presence",
        ),
    )
    _unique_agent("uq_agents_escalation", "escalation_id", None)
    _unique_agent("uq_agents_acts_as", "acts_as", PRESENT)
    _unique_agent("uq_agents_extension", "extension", PRESENT)
    _index(
        "ix_agents_available",
        "agents",
        ("load", "since", "id"),
        "presence = 'available' AND deleted_at IS NULL",
    )
    _index("ix_agents_wrapping", "agents", ("until",), "presence = 'wrapping'")
    _index("ix_agents_by_name", "agents", ("name", "id"), None)
    op.create_table(
        "agent_tags",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.Column("tag", sa.String(80), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "agent_id", "tag", name="pk_agent_tags"),
        _key("agent_tags", "agent_id", "agents"),
    )
    op.create_table(
        "queues",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(100), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("terms", Document, nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_queues"),
    )
    op.create_index("uq_queues_title", "queues", ["organization_id", "title"], unique=True)
    _escalations()
    op.create_table(
        "escalation_needs",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("escalation_id", sa.Uuid(), nullable=False),
        sa.Column("tag", sa.String(80), nullable=False),
        sa.PrimaryKeyConstraint(
            "organization_id", "escalation_id", "tag", name="pk_escalation_needs"
        ),
        _key("escalation_needs", "escalation_id", "escalations"),
    )
    op.create_table(
        "escalation_offers",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("escalation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("offered_at", Moment, nullable=False),
        sa.Column("ended_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint(
            "organization_id", "escalation_id", "number", name="pk_escalation_offers"
        ),
        sa.CheckConstraint(
            "outcome IN ('accepted', 'declined', 'no_answer', 'voicemail', 'rescinded')",
            name="ck_escalation_offers_outcome",
        ),
        _key("escalation_offers", "escalation_id", "escalations"),
        _key("escalation_offers", "agent_id", "agents"),
    )
    _index(
        "ix_escalation_offers_organization_id_agent_id_ended_at",
        "escalation_offers",
        ("agent_id", "ended_at"),
        None,
    )
    build(op.get_bind())


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _escalations() -> None:
    op.create_table(
        "escalations",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("requested_by", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("pulled_by", sa.String(16), nullable=False),
        sa.Column("cause", sa.String(20), nullable=False),
        sa.Column("urgency", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("requested_at", Moment, nullable=False),
        sa.Column("accepted_at", Moment),
        sa.Column("ended_at", Moment),
        sa.Column("ended_because", sa.String(20)),
        sa.Column("agent_id", sa.Uuid()),
        sa.Column("until", Moment),
        sa.Column("queue_id", sa.Uuid()),
        sa.Column("ranked_at", Moment),
        sa.Column("due_at", Moment),
        sa.Column("offers", sa.Integer(), nullable=False),
        sa.Column("offered_at", Moment),
        sa.Column("tried", Document, nullable=False),
        sa.Column("waiting", Document),
        sa.Column("callback_at", Moment),
        sa.Column("asked", Document, nullable=False),
        sa.Column("words", Document, nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_escalations"),
        sa.CheckConstraint(
            "state IN ('requested', 'queued', 'offered', 'ringing', 'accepted', 'briefing', "
            "'bridged', 'completed', 'cancelled', 'failed', 'callback_scheduled', "
            "'message_taken')",
            name="ck_escalations_state",
        ),
        sa.CheckConstraint("ranked_at IS NULL OR state = 'queued'", name="ck_escalations_rank"),
        _key("escalations", "agent_id", "agents"),
        _key("escalations", "queue_id", "queues"),
    )
    still_open = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_escalations_open",
        "escalations",
        ["organization_id", "call_id"],
        unique=True,
        postgresql_where=still_open,
        sqlite_where=still_open,
    )
    for columns in (
        ("call_id", "requested_at"),
        ("requested_at", "id"),
        ("agent_id", "requested_at"),
    ):
        name = "_".join(("ix_escalations_organization_id", *columns))
        _index(name, "escalations", columns, None)
    _index("ix_escalations_in_line", "escalations", ("ranked_at", "id"), "ranked_at IS NOT NULL")
    _index("ix_escalations_due", "escalations", ("due_at",), "due_at IS NOT NULL")


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organization_id", column],
        [f"{target}.organization_id", f"{target}.id"],
        name=f"fk_{table}_organization_id_{column}_{target}",
    )


def _unique_agent(name: str, column: str, among: str | None) -> None:
    where = None if among is None else sa.text(among)
    op.create_index(
        name,
        "agents",
        ["organization_id", column],
        unique=True,
        postgresql_where=where,
        sqlite_where=where,
    )


def _index(name: str, table: str, columns: tuple[str, ...], among: str | None) -> None:
    where = None if among is None else sa.text(among)
    op.create_index(
        name,
        table,
        ["organization_id", *columns],
        postgresql_where=where,
        sqlite_where=where,
    )
