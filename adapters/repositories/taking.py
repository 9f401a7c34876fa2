"""The statements that move units, each built once."""

from functools import lru_cache

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    Executable,
    Integer,
    String,
    Update,
    Uuid,
    and_,
    bindparam,
    delete,
    exists,
    func,
    or_,
    select,
    union_all,
    update,
)

from adapters.schema.bookings import bookings
from adapters.schema.inventory import claims, exclusive_claims, pools
from adapters.schema.units import unit_claims

Statement = Executable

ORGANIZATION = bindparam("p_organization_id", type_=Uuid())


@lru_cache(maxsize=128)
def taking(number_of_claims: int) -> Update:
    """Takes `p_units_0` of pool `p_pool_0` and so on; returns a row for every pool, or none."""
    if number_of_claims == 1:
        return _taking_one()
    return _taking_all(number_of_claims)


def fits(units: ColumnElement[int]) -> ColumnElement[bool]:
    """The guard: tested by the database against the very count it is about to change."""
    return and_(~pools.c.closed, pools.c.taken + units <= pools.c.capacity + pools.c.allowance)


def _taking_one() -> Update:
    units = bindparam("p_units_0", type_=Integer())
    return (
        update(pools)
        .where(_ours(), pools.c.id == bindparam("p_pool_0", type_=String()), fits(units))
        .values(taken=pools.c.taken + units)
        .returning(pools.c.id)
    )


@lru_cache(maxsize=128)
def moving(number_of_pools: int) -> Update:
    """Like taking, but units below zero are given back, from pools that are closed as well."""
    return _taking_all(number_of_pools, giving=True)


def _taking_all(number_of_claims: int, *, giving: bool = False) -> Update:
    wanted = _wanted(number_of_claims)
    units = wanted.c.units
    locked = _locked(wanted, or_(units < 0, fits(units)) if giving else fits(units))
    all_fit = select(func.count()).select_from(locked).scalar_subquery() == number_of_claims
    return (
        update(pools)
        .where(_ours(), pools.c.id == locked.c.id, all_fit)
        .values(taken=pools.c.taken + locked.c.units)
        .returning(pools.c.id)  # sqlite3 does not count the rows of WITH … UPDATE
    )


@lru_cache(maxsize=1)
def locking() -> Statement:
    """The pools `p_pools`, locked in ascending order of their ids."""
    return (
        select(pools)
        .where(_ours(), pools.c.id.in_(bindparam("p_pools", expanding=True)))
        .order_by(pools.c.id)
        .with_for_update()
    )


@lru_cache(maxsize=1)
def closing() -> Statement:
    """Closes the pools of `p_resource`, locked in ascending order of their ids."""
    theirs = _all_of_resource()
    return update(pools).where(_ours(), pools.c.id == theirs.c.id).values(closed=True)


@lru_cache(maxsize=1)
def redating() -> Statement:
    """Puts the pools of `p_resource` on `p_day`, locked in ascending order of their ids."""
    theirs, day = _all_of_resource(), bindparam("p_day", type_=Date())
    return update(pools).where(_ours(), pools.c.id == theirs.c.id).values(day=day)


def _all_of_resource() -> CTE:
    return (
        select(pools.c.id)
        .where(_ours(), pools.c.resource_id == bindparam("p_resource", type_=Uuid()))
        .order_by(pools.c.id)
        .with_for_update()
        .cte("theirs")
    )


@lru_cache(maxsize=2)
def forgetting(dialect: str) -> tuple[Statement, ...]:
    """Deletes all that stands for the holds `p_holds`; PostgreSQL does so in one statement."""
    deletes = [
        delete(table).where(
            table.c.organization_id == ORGANIZATION,
            table.c.hold_id.in_(bindparam("p_holds", expanding=True)),
        )
        for table in (claims, exclusive_claims, unit_claims)
    ]
    if dialect != "postgresql":
        return tuple(deletes)
    first, *others = deletes
    return (first.add_cte(*(other.cte(f"of{place}") for place, other in enumerate(others))),)


@lru_cache(maxsize=1)
def giving_back() -> Statement:
    """Gives back what stands for the holds `p_holds`, whose claims are deleted next."""
    # Locked before they are added up: whoever comes second finds that they are gone.
    ended = (
        select(claims)
        .where(
            claims.c.organization_id == ORGANIZATION,
            claims.c.hold_id.in_(bindparam("p_holds", expanding=True)),
        )
        .with_for_update()
        .cte("ended")
    )
    amounts = (
        select(ended.c.pool_id, func.sum(ended.c.units).label("units"))
        .group_by(ended.c.pool_id)
        .cte("amounts")
    )
    locked = _locked(amounts)
    return (
        update(pools)
        .where(_ours(), pools.c.id == locked.c.id)
        .values(taken=pools.c.taken - locked.c.units)
    )


@lru_cache(maxsize=1)
def explaining() -> Statement:
    """The pools `p_pools` as they are, and when the first hold on each of them ends."""
    # Held bookings are few, the claims on a pool as many as were ever sold of it: so from the
    # holds that end first to the pool, and not the other way round.
    holds_some = (
        select(claims.c.pool_id)
        .where(
            claims.c.organization_id == ORGANIZATION,
            claims.c.hold_id == bookings.c.id,
            claims.c.pool_id == pools.c.id,
        )
        .correlate(bookings, pools)
    )
    next_release_at = (
        select(bookings.c.expires_at)
        .where(
            bookings.c.organization_id == ORGANIZATION,
            bookings.c.state == "held",
            exists(holds_some),
        )
        .order_by(bookings.c.expires_at)
        .limit(1)
        .correlate(pools)
        .scalar_subquery()
    )
    return select(pools, next_release_at.label("next_release_at")).where(
        _ours(), pools.c.id.in_(bindparam("p_pools", expanding=True))
    )


def _ours() -> ColumnElement[bool]:
    return pools.c.organization_id == ORGANIZATION


def _wanted(number_of_claims: int) -> CTE:
    # Not VALUES: SQLAlchemy would compile the statement anew for every hold.
    return union_all(
        *(
            select(
                bindparam(f"p_pool_{number}", type_=String()).label("pool_id"),
                bindparam(f"p_units_{number}", type_=Integer()).label("units"),
            )
            for number in range(number_of_claims)
        )
    ).cte("wanted")


def _locked(amounts: CTE, *guards: ColumnElement[bool]) -> CTE:
    """The pools of `amounts`, locked in ascending order of their ids."""
    return (
        select(pools.c.id, amounts.c.units)
        .join(amounts, amounts.c.pool_id == pools.c.id)
        .where(_ours(), *guards)
        .order_by(pools.c.id)
        .with_for_update(of=pools)
        .cte("locked")
    )
