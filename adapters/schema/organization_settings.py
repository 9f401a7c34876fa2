"""What organizations have set for themselves."""

from sqlalchemy import Column, ForeignKeyConstraint, Integer, String, Table, Uuid

from adapters.schema.identity import organizations
from adapters.schema.metadata import Document, Moment, metadata

# A setting that was reset keeps its row, with JSON's null, so that its version goes on.
organization_settings = Table(
    "organization_settings",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("value", Document, nullable=False),
    Column("version", Integer, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("changed_by", Uuid, nullable=False),
    ForeignKeyConstraint(["organization_id"], [organizations.c.organization_id]),
)
