"""Tables of who came."""

from sqlalchemy import Column, ForeignKeyConstraint, Integer, Table, Uuid

from adapters.schema.inventory import resources
from adapters.schema.metadata import Document, metadata

attendance = Table(
    "attendance",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),  # that of the resource
    Column("version", Integer, nullable=False),
    Column("marks", Document, nullable=False),
    ForeignKeyConstraint(["organization_id", "id"], [resources.c.organization_id, resources.c.id]),
)
