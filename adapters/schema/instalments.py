"""Table of instalments that are watched until they are paid."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    Uuid,
)

from adapters.schema.bookings import bookings
from adapters.schema.metadata import Moment, metadata

instalments = Table(
    "instalments",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("booking_id", Uuid, nullable=False),
    Column("stage", String(16), nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("next_at", Moment, nullable=False),
    CheckConstraint("stage IN ('ahead', 'reminded', 'late', 'overdue')", "stage"),
    UniqueConstraint("organization_id", "booking_id"),
    ForeignKeyConstraint(
        ["organization_id", "booking_id"], [bookings.c.organization_id, bookings.c.id]
    ),
    Index(None, "organization_id", "next_at"),
    Index(None, "organization_id", "due_at", "id"),
)
