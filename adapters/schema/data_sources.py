"""Tables of data sources."""

from sqlalchemy import (
    BigInteger,
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

from adapters.schema.metadata import Document, Moment, Perhaps, metadata

SCHEDULED = text("next_due_at IS NOT NULL")

data_sources = Table(
    "data_sources",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("name", String(100), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("connection", Document, nullable=False),
    Column("description", String(4000)),
    Column("tags", Document, nullable=False),
    Column("schedule", Perhaps),
    Column("next_due_at", Moment),
    Column("state", String(16), nullable=False),
    Column("health", String(16), nullable=False),
    CheckConstraint("state IN ('draft', 'verified', 'active', 'paused', 'archived')", "state"),
    CheckConstraint("state <> 'archived' OR next_due_at IS NULL", "archived"),
    Index(
        "ix_data_sources_scheduled",
        "organization_id",
        "next_due_at",
        postgresql_where=SCHEDULED,
        sqlite_where=SCHEDULED,
    ),
)

# A file in parts of one length, but for the last one; each says what all of it is.
data_source_files = Table(
    "data_source_files",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("data_source_id", Uuid, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("tag", String(64), nullable=False),
    Column("size", Integer, nullable=False),
    Column("content", Document, nullable=False),
    ForeignKeyConstraint(
        ["organization_id", "data_source_id"],
        [data_sources.c.organization_id, data_sources.c.id],
        name="fk_data_source_files_source_data_sources",
    ),
)

data_source_attempts = Table(
    "data_source_attempts",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("data_source_id", Uuid, nullable=False),
    Column("asked", String(16), nullable=False),
    Column("at", Moment, nullable=False),
    Column("milliseconds", Integer, nullable=False),
    Column("records", Integer, nullable=False),
    Column("reason", String(100)),
    Column("version", String(100)),
    Column("clock_difference_ms", BigInteger),
    ForeignKeyConstraint(
        ["organization_id", "data_source_id"],
        [data_sources.c.organization_id, data_sources.c.id],
        name="fk_data_source_attempts_source_data_sources",
    ),
    Index("ix_data_source_attempts_by_source", "organization_id", "data_source_id", "id"),
)
