"""Tables of what programs of an organization measure, log and trace. Ids are those of senders."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Double,
    Index,
    Integer,
    String,
    Table,
    Uuid,
    text,
)

from adapters.schema.metadata import Document, Moment, metadata

TRACED = text("trace_id IS NOT NULL")

# The quarter of an hour that it lies in, counted from 1970, is what intervals are put together of.
measurements = Table(
    "measurements",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", String(100), primary_key=True),
    Column("name", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Column("quarter", Integer, nullable=False),
    Column("value", Double, nullable=False),
    Column("unit", String(20), nullable=False),
    Column("labels", Document, nullable=False),
    Index("ix_measurements_by_name", "organization_id", "name", "at", "id"),
    Index("ix_measurements_by_age", "organization_id", "at"),
)

log_lines = Table(
    "log_lines",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", String(100), primary_key=True),
    Column("at", Moment, nullable=False),
    Column("severity", Integer, nullable=False),
    Column("source", String(64), nullable=False),
    Column("message", String(4000), nullable=False),
    Column("trace_id", String(32)),
    Column("labels", Document, nullable=False),
    Index("ix_log_lines_by_age", "organization_id", "at", "id"),
    Index("ix_log_lines_by_source", "organization_id", "source", "at", "id"),
    Index(
        "ix_log_lines_of_traces",
        "organization_id",
        "trace_id",
        "at",
        "id",
        postgresql_where=TRACED,
        sqlite_where=TRACED,
    ),
)

spans = Table(
    "spans",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("trace_id", String(32), primary_key=True),
    Column("span_id", String(16), primary_key=True),
    Column("parent_id", String(16)),
    Column("name", String(100), nullable=False),
    Column("source", String(64), nullable=False),
    Column("begins_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
    Column("failed", Boolean, nullable=False),
    Column("labels", Document, nullable=False),
    CheckConstraint("begins_at <= ends_at", "order"),
    Index("ix_spans_by_age", "organization_id", "begins_at"),
)
