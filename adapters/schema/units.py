"""Tables of single units, and the walls that keep two claims of one unit apart."""

from sqlalchemy import (
    DDL,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    Uuid,
    event,
)

from adapters.schema.inventory import resources
from adapters.schema.metadata import Document, Moment, metadata
from adapters.schema.unit_numbers import NextUnitNumber

inventory_units = Table(
    "inventory_units",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("number", BigInteger, default=NextUnitNumber(), nullable=False),
    Column("resource_id", Uuid),  # none for what is no part of a resource
    Column("label", String(64), nullable=False),
    Column("retired", Boolean, nullable=False),
    UniqueConstraint("organization_id", "id", "number"),
    ForeignKeyConstraint(
        ["organization_id", "resource_id"], [resources.c.organization_id, resources.c.id]
    ),
    Index(None, "organization_id", "resource_id"),
)

# Venues and trainers: each is a unit of no resource, under the same id.
assets = Table(
    "assets",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("name", String(100), nullable=False),
    Column("deleted_at", Moment),
    Column("details", Document, nullable=False),
    ForeignKeyConstraint(
        ["organization_id", "id"], [inventory_units.c.organization_id, inventory_units.c.id]
    ),
    Index(None, "organization_id", "kind", "name", "id"),
)

# A claim exists exactly as long as somebody has the unit, or is to have it.
unit_claims = Table(
    "unit_claims",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("hold_id", Uuid, primary_key=True),
    Column("unit_id", Uuid, primary_key=True),
    Column("number", BigInteger, nullable=False),
    Column("first_minute", BigInteger, primary_key=True),
    Column("until_minute", BigInteger, nullable=False),
    CheckConstraint(
        "0 <= first_minute AND first_minute < until_minute AND until_minute < 1073741824",
        "minutes",
    ),
    ForeignKeyConstraint(
        ["organization_id", "unit_id", "number"],
        [inventory_units.c.organization_id, inventory_units.c.id, inventory_units.c.number],
    ),
    Index(None, "organization_id", "unit_id", "first_minute"),
)

# Units one behind the other on one line of minutes, each with 2^30 of them to itself: so a single
# range says both which unit and when, and built-in GiST can keep ranges apart.
APART_ON_POSTGRES = """
    ALTER TABLE unit_claims ADD CONSTRAINT ex_unit_claims_minutes EXCLUDE USING gist (
        int8range(number * 1073741824 + first_minute, number * 1073741824 + until_minute) WITH &&
    )"""
# SQLite has no such constraint. Its writers are alone, so looking is enough.
APART_ON_SQLITE = tuple(
    f"""CREATE TRIGGER tr_unit_claims_{change} BEFORE {change} ON unit_claims
    WHEN EXISTS (
        SELECT 1 FROM unit_claims AS other
        WHERE other.organization_id = NEW.organization_id AND other.unit_id = NEW.unit_id
            AND other.first_minute < NEW.until_minute AND NEW.first_minute < other.until_minute
            {but_itself}
    )
    BEGIN SELECT RAISE(ABORT, 'two claims of one unit overlap'); END"""  # noqa: S608
    for change, but_itself in (("insert", ""), ("update", "AND other.rowid <> OLD.rowid"))
)

for _dialect, _walls in (("postgresql", (APART_ON_POSTGRES,)), ("sqlite", APART_ON_SQLITE)):
    for _wall in _walls:
        _built = DDL(_wall).execute_if(dialect=_dialect)  # type: ignore[no-untyped-call]
        event.listen(unit_claims, "after_create", _built)
