"""Levels in SQL."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import attrs
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    Uuid,
    and_,
    bindparam,
    case,
    cast,
    delete,
    func,
    select,
)

from adapters.schema.inventory import pools, resources, stock_of
from adapters.schema.realtime import levels
from adapters.sql.scope import Scope
from application.inventory.live_ports import Levels
from domain.inventory.levels import Level, Reading
from domain.inventory.pools import Few, Pool
from domain.kernel.identifiers import PoolId, ResourceId

LIMIT = pools.c.capacity + pools.c.allowance


def _level(free: ColumnElement[int], few: ColumnElement[int]) -> ColumnElement[str]:
    """What the domain says in level_of."""
    return case((free <= 0, "full"), (free <= few, "low"), else_="plenty")


def _usually_few() -> ColumnElement[int]:
    """What the domain says in Few; a share of a large capacity may not fit into an integer."""
    units = bindparam("p_units", type_=Integer())
    share = cast(pools.c.capacity, BigInteger) * bindparam("p_percent", type_=Integer()) // 100
    return case((share > units, share), else_=units)


@attrs.frozen
class SqlLevels(Levels):
    scope: Scope

    def changed(self, resource_id: ResourceId, few: Few) -> Sequence[Reading]:
        asked = {
            "p_organization_id": self.scope.organization_id,
            "p_resource_id": resource_id,
            "p_units": few.units,
            "p_percent": few.percent,
        }
        found = [
            Reading(
                pool=Pool(
                    id=row.id,
                    resource_id=row.resource_id,
                    day=row.day,
                    capacity=row.capacity,
                    allowance=row.allowance,
                    taken=row.taken,
                ),
                told=Level(row.told),
                low_at=row.low_at,
                few=few,
            )
            for row in self.scope.ask(_changed(), asked)
        ]
        # Not in SQL: SQLite would go through all pools there are to have them in order.
        return sorted(found, key=lambda reading: reading.pool.id)

    def keep(self, told: Mapping[PoolId, Level]) -> None:
        self.scope.execute(
            delete(levels).where(self.scope.owns(levels), levels.c.pool_id.in_(told))
        )
        for pool_id, level in told.items():
            self.scope.add(levels, pool_id=pool_id, level=level.value)


@lru_cache
def _changed() -> Select[Any]:
    organization_id = bindparam("p_organization_id", type_=Uuid())
    stock = (
        select(stock_of(resources))
        .where(
            resources.c.organization_id == organization_id,
            resources.c.id == bindparam("p_resource_id", type_=Uuid()),
        )
        .scalar_subquery()
    )
    theirs = and_(
        levels.c.organization_id == pools.c.organization_id, levels.c.pool_id == pools.c.id
    )
    sold_as = and_(
        resources.c.organization_id == pools.c.organization_id,
        resources.c.id == pools.c.resource_id,
    )
    usually = _usually_few()
    told = func.coalesce(levels.c.level, _level(LIMIT, usually))
    few = func.coalesce(resources.c.low_at, usually)
    return (
        select(pools, told.label("told"), resources.c.low_at)
        .select_from(pools.join(resources, sold_as).outerjoin(levels, theirs))
        .where(
            pools.c.organization_id == organization_id,
            pools.c.resource_id == stock,
            ~pools.c.closed,
            told != _level(LIMIT - pools.c.taken, few),
        )
    )
