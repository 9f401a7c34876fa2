"""Inventory in SQL: counters that the database guards.

The same statements serve both databases. PostgreSQL locks the rows of `FOR UPDATE` one after the
other in ascending order and tests the guard again on what it has locked; SQLite has no such
clause and needs none, because its writers queue before they begin.
"""

from collections.abc import Sequence
from typing import Any

import attrs
from sqlalchemy import Row, delete

from adapters.repositories import taking
from adapters.repositories.resources import SqlResources
from adapters.schema.inventory import claims as claim_rows
from adapters.sql.changes import Guard
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from application.inventory.ports import Inventory, InventoryWork
from application.kernel.ports import Stale
from domain.inventory.pools import CapacityBelowTaken, Pool, require_free
from domain.kernel.claims import Claim
from domain.kernel.identifiers import HoldId


@attrs.frozen
class SqlInventory(Inventory):
    scope: Scope

    def take(self, hold_id: HoldId, claims: Sequence[Claim]) -> None:
        def sold_out() -> None:
            self._explain(claims)
            raise Stale("units came free meanwhile")

        parameters: dict[str, Any] = {"p_organization_id": self.scope.organization_id}
        for number, claim in enumerate(claims):
            parameters |= {f"p_pool_{number}": claim.pool_id, f"p_units_{number}": claim.units}
        self.scope.change(
            Guard(
                update=taking.taking(len(claims)),
                parameters=parameters,
                rows=len(claims),
                failed=sold_out,
            )
        )
        for claim in claims:
            self.scope.add(claim_rows, hold_id=hold_id, pool_id=claim.pool_id, units=claim.units)

    def give_back(self, hold_ids: Sequence[HoldId]) -> None:
        if not hold_ids:
            return
        self.scope.execute(
            taking.giving_back(),
            {"p_organization_id": self.scope.organization_id, "p_holds": list(hold_ids)},
        )
        self.scope.execute(
            delete(claim_rows).where(
                self.scope.owns(claim_rows), claim_rows.c.hold_id.in_(hold_ids)
            )
        )

    def open(self, pools: Sequence[Pool]) -> None:
        if not pools:
            return
        rows = [
            {
                "organization_id": self.scope.organization_id,
                **attrs.asdict(pool, filter=attrs.filters.exclude("taken")),
                "taken": 0,
            }
            for pool in sorted(pools, key=lambda pool: pool.id)
        ]
        statement = taking.opening(self.scope.connection.dialect.name)
        opened = set(self.scope.execute(statement, rows).scalars())
        refused = tuple(pool.id for pool in pools if pool.id not in opened)
        if refused:
            raise CapacityBelowTaken(refused)

    def _explain(self, claims: Sequence[Claim]) -> None:
        rows = self.scope.ask(
            taking.explaining(),
            {
                "p_organization_id": self.scope.organization_id,
                "p_pools": [claim.pool_id for claim in claims],
            },
        ).all()
        releases = {row.id: row.next_release_at for row in rows if row.next_release_at}
        require_free(claims, {row.id: _pool(row) for row in rows}, releases)


def _pool(row: Row[Any]) -> Pool:
    return Pool(
        id=row.id,
        resource_id=row.resource_id,
        day=row.day,
        capacity=row.capacity,
        allowance=row.allowance,
        taken=row.taken,
        closed=row.closed,
    )


@attrs.frozen
class SqlInventoryWork(InventoryWork):
    inventory: SqlInventory
    resources: SqlResources
    facts: EventLog

    @classmethod
    def on(cls, scope: Scope) -> "SqlInventoryWork":
        return cls(SqlInventory(scope), SqlResources(scope), EventLog(scope))
