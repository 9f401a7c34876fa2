"""The table of what was compared with payment providers."""

from sqlalchemy import Column, Index, Integer, String, Table, Uuid

from adapters.schema.metadata import Document, Moment, metadata

reconciliations = Table(
    "reconciliations",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("provider", String(16), nullable=False),
    Column("since", Moment, nullable=False),
    Column("until", Moment, nullable=False),
    Column("mended", Integer, nullable=False),
    Column("totals", Document, nullable=False),
    Column("findings", Document, nullable=False),
    Column("made_at", Moment, nullable=False),
    Index(None, "organization_id", "made_at", "id"),
)
