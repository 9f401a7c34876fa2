"""The table of documents that people hand in; what they say is kept as that of pages."""

from sqlalchemy import CheckConstraint, Column, Integer, String, Table, Uuid

from adapters.schema.metadata import Moment, metadata

documents = Table(
    "documents",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("title", String(200), nullable=False),
    Column("format", String(16), nullable=False),
    Column("size", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("passages", Integer, nullable=False),
    Column("language", String(16)),
    Column("release", String(40)),
    Column("handed_in_at", Moment, nullable=False),
    CheckConstraint("size > 0", "size"),
)
