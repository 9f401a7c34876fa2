"""The table of the kinds of calls."""

from sqlalchemy import Column, Index, Integer, String, Table, Uuid, text

from adapters.schema.metadata import Moment, metadata

KEPT = text("deleted_at IS NULL")

call_templates = Table(
    "call_templates",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("label", String(100), nullable=False),
    Column("greeting", String(1000), nullable=False),
    Column("instructions", String(4000), nullable=False),
    Column("deleted_at", Moment),
    Index(
        "uq_call_templates_label",
        "organization_id",
        "label",
        unique=True,
        postgresql_where=KEPT,
        sqlite_where=KEPT,
    ),
)
