"""Tables of exports: how far each is, and its file in parts."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Uuid,
)

from adapters.schema.metadata import Document, Moment, Perhaps, metadata

exports = Table(
    "exports",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("report", String(40), nullable=False),
    Column("format", String(8), nullable=False),
    Column("state", String(16), nullable=False),
    Column("requested_by", Uuid, nullable=False),
    Column("requested_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("rows", BigInteger, nullable=False),
    Column("after", Perhaps),
    Column("all_read", Boolean, nullable=False),
    Column("waiting", Integer, nullable=False),
    Column("parts", Integer, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("problem", String(64)),
    Column("ordered", Document, nullable=False),
    CheckConstraint("state IN ('running', 'completed', 'failed', 'cancelled')", "state"),
    CheckConstraint("(ended_at IS NULL) = (state = 'running')", "ended"),
    Index(None, "organization_id", "requested_by", "id"),
    Index(None, "organization_id", "expires_at"),
)

# Each is written in the transaction that moves its export on; `waiting` ones are rows that are
# yet to become a file.
export_parts = Table(
    "export_parts",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("export_id", Uuid, primary_key=True),
    Column("waiting", Boolean, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),  # compressed
    ForeignKeyConstraint(
        ["organization_id", "export_id"], [exports.c.organization_id, exports.c.id]
    ),
)
