"""Tables of payments, of what is given back, and of what providers say."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)

from adapters.schema.bookings import bookings
from adapters.schema.metadata import Document, Moment, metadata

OPEN = text(
    "state IN ('created', 'requires_method', 'requires_action', 'processing', 'authorised')"
)
UNDER_WAY = text("state IN ('approved', 'submitted')")
PARKED = text("review = 'pending' AND state = 'created'")
NOT_APPLIED = text("state IN ('received', 'parked')")

# `captured_minor` is ours; of it, `refunding_minor` has been given back or is on its way.
payments = Table(
    "payments",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("booking_id", Uuid, nullable=False),
    Column("reference", String(24), nullable=False),
    Column("method", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("provider", String(16)),
    Column("provider_reference", String(255)),
    Column("amount_minor", BigInteger, nullable=False),
    Column("captured_minor", BigInteger, nullable=False),
    Column("refunding_minor", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("step", String(8)),
    Column("disputed", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("heard_at", Moment, nullable=False),
    Column("details", Document, nullable=False),
    Column("started_by", Uuid),
    Column("review", String(16)),
    Column("gift_credit_id", Uuid),
    Column("lead_id", Uuid),
    CheckConstraint(
        "state IN ('created', 'requires_method', 'requires_action', 'processing', 'authorised',"
        " 'captured', 'cancelled', 'failed')",
        "state",
    ),
    CheckConstraint("amount_minor > 0 AND captured_minor >= 0", "amount"),
    CheckConstraint("0 <= refunding_minor AND refunding_minor <= captured_minor", "refunding"),
    UniqueConstraint("organization_id", "reference"),
    UniqueConstraint("organization_id", "provider", "provider_reference"),
    ForeignKeyConstraint(
        ["organization_id", "booking_id"], [bookings.c.organization_id, bookings.c.id]
    ),
    Index(None, "organization_id", "booking_id"),
    Index(None, "organization_id", "created_at", "id"),
    Index(None, "organization_id", "lead_id"),
    Index(
        "uq_payments_open",
        "organization_id",
        "booking_id",
        unique=True,
        postgresql_where=OPEN,
        sqlite_where=OPEN,
    ),
    Index(
        "ix_payments_silent",
        "organization_id",
        "heard_at",
        postgresql_where=OPEN,
        sqlite_where=OPEN,
    ),
    Index(
        "ix_payments_parked",
        "organization_id",
        "created_at",
        "id",
        postgresql_where=PARKED,
        sqlite_where=PARKED,
    ),
)

refunds = Table(
    "refunds",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("payment_id", Uuid, nullable=False),
    Column("booking_id", Uuid, nullable=False),
    Column("cause", String(64), nullable=False),
    Column("method", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("provider_reference", String(255)),
    Column("amount_minor", BigInteger, nullable=False),
    Column("fee_minor", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("requested_at", Moment, nullable=False),
    Column("heard_at", Moment, nullable=False),
    Column("details", Document, nullable=False),
    CheckConstraint(
        "state IN ('requested', 'approved', 'submitted', 'succeeded', 'failed', 'rejected')",
        "state",
    ),
    CheckConstraint("0 <= fee_minor AND fee_minor < amount_minor", "amount"),
    UniqueConstraint("organization_id", "payment_id", "cause"),
    ForeignKeyConstraint(
        ["organization_id", "payment_id"], [payments.c.organization_id, payments.c.id]
    ),
    Index(None, "organization_id", "booking_id"),
    Index(None, "organization_id", "requested_at", "id"),
    Index(None, "organization_id", "provider_reference"),
    Index(
        "ix_refunds_under_way",
        "organization_id",
        "heard_at",
        postgresql_where=UNDER_WAY,
        sqlite_where=UNDER_WAY,
    ),
)

disputes = Table(
    "disputes",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("payment_id", Uuid, nullable=False),
    Column("booking_id", Uuid, nullable=False),
    Column("provider_reference", String(255), nullable=False),
    Column("status", String(16), nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("due_by", Moment),
    Column("details", Document, nullable=False),
    UniqueConstraint("organization_id", "provider_reference"),
    ForeignKeyConstraint(
        ["organization_id", "payment_id"], [payments.c.organization_id, payments.c.id]
    ),
    Index(None, "organization_id", "opened_at", "id"),
)

# What providers have said by themselves. It is a hint: what there is to it is asked of them.
provider_events = Table(
    "provider_events",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("provider", String(16), primary_key=True),
    Column("id", String(255), primary_key=True),
    Column("type", String(100), nullable=False),
    Column("subject", String(16)),
    Column("reference", String(255), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("problem", Text),
    CheckConstraint("state IN ('received', 'applied', 'ignored', 'parked')", "state"),
    Index(None, "organization_id", "received_at", "id"),
    Index(
        "ix_provider_events_not_applied",
        "organization_id",
        "received_at",
        postgresql_where=NOT_APPLIED,
        sqlite_where=NOT_APPLIED,
    ),
)
