"""Levels in SQL."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import attrs
from sqlalchemy import (
    ColumnElement,
    Select,
    Uuid,
    and_,
    bindparam,
    case,
    delete,
    func,
    select,
)

from adapters.schema.inventory import pools, resources
from adapters.schema.realtime import levels
from adapters.sql.scope import Scope
from application.inventory.live_ports import Levels
from domain.inventory.levels import Level, Reading
from domain.inventory.pools import Pool
from domain.kernel.identifiers import PoolId, ResourceId

LIMIT = pools.c.capacity + pools.c.allowance


USUALLY_FEW = case((pools.c.capacity // 5 > 3, pools.c.capacity // 5), else_=3)  # noqa: PLR2004  (as in the domain)


def _level(free: ColumnElement[int], few: ColumnElement[int]) -> ColumnElement[str]:
    """What the domain says in level_of."""
    return case((free <= 0, "full"), (free <= few, "low"), else_="plenty")


@attrs.frozen
class SqlLevels(Levels):
    scope: Scope

    def changed(self, resource_id: ResourceId) -> Sequence[Reading]:
        ids = {"p_organization_id": self.scope.organization_id, "p_resource_id": resource_id}
        return [
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
            )
            for row in self.scope.ask(_changed(), ids)
        ]

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
        select(func.coalesce(resources.c.stock_id, resources.c.id))
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
    told = func.coalesce(levels.c.level, _level(LIMIT, USUALLY_FEW))
    few = func.coalesce(resources.c.low_at, USUALLY_FEW)
    return (
        select(pools, told.label("told"), resources.c.low_at)
        .select_from(pools.join(resources, sold_as).outerjoin(levels, theirs))
        .where(
            pools.c.organization_id == organization_id,
            pools.c.resource_id == stock,
            ~pools.c.closed,
            told != _level(LIMIT - pools.c.taken, few),
        )
        .order_by(pools.c.id)
    )
