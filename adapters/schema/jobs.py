"""Jobs on their way from the transaction that queued them to the engine that runs them."""

from sqlalchemy import Column, String, Table, Uuid

from adapters.schema.metadata import Document, metadata

queued_jobs = Table(
    "queued_jobs",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("name", String(64), nullable=False),
    Column("payload", Document, nullable=False),
    Column("trace", String(55)),
)
