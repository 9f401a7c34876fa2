"""The table of the telephone numbers of desks."""

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

from adapters.schema.escalations import agents, queues
from adapters.schema.metadata import Document, Moment, metadata

KEPT = text("deleted_at IS NULL")
PRIMARY = text("is_primary")
ORDERED = text("ordered IS NOT NULL")

phone_numbers = Table(
    "phone_numbers",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("number", String(16), nullable=False),
    Column("provider", String(16)),
    Column("label", String(100), nullable=False),
    Column("status", String(16), nullable=False),
    Column("capabilities", Document, nullable=False),
    Column("is_primary", Boolean, nullable=False),
    Column("agent_id", Uuid),
    Column("queue_id", Uuid),
    Column("department", String(60)),
    Column("template", String(100)),
    Column("deleted_at", Moment),
    Column("ordered", String(16)),
    Column("ordered_at", Moment),
    Column("reference", String(64)),
    CheckConstraint("status IN ('pending', 'active', 'released')", "status"),
    # None is shown that cannot be called.
    CheckConstraint("NOT is_primary OR (status = 'active' AND deleted_at IS NULL)", "primary"),
    ForeignKeyConstraint(["organization_id", "agent_id"], [agents.c.organization_id, agents.c.id]),
    ForeignKeyConstraint(["organization_id", "queue_id"], [queues.c.organization_id, queues.c.id]),
    Index(
        "uq_phone_numbers_number",
        "organization_id",
        "number",
        unique=True,
        postgresql_where=KEPT,
        sqlite_where=KEPT,
    ),
    Index(
        "uq_phone_numbers_primary",
        "organization_id",
        unique=True,
        postgresql_where=PRIMARY,
        sqlite_where=PRIMARY,
    ),
    Index(None, "organization_id", "agent_id"),
    Index(
        "ix_phone_numbers_ordered",
        "organization_id",
        "ordered_at",
        postgresql_where=ORDERED,
        sqlite_where=ORDERED,
    ),
)
