"""Tables of who waits for what."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Uuid,
    text,
)

from adapters.schema.inventory import pools
from adapters.schema.metadata import Document, Moment, metadata

LIVE = text("state IN ('waiting', 'offered')")
WAITING = text("state = 'waiting'")

waiting_entries = Table(
    "waiting_entries",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("stock_id", Uuid, nullable=False),
    Column("resource_id", Uuid, nullable=False),
    Column("email", String(254), nullable=False),
    Column("state", String(16), nullable=False),
    Column("joined_at", Moment, nullable=False),
    Column("closes_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("request", Document, nullable=False),
    Column("wanted", Document, nullable=False),
    Column("passed", Integer, nullable=False),
    Column("saved", Document, nullable=False),
    Column("saving_until", Moment),
    Column("booking_id", Uuid),
    Column("reason", Document),
    Column("called_off", String(500)),
    CheckConstraint("state IN ('waiting', 'offered', 'booked', 'expired', 'withdrawn')", "state"),
    # One place in the line for everybody.
    Index(
        "uq_waiting_entries_live",
        "organization_id",
        "stock_id",
        "email",
        unique=True,
        postgresql_where=LIVE,
        sqlite_where=LIVE,
    ),
    Index(None, "organization_id", "stock_id", "joined_at", "id"),
    Index(None, "organization_id", "booking_id"),
    Index(
        "ix_waiting_entries_due",
        "organization_id",
        "due_at",
        postgresql_where=WAITING,
        sqlite_where=WAITING,
    ),
)

# There exactly as long as the entry waits, so that freeing units finds who waits for them.
waiting_pools = Table(
    "waiting_pools",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("pool_id", String(64), primary_key=True),
    Column("entry_id", Uuid, primary_key=True),
    Column("units", Integer, CheckConstraint("units > 0", "units"), nullable=False),
    ForeignKeyConstraint(["organization_id", "pool_id"], [pools.c.organization_id, pools.c.id]),
    ForeignKeyConstraint(
        ["organization_id", "entry_id"],
        [waiting_entries.c.organization_id, waiting_entries.c.id],
    ),
    Index(None, "organization_id", "entry_id"),
)
