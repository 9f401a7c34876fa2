"""The table of discount codes; their uses are counted in pools."""

from sqlalchemy import Boolean, Column, Integer, String, Table, UniqueConstraint, Uuid

from adapters.schema.metadata import Document, metadata

discount_codes = Table(
    "discount_codes",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("code", String(32), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("terms", Document, nullable=False),
    UniqueConstraint("organization_id", "code"),
)
