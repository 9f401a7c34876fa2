"""Tables of the inventory feature."""

from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    Date,
    ForeignKeyConstraint,
    FromClause,
    Index,
    Integer,
    String,
    Table,
    Uuid,
    case,
    text,
)

from adapters.schema.metadata import Document, Moment, metadata

# Whoever changes what resources are found by counts it up, and the worker writes it anew for all
# that were saved before.
FOUND_BY = 1

resources = Table(
    "resources",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("name", String(100), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("sold_by_day", Boolean, nullable=False),
    Column("offering", Document, nullable=False),
    Column("stock_id", Uuid),  # whose pools its units are counted in, if not its own
    Column("deleted_at", Moment),
    Column("state", String(16), nullable=False, server_default="published"),
    Column("description", String(4000), nullable=False, server_default=text("''")),
    Column("category", String(100)),
    Column("keywords", Document, nullable=False, server_default="[]"),
    Column("low_at", Integer),
    Column("starts_at", Moment),  # none for what is always there
    Column("ends_at", Moment),
    Column("cancelled_at", Moment),
    # Which way of writing down what it is found by it was saved with: FOUND_BY is that of today.
    Column("found_by", Integer, nullable=False, server_default="0"),
    CheckConstraint("state IN ('draft', 'published', 'cancelled', 'completed')", "state"),
    Index(None, "organization_id", "name", "id"),
    Index(None, "organization_id", "stock_id"),
    Index(None, "organization_id", "starts_at", "id"),
    Index(None, "organization_id", "found_by", "id"),
)
UNFINDABLE = resources.c.found_by < FOUND_BY


def stock_of(theirs: FromClause) -> ColumnElement[UUID]:
    """Whose pools the units of some resources are counted in.

    Not COALESCE: PostgreSQL does not know that it tells nobody anything, so where it filters every
    row it would look up no index by it.
    """
    return case((theirs.c.stock_id.is_(None), theirs.c.id), else_=theirs.c.stock_id)


pools = Table(
    "pools",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("resource_id", Uuid),  # none for what is counted but no resource
    Column("day", Date, nullable=False),
    Column("capacity", Integer, nullable=False),
    Column("allowance", Integer, nullable=False),
    Column("taken", Integer, nullable=False),
    Column("closed", Boolean, nullable=False),
    # The second wall: the statement that takes units is guarded, and so is the row.
    CheckConstraint("taken BETWEEN 0 AND capacity + allowance", "taken"),
    CheckConstraint("capacity >= 0 AND allowance >= 0", "capacity"),
    ForeignKeyConstraint(
        ["organization_id", "resource_id"], [resources.c.organization_id, resources.c.id]
    ),
    Index(None, "organization_id", "day", "resource_id"),
    Index(None, "organization_id", "resource_id", "day"),
    postgresql_with={"fillfactor": 50},  # counters are updated in place, on the same page
)

# A claim exists exactly as long as its units are taken: sum(claims.units) is pools.taken.
claims = Table(
    "claims",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("hold_id", Uuid, primary_key=True),
    Column("pool_id", String(64), primary_key=True),
    Column("units", Integer, CheckConstraint("units > 0", "units"), nullable=False),
    ForeignKeyConstraint(["organization_id", "pool_id"], [pools.c.organization_id, pools.c.id]),
    # With the hold, or SQLite reads the primary key from end to end instead.
    Index(None, "organization_id", "pool_id", "hold_id"),
)

# What only one booking may have: the primary key decides who does.
exclusive_claims = Table(
    "exclusive_claims",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("resource_id", Uuid, primary_key=True),
    Column("what", String(16), primary_key=True),
    Column("name", String(64), primary_key=True),
    Column("hold_id", Uuid, nullable=False),
    ForeignKeyConstraint(
        ["organization_id", "resource_id"], [resources.c.organization_id, resources.c.id]
    ),
    Index(None, "organization_id", "hold_id"),
)
