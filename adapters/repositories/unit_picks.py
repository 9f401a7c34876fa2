"""The statements that pick units, each built once."""

from functools import lru_cache
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Executable,
    FromClause,
    Insert,
    Integer,
    Select,
    Uuid,
    and_,
    bindparam,
    func,
    select,
    true,
)
from sqlalchemy.dialects import postgresql, sqlite

from adapters.schema.units import inventory_units, unit_claims

TRIES = 3
PRIME = 65537

ORGANIZATION = bindparam("p_organization_id", type_=Uuid())
HOLD = bindparam("p_hold_id", type_=Uuid())
FIRST, UNTIL = (bindparam(name, type_=BigInteger()) for name in ("p_first", "p_until"))
UNITS = bindparam("p_units", type_=Integer())
SPREAD = bindparam("p_spread", type_=BigInteger())


@lru_cache(maxsize=2)
def picking(dialect: str) -> tuple[Insert, ...]:
    """Statements to try in turn until they have claimed `p_units` units of `p_resource_id`.

    The first passes over units that somebody is about to claim: a crowd spreads over a fleet.
    But what they claim may well be another time, so the others wait for them; each sees what has
    been claimed by then. Where writers are alone, nobody is ever about to claim anything.
    """
    fleet = _fleet()
    if dialect != "postgresql":
        return (_claiming(dialect, _columns(fleet).where(~_taken(fleet)).limit(UNITS)),)
    untouched, waiting = (
        _claiming(dialect, _locking(fleet, skip_locked=skip)) for skip in (True, False)
    )
    return (untouched, *[waiting] * TRIES)


@lru_cache(maxsize=2)
def claiming(dialect: str) -> Executable:
    """Claims those of the units `p_unit_ids` that are free, in ascending order."""
    these = _columns(inventory_units).where(
        _ours(),
        ~_taken(inventory_units),
        inventory_units.c.id.in_(bindparam("p_unit_ids", expanding=True)),
    )
    # In one order for everybody: while somebody waits for a unit, others wait for them.
    ascending = these.order_by(inventory_units.c.id)
    return _claiming(dialect, ascending.with_for_update(of=inventory_units, key_share=True))


@lru_cache(maxsize=1)
def any_free() -> Executable:
    """Whether a unit of `p_resource_id` is free."""
    return select(inventory_units.c.id).where(_of_resource(), ~_taken(inventory_units)).limit(1)


def _claiming(dialect: str, free: Select[Any]) -> Insert:
    insert: Any = (postgresql if dialect == "postgresql" else sqlite).insert(unit_claims)
    columns = ["organization_id", "hold_id", "unit_id", "number", "first_minute", "until_minute"]
    # Whatever was seen, the wall decides: somebody else may have claimed it a moment ago.
    statement: Insert = (
        insert.from_select(columns, free).on_conflict_do_nothing().returning(unit_claims.c.unit_id)
    )
    return statement


def _fleet() -> CTE:
    """The units in use, for each hold in another order."""
    order = (inventory_units.c.number % PRIME * SPREAD) % PRIME
    units = select(inventory_units.c.id, inventory_units.c.number).where(_of_resource())
    # Put in order before anybody looks at their claims: the first that is free is the last that
    # is looked at.
    return units.order_by(order).cte("fleet").prefix_with("MATERIALIZED")


def _locking(fleet: CTE, *, skip_locked: bool) -> Select[Any]:
    """The first units of the fleet that are free, which PostgreSQL locks on the way."""
    # Weaker than FOR UPDATE, which would also make all those wait who only refer to a unit.
    free = (
        select(inventory_units.c.id, inventory_units.c.number)
        .where(_ours(), inventory_units.c.id == fleet.c.id, ~_taken(inventory_units))
        .with_for_update(of=inventory_units, skip_locked=skip_locked, key_share=True)
        .correlate(fleet)
        .lateral("free")
    )
    return _columns(free).select_from(fleet.join(free, true())).limit(UNITS)


def _columns(units: FromClause) -> Select[Any]:
    return select(ORGANIZATION, HOLD, units.c.id, units.c.number, FIRST, UNTIL)


def _of_resource() -> ColumnElement[bool]:
    return and_(_ours(), inventory_units.c.resource_id == bindparam("p_resource_id", type_=Uuid()))


def _ours() -> ColumnElement[bool]:
    return and_(inventory_units.c.organization_id == ORGANIZATION, ~inventory_units.c.retired)


def _taken(units: FromClause) -> ColumnElement[bool]:
    # Claims of a unit do not overlap, so the last to begin in time is also the last to end: one
    # look into the index, however long the unit has been in use.
    last = (
        select(unit_claims.c.until_minute)
        .where(
            unit_claims.c.organization_id == ORGANIZATION,
            unit_claims.c.unit_id == units.c.id,
            unit_claims.c.first_minute < UNTIL,
        )
        .order_by(unit_claims.c.first_minute.desc())
        .limit(1)
        .correlate(units)
        .scalar_subquery()
    )
    return func.coalesce(last, 0) > FIRST
