"""Inventory in SQL: counters that the database guards.

The same statements serve both databases. PostgreSQL locks the rows of `FOR UPDATE` one after the
other in ascending order and tests the guard again on what it has locked; SQLite has no such
clause and needs none, because its writers queue before they begin.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import attrs
from sqlalchemy import (
    delete,
    func,
    select,
)

from adapters.repositories import taking
from adapters.repositories.resources import SqlResources
from adapters.schema.bookings import bookings
from adapters.schema.inventory import claims as claim_rows
from adapters.schema.inventory import pools as pool_rows
from adapters.sql.changes import Guard
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from application.inventory.ports import Inventory, InventoryWork
from application.kernel.ports import Stale
from domain.inventory.pools import CapacityBelowTaken, Pool, require_free
from domain.kernel.claims import Claim
from domain.kernel.identifiers import HoldId, PoolId


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
        pools = self._find([claim.pool_id for claim in claims])
        full = [
            c.pool_id for c in claims if c.pool_id in pools and c.units > pools[c.pool_id].free
        ]
        require_free(claims, pools, self._next_releases(full))

    def _find(self, pool_ids: Sequence[PoolId]) -> Mapping[PoolId, Pool]:
        rows = self.scope.ask(
            select(pool_rows).where(self.scope.owns(pool_rows), pool_rows.c.id.in_(pool_ids))
        )
        found = (dict(row) for row in rows.mappings())
        return {
            row["id"]: Pool(**{name: row[name] for name in row if name != "organization_id"})
            for row in found
        }

    def _next_releases(self, pool_ids: Sequence[PoolId]) -> Mapping[PoolId, datetime]:
        rows = self.scope.ask(
            select(claim_rows.c.pool_id, func.min(bookings.c.expires_at).label("at"))
            .join(
                bookings,
                (bookings.c.organization_id == claim_rows.c.organization_id)
                & (bookings.c.id == claim_rows.c.hold_id),
            )
            .where(
                self.scope.owns(claim_rows),
                claim_rows.c.pool_id.in_(pool_ids),
                bookings.c.state == "held",
            )
            .group_by(claim_rows.c.pool_id)
        )
        return {row.pool_id: row.at for row in rows}


@attrs.frozen
class SqlInventoryWork(InventoryWork):
    inventory: SqlInventory
    resources: SqlResources
    facts: EventLog

    @classmethod
    def on(cls, scope: Scope) -> "SqlInventoryWork":
        return cls(SqlInventory(scope), SqlResources(scope), EventLog(scope))
