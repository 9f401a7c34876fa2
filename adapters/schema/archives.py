"""The table of archives of histories."""

from sqlalchemy import CheckConstraint, Column, Index, Integer, LargeBinary, String, Table, Uuid

from adapters.schema.metadata import Moment, metadata

# Never changed once they are written.
archives = Table(
    "archives",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("history", String(24), nullable=False),
    Column("before", Moment, nullable=False),
    Column("archived_at", Moment, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),  # lines of JSON, compressed
    CheckConstraint("rows > 0", "rows"),
    CheckConstraint("size = length(content)", "size"),
    Index(None, "organization_id", "history", "id"),
    Index(None, "organization_id", "archived_at"),
)
