"""What agents were since when, which follows from the event log."""

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, String, Table, Uuid

from adapters.schema.metadata import metadata

# `at_ms` is in milliseconds since 1970, which add up alike on every database; `position` is that
# of the event that told it.
agent_presences = Table(
    "agent_presences",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("agent_id", Uuid, primary_key=True),
    Column("at_ms", BigInteger, primary_key=True, autoincrement=False),
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("presence", String(16), nullable=False),
    CheckConstraint(
        "presence IN ('offline', 'available', 'reserved', 'on_call', 'wrapping', 'paused')",
        "presence",
    ),
    Index("ix_agent_presences_at_ms", "organization_id", "at_ms", "agent_id"),
)
