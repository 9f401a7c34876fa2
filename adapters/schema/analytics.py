"""Tables of what is counted of bookings: derived from them, and written anew when they change.

Sums follow from what is counted, and are written with it.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Uuid,
    text,
)

from adapters.schema.bookings import bookings
from adapters.schema.metadata import Moment, metadata
from domain.analytics.counted_bookings import SUMMED, SUMMED_BY_DAY

# A quarter is one of an hour, counted from 1970 in UTC: clocks everywhere differ by whole ones.
booking_facts = Table(
    "booking_facts",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),  # that of the booking
    Column("resource_id", Uuid, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("state", String(16), nullable=False),
    Column("by_company", Boolean, nullable=False),
    Column("starts_at", Moment, nullable=False),
    Column("starts_quarter", Integer, nullable=False),
    Column("first_day", Date, nullable=False),
    Column("days", Integer, nullable=False),
    Column("units", Integer, nullable=False),
    Column("people", Integer, nullable=False),
    Column("lead_days", Integer, nullable=False),
    Column("total_minor", BigInteger, nullable=False),
    Column("worth_minor", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("booked_at", Moment, nullable=False),
    Column("booked_quarter", Integer, nullable=False),
    Column("confirmed_at", Moment),
    Column("cancelled_at", Moment),
    Column("paid_at", Moment),
    ForeignKeyConstraint(["organization_id", "id"], [bookings.c.organization_id, bookings.c.id]),
    Index(None, "organization_id", "booked_at", "id"),
    Index(None, "organization_id", "starts_at", "id"),
    Index(None, "organization_id", "resource_id", "booked_at"),
    Index(None, "organization_id", "resource_id", "starts_at"),
    Index(None, "organization_id", "confirmed_at"),
    Index(
        None,
        "organization_id",
        "cancelled_at",
        postgresql_where=text("cancelled_at IS NOT NULL"),
        sqlite_where=text("cancelled_at IS NOT NULL"),
    ),
)

# Each local date on which a booking takes its units, with what that costs.
booking_days = Table(
    "booking_days",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("booking_id", Uuid, primary_key=True),
    Column("resource_id", Uuid, nullable=False),
    Column("state", String(16), nullable=False),
    Column("units", Integer, nullable=False),
    Column("people", Integer, nullable=False),
    Column("worth_minor", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    ForeignKeyConstraint(
        ["organization_id", "booking_id"], [booking_facts.c.organization_id, booking_facts.c.id]
    ),
    Index(None, "organization_id", "booking_id"),
    Index(None, "organization_id", "resource_id", "day"),
)


def _sums(table: str, number: str) -> Table:
    """Of bookings of each kind and currency that were made, or begin, in that time."""
    return Table(
        table,
        metadata,
        Column("organization_id", Uuid, primary_key=True),
        Column("axis", String(8), primary_key=True),
        Column(number, Integer, primary_key=True, autoincrement=False),
        Column("kind", String(32), primary_key=True),
        Column("currency", String(3), primary_key=True),
        *(Column(name, BigInteger, nullable=False) for name in SUMMED),
        CheckConstraint("axis IN ('booked', 'starts')", "axis"),
    )


# Hours are four quarters, counted from 1970 in UTC as well.
booking_quarters = _sums("booking_quarters", "quarter")
booking_hours = _sums("booking_hours", "hour")

# Days are 96 quarters, counted from 1970 in UTC.
offered_days = Table(
    "offered_days",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("axis", String(8), primary_key=True),
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(32), primary_key=True),
    Column("currency", String(3), primary_key=True),
    Column("resource_id", Uuid, primary_key=True),
    *(Column(name, BigInteger, nullable=False) for name in SUMMED),
    CheckConstraint("axis IN ('booked', 'starts')", "axis"),
)

sold_days = Table(
    "sold_days",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("resource_id", Uuid, primary_key=True),
    Column("currency", String(3), primary_key=True),
    *(Column(name, BigInteger, nullable=False) for name in SUMMED_BY_DAY),
)

# Standing bookings by how many local dates ahead they were made; days are those of UTC.
booking_leads = Table(
    "booking_leads",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("axis", String(8), primary_key=True),
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(32), primary_key=True),
    Column("lead_days", Integer, primary_key=True, autoincrement=False),
    Column("standing", BigInteger, nullable=False),
    CheckConstraint("axis IN ('booked', 'starts')", "axis"),
)

# What came on the books for a local date, less what came off, on each day of UTC.
days_on_books = Table(
    "days_on_books",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("changed_day", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(32), primary_key=True),
    Column("currency", String(3), primary_key=True),
    Column("units", BigInteger, nullable=False),
    Column("worth_minor", BigInteger, nullable=False),
)
