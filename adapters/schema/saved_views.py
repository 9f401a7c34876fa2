"""The table of questions about figures that are kept."""

from sqlalchemy import Boolean, CheckConstraint, Column, Integer, String, Table, Uuid

from adapters.schema.metadata import Document, metadata

saved_views = Table(
    "saved_views",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("owner_id", Uuid, nullable=False),
    Column("about", String(16), nullable=False),
    Column("shared", Boolean, nullable=False),
    Column("viewing", Document, nullable=False),
    CheckConstraint("about IN ('calls', 'bookings')", "about"),
)
