"""The table of what may come of calls."""

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, Uuid

from adapters.schema.metadata import metadata

# Never deleted: calls have them.
dispositions = Table(
    "dispositions",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("label", String(100), nullable=False),
    Column("active", Boolean, nullable=False),
    Index("uq_dispositions_label", "organization_id", "label", unique=True),
)
