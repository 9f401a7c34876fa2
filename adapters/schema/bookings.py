"""Tables of the bookings feature."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    Uuid,
    text,
)

from adapters.schema.inventory import resources
from adapters.schema.metadata import Document, Moment, metadata

sales_terms = Table(
    "sales_terms",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),  # that of the resource
    Column("version", Integer, nullable=False),
    Column("rates", Document, nullable=False),
    Column("cancellation", Document, nullable=False),
    Column("adjustments", Document),
    Column("conditions", Document),
    ForeignKeyConstraint(["organization_id", "id"], [resources.c.organization_id, resources.c.id]),
)

quotes = Table(
    "quotes",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("expires_at", Moment, nullable=False),
    Column("agreement", Document, nullable=False),
)

bookings = Table(
    "bookings",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("reference", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("resource_id", Uuid, nullable=False),
    Column("title", String(100), nullable=False),
    Column("email", String(254), nullable=False),
    Column("starts_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("extendable_until", Moment, nullable=False),
    Column("total_minor", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("agreement", Document, nullable=False),
    Column("cancellation", Document),
    Column("purpose", String(16), nullable=False, server_default="payment"),
    Column("itinerary_id", Uuid),
    CheckConstraint(
        "state IN ('held', 'confirmed', 'in_progress', 'completed', 'no_show', 'cancelled',"
        " 'released', 'declined', 'expired')",
        "state",
    ),
    CheckConstraint("purpose IN ('payment', 'inquiry', 'approval', 'offer')", "purpose"),
    UniqueConstraint("organization_id", "reference"),
    Index(None, "organization_id", "starts_at", "id"),
    Index(None, "organization_id", "state", "starts_at", "id"),
    Index(None, "organization_id", "email", "starts_at"),
    Index(None, "organization_id", "resource_id", "starts_at"),
    Index(None, "organization_id", "itinerary_id"),
    Index(
        "ix_bookings_overdue",
        "organization_id",
        "expires_at",
        postgresql_where=text("state = 'held'"),
        sqlite_where=text("state = 'held'"),
    ),
    Index(
        "ix_bookings_ending",
        "organization_id",
        "ends_at",
        postgresql_where=text("state = 'in_progress'"),
        sqlite_where=text("state = 'in_progress'"),
    ),
)

# `pending` and `standing` are the ids of bookings; each of those names its itinerary.
itineraries = Table(
    "itineraries",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("reference", String(16), nullable=False),
    Column("pending", Document, nullable=False),
    Column("standing", Document, nullable=False),
    UniqueConstraint("organization_id", "reference"),
)
