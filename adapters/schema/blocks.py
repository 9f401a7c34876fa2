"""Table of units set aside for somebody."""

from sqlalchemy import CheckConstraint, Column, Index, Integer, String, Table, Uuid, text

from adapters.schema.metadata import Document, Moment, metadata

OPEN = text("state = 'open'")

# What is left of a block stands in `claims`, under its id.
blocks = Table(
    "blocks",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("stock_id", Uuid, nullable=False),
    Column("resource_id", Uuid, nullable=False),
    Column("state", String(16), nullable=False),
    Column("release_at", Moment, nullable=False),
    Column("contact", Document, nullable=False),
    Column("note", String(1000), nullable=False),
    Column("opened", Document, nullable=False),
    Column("remaining", Document, nullable=False),
    CheckConstraint("state IN ('open', 'used_up', 'released')", "state"),
    Index(None, "organization_id", "release_at", "id"),
    Index(None, "organization_id", "resource_id", "release_at", "id"),
    Index(
        "ix_blocks_due",
        "organization_id",
        "release_at",
        postgresql_where=OPEN,
        sqlite_where=OPEN,
    ),
)
