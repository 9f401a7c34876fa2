"""Tables of what is promised about bookings, for a while."""

from sqlalchemy import BigInteger, Column, Integer, String, Table, Uuid

from adapters.schema.metadata import Document, Moment, metadata

cancellation_quotes = Table(
    "cancellation_quotes",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("booking_id", Uuid, nullable=False),
    Column("booking_version", Integer, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("cancellation", Document, nullable=False),
)

change_quotes = Table(
    "change_quotes",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("booking_id", Uuid, nullable=False),
    Column("booking_version", Integer, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("agreement", Document, nullable=False),
    Column("difference_minor", BigInteger, nullable=False),
    Column("fee_minor", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
)

refund_quotes = Table(
    "refund_quotes",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("booking_id", Uuid, nullable=False),
    Column("booking_version", Integer, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("payment_id", Uuid, nullable=False),
    Column("payment_version", Integer, nullable=False),
    Column("amounts", Document, nullable=False),
)
