"""The event log: audit trail, history and outbox in one; who has read how far; what failed."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)

from adapters.schema.arrivals import NextArrival
from adapters.schema.metadata import Document, Moment, metadata

SELLING = text("call_id IS NOT NULL AND name IN ('booking_held', 'booking_confirmed')")

# `arrival` is in the order of writing, which keeps the events of one subject in order. It is not
# what readers go by: transactions commit in another order, and whoever had read up to 8 would
# never see the 7 that was committed late. They go by `position`, which the relay gives to events
# it can see, without gaps, together with `link`, which chains each event to the one before.
event_log = Table(
    "event_log",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("arrival", BigInteger, default=NextArrival(), nullable=False),
    Column("position", BigInteger),
    Column("link", LargeBinary(32)),
    Column("name", String(64), nullable=False),
    Column("subject", Uuid, nullable=False),
    Column("payload", Document, nullable=False),
    Column("actor_id", Uuid, nullable=False),
    Column("occurred_at", Moment, nullable=False),
    Column("audited", Boolean),
    Column("origin", String(43)),
    Column("trace", String(55)),
    Column("call_id", Uuid),
    UniqueConstraint("organization_id", "position"),
    Index(None, "organization_id", "subject"),
    Index(
        "ix_event_log_call_id",
        "organization_id",
        "call_id",
        "occurred_at",
        postgresql_where=text("call_id IS NOT NULL"),
        sqlite_where=text("call_id IS NOT NULL"),
    ),
    Index(
        "ix_event_log_selling",
        "organization_id",
        "call_id",
        "subject",
        postgresql_where=SELLING,
        sqlite_where=SELLING,
    ),
    Index(
        "ix_event_log_waiting",
        "organization_id",
        "arrival",
        postgresql_where=text("position IS NULL"),
        sqlite_where=text("position IS NULL"),
    ),
    Index(
        "ix_event_log_audited",
        "organization_id",
        "position",
        postgresql_where=text("audited"),
        sqlite_where=text("audited"),
    ),
)

# The end of each organization's chain; whoever holds this row may lengthen it.
event_heads = Table(
    "event_heads",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("position", BigInteger, nullable=False),
    Column("link", LargeBinary(32), nullable=False),
)

# How far each subscriber has come; moved in the transaction that holds the effect.
receipts = Table(
    "receipts",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("subscriber", String(64), primary_key=True),
    Column("position", BigInteger, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("retry_at", Moment),
)

# Events a subscriber gave up on, for a person to look at.
dead_letters = Table(
    "dead_letters",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("subscriber", String(64), primary_key=True),
    Column("event_id", Uuid, primary_key=True),
    Column("error", Text, nullable=False),
    Column("failed_at", Moment, nullable=False),
    ForeignKeyConstraint(
        ["organization_id", "event_id"], [event_log.c.organization_id, event_log.c.id]
    ),
)
