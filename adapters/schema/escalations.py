"""Tables of agents, queues and escalations."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Uuid,
    text,
)

from adapters.schema.metadata import Document, Moment, metadata

PRESENT = text("deleted_at IS NULL")
AVAILABLE = text("presence = 'available' AND deleted_at IS NULL")
WRAPPING = text("presence = 'wrapping'")
OPEN = text("ended_at IS NULL")
IN_LINE = text("ranked_at IS NOT NULL")
DUE = text("due_at IS NOT NULL")

agents = Table(
    "agents",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("name", String(100), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("acts_as", Uuid),
    Column("extension", String(20)),
    Column("skills", Document, nullable=False),
    Column("departments", Document, nullable=False),
    Column("level", Integer, nullable=False),
    Column("presence", String(16), nullable=False),
    Column("pause", String(16)),
    Column("since", Moment, nullable=False),
    Column("escalation_id", Uuid),
    Column("until", Moment),
    Column("load", Integer, nullable=False),
    Column("calls_handled", Integer, nullable=False),
    Column("ratings", Integer, nullable=False),
    Column("rated", Integer, nullable=False),
    Column("deleted_at", Moment),
    CheckConstraint("kind IN ('person', 'bot')", "kind"),
    # Whoever has a caller is engaged, and nobody else is.
    CheckConstraint(
        "(presence IN ('reserved', 'on_call')) = (escalation_id IS NOT NULL)", "engaged"
    ),
    CheckConstraint(
        "presence IN ('offline', 'available', 'reserved', 'on_call', 'wrapping', 'paused')",
        "presence",
    ),
    # No caller is with two.
    Index(
        "uq_agents_escalation",
        "organization_id",
        "escalation_id",
        unique=True,
    ),
    Index(
        "uq_agents_acts_as",
        "organization_id",
        "acts_as",
        unique=True,
        postgresql_where=PRESENT,
        sqlite_where=PRESENT,
    ),
    Index(
        "uq_agents_extension",
        "organization_id",
        "extension",
        unique=True,
        postgresql_where=PRESENT,
        sqlite_where=PRESENT,
    ),
    Index(
        "ix_agents_available",
        "organization_id",
        "load",
        "since",
        "id",
        postgresql_where=AVAILABLE,
        sqlite_where=AVAILABLE,
    ),
    Index(
        "ix_agents_wrapping",
        "organization_id",
        "until",
        postgresql_where=WRAPPING,
        sqlite_where=WRAPPING,
    ),
    Index("ix_agents_by_name", "organization_id", "name", "id"),
)

# Skills and departments, each with what it is in front.
agent_tags = Table(
    "agent_tags",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("agent_id", Uuid, primary_key=True),
    Column("tag", String(80), primary_key=True),
    ForeignKeyConstraint(["organization_id", "agent_id"], [agents.c.organization_id, agents.c.id]),
)

queues = Table(
    "queues",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("title", String(100), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("terms", Document, nullable=False),
    Index("uq_queues_title", "organization_id", "title", unique=True),
)

escalations = Table(
    "escalations",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("call_id", Uuid, nullable=False),
    Column("requested_by", Uuid, nullable=False),
    Column("state", String(20), nullable=False),
    Column("pulled_by", String(16), nullable=False),
    Column("cause", String(20), nullable=False),
    Column("urgency", Integer, nullable=False),
    Column("level", Integer, nullable=False),
    Column("requested_at", Moment, nullable=False),
    Column("accepted_at", Moment),
    Column("ended_at", Moment),
    Column("ended_because", String(20)),
    Column("agent_id", Uuid),
    Column("until", Moment),
    Column("queue_id", Uuid),
    Column("ranked_at", Moment),  # there exactly as long as somebody may be offered it
    Column("due_at", Moment),
    Column("offers", Integer, nullable=False),
    Column("offered_at", Moment),
    Column("tried", Document, nullable=False),
    Column("waiting", Document),
    Column("callback_at", Moment),
    Column("asked", Document, nullable=False),
    Column("words", Document, nullable=False),  # sealed, where there are keys
    CheckConstraint(
        "state IN ('requested', 'queued', 'offered', 'ringing', 'accepted', 'briefing', "
        "'bridged', 'completed', 'cancelled', 'failed', 'callback_scheduled', 'message_taken')",
        "state",
    ),
    CheckConstraint("ranked_at IS NULL OR state = 'queued'", "rank"),
    ForeignKeyConstraint(["organization_id", "agent_id"], [agents.c.organization_id, agents.c.id]),
    ForeignKeyConstraint(["organization_id", "queue_id"], [queues.c.organization_id, queues.c.id]),
    Index(
        "uq_escalations_open",
        "organization_id",
        "call_id",
        unique=True,
        postgresql_where=OPEN,
        sqlite_where=OPEN,
    ),
    Index(None, "organization_id", "call_id", "requested_at"),
    Index(None, "organization_id", "requested_at", "id"),
    Index(None, "organization_id", "agent_id", "requested_at"),
    Index(
        "ix_escalations_in_line",
        "organization_id",
        "ranked_at",
        "id",
        postgresql_where=IN_LINE,
        sqlite_where=IN_LINE,
    ),
    Index(
        "ix_escalations_due",
        "organization_id",
        "due_at",
        postgresql_where=DUE,
        sqlite_where=DUE,
    ),
)

# What it takes to help whoever is in line.
escalation_needs = Table(
    "escalation_needs",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("escalation_id", Uuid, primary_key=True),
    Column("tag", String(80), primary_key=True),
    ForeignKeyConstraint(
        ["organization_id", "escalation_id"], [escalations.c.organization_id, escalations.c.id]
    ),
)

# Who was asked, and what came of it.
escalation_offers = Table(
    "escalation_offers",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("escalation_id", Uuid, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("agent_id", Uuid, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("offered_at", Moment, nullable=False),
    Column("ended_at", Moment, nullable=False),
    CheckConstraint(
        "outcome IN ('accepted', 'declined', 'no_answer', 'voicemail', 'rescinded')", "outcome"
    ),
    ForeignKeyConstraint(
        ["organization_id", "escalation_id"], [escalations.c.organization_id, escalations.c.id]
    ),
    ForeignKeyConstraint(["organization_id", "agent_id"], [agents.c.organization_id, agents.c.id]),
    Index(None, "organization_id", "agent_id", "ended_at"),
)
