"""Table of boarding numbers."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Integer,
    Table,
    UniqueConstraint,
    Uuid,
)

from adapters.schema.bookings import bookings
from adapters.schema.inventory import resources
from adapters.schema.metadata import metadata

# The primary key decides that no two passengers of a flight have the same number. `passenger` is
# the place in the booking, from 1.
boarding_numbers = Table(
    "boarding_numbers",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("resource_id", Uuid, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("booking_id", Uuid, nullable=False),
    Column("passenger", Integer, nullable=False),
    CheckConstraint("number > 0 AND passenger > 0", "number"),
    UniqueConstraint("organization_id", "booking_id", "passenger"),
    ForeignKeyConstraint(
        ["organization_id", "resource_id"], [resources.c.organization_id, resources.c.id]
    ),
    ForeignKeyConstraint(
        ["organization_id", "booking_id"], [bookings.c.organization_id, bookings.c.id]
    ),
)
