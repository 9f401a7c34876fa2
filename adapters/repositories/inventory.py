"""Inventory in SQL: counters that the database guards.

The same statements serve both databases. PostgreSQL locks the rows of `FOR UPDATE` one after the
other in ascending order and tests the guard again on what it has locked; SQLite has no such
clause and needs none, because its writers queue before they begin.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import chain
from typing import Any, NoReturn

import attrs
from sqlalchemy import Connection, Row, Update, delete

from adapters.repositories import taking, transferring
from adapters.repositories.assets import SqlAssets
from adapters.repositories.exclusive_claims import (
    giving_back_exclusively,
    require_untaken,
    taken_among,
    taken_of,
)
from adapters.repositories.resources import SqlResources
from adapters.repositories.units import SqlUnits
from adapters.schema.inventory import claims as claim_rows
from adapters.schema.inventory import exclusive_claims
from adapters.schema.inventory import pools as pool_rows
from adapters.sql.bulk import Bulk
from adapters.sql.changes import Guard
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from application.inventory.ports import Inventory, InventoryWork
from application.kernel.ports import Stale
from domain.inventory.pools import BlockUsedUp, CapacityBelowTaken, Pool, require_free
from domain.kernel.claims import Claim, ExclusiveClaim, IntervalClaim
from domain.kernel.identifiers import HoldId, PoolId, ResourceId, UnitId

LOCKED_AT_ONCE = 5000  # a statement takes so many parameters and not many more
MOVED_AT_ONCE = 200  # SQLite puts no more than 500 questions together

# The database keeps every pool that has more units taken than would be left.
OPENING = Bulk.into(pool_rows).replacing(
    "capacity",
    "allowance",
    "closed",
    only_if=lambda new: pool_rows.c.taken <= new.capacity + new.allowance,
)


@attrs.frozen
class SqlInventory(Inventory):
    scope: Scope

    def take(self, hold_id: HoldId, claims: Sequence[Claim]) -> None:
        self.take_together({hold_id: claims})

    def take_together(self, wanted: Mapping[HoldId, Sequence[Claim]]) -> None:
        units = Counter[PoolId]()
        for claim in chain.from_iterable(wanted.values()):
            units[claim.pool_id] += claim.units
        self._move(taking.taking, units)
        self._stand(wanted)

    def take_exclusively(self, hold_id: HoldId, claims: Sequence[ExclusiveClaim]) -> None:
        def taken(connection: Connection) -> None:
            require_untaken(connection, self.scope.organization_id, claims)

        self.scope.explain(exclusive_claims, taken)
        for claim in claims:
            self.scope.add(
                exclusive_claims,
                resource_id=claim.resource_id,
                what=claim.what,
                name=claim.name,
                hold_id=hold_id,
            )

    def taken_among(self, claims: Sequence[ExclusiveClaim]) -> Sequence[ExclusiveClaim]:
        if not claims:
            return []
        rows = self.scope.ask(taken_among(self.scope.organization_id, claims))
        return [ExclusiveClaim(**row) for row in rows.mappings()]

    def take_units(
        self, hold_id: HoldId, intervals: Sequence[IntervalClaim]
    ) -> tuple[UnitId, ...]:
        return SqlUnits(self.scope).pick(hold_id, intervals)

    def take_any(self, hold_id: HoldId, intervals: Sequence[IntervalClaim]) -> None:
        SqlUnits(self.scope).pick_unseen(hold_id, intervals)

    def swap(self, hold_id: HoldId, *, before: Sequence[Claim], after: Sequence[Claim]) -> None:
        units = Counter({claim.pool_id: claim.units for claim in after})
        units.subtract({claim.pool_id: claim.units for claim in before})
        moved = {pool_id: number for pool_id, number in units.items() if number}
        if moved:
            self._move(taking.moving, moved)
        self.scope.execute(
            delete(claim_rows).where(self.scope.owns(claim_rows), claim_rows.c.hold_id == hold_id)
        )
        self._stand({hold_id: after})

    def transfer(self, from_hold: HoldId, to_hold: HoldId, claims: Sequence[Claim]) -> None:
        ours, pool_ids = self.scope.owns(claim_rows), [claim.pool_id for claim in claims]
        rows = self.scope.execute(transferring.standing(ours, from_hold, pool_ids))
        left = Counter({row.pool_id: row.units for row in rows})
        statements = transferring.giving_up(ours, from_hold, claims)
        changed = sum(self.scope.execute(statement).rowcount for statement in statements)
        if changed != len(claims):
            raise BlockUsedUp(tuple(c.pool_id for c in claims if left[c.pool_id] < c.units))
        self._stand({to_hold: sorted(claims, key=lambda claim: claim.pool_id)})

    def taken_exclusively(self, resource_id: ResourceId) -> Sequence[ExclusiveClaim]:
        rows = self.scope.ask(taken_of(self.scope, resource_id)).all()
        return [
            ExclusiveClaim(resource_id=resource_id, what=row.what, name=row.name) for row in rows
        ]

    def swap_exclusively(
        self,
        hold_id: HoldId,
        *,
        before: Sequence[ExclusiveClaim],
        after: Sequence[ExclusiveClaim],
    ) -> None:
        # What is new comes first. Those who give up what somebody else wants, and want what that
        # one gives up, would wait for each other until the database ended one of them.
        self.take_exclusively(hold_id, [claim for claim in after if claim not in before])
        no_longer = [claim for claim in before if claim not in after]
        if no_longer:
            self.scope.execute(giving_back_exclusively(self.scope, hold_id, no_longer))

    def give_back(self, hold_ids: Sequence[HoldId]) -> None:
        if not hold_ids:
            return
        ended = {"p_organization_id": self.scope.organization_id, "p_holds": list(hold_ids)}
        self.scope.execute(taking.giving_back(), ended)
        for statement in taking.forgetting(self.scope.connection.dialect.name):
            self.scope.execute(statement, ended)

    def lock(self, pool_ids: Sequence[PoolId]) -> Mapping[PoolId, Pool]:
        found: dict[PoolId, Pool] = {}
        ascending = sorted(pool_ids)
        for first in range(0, len(ascending), LOCKED_AT_ONCE):
            some = ascending[first : first + LOCKED_AT_ONCE]
            wanted = {"p_organization_id": self.scope.organization_id, "p_pools": some}
            rows = self.scope.execute(taking.locking(), wanted).all()
            found |= {row.id: pool_of(row) for row in rows}
        return found

    def close(self, resource_id: ResourceId) -> None:
        ours = {"p_organization_id": self.scope.organization_id, "p_resource": resource_id}
        self.scope.execute(taking.closing(), ours)

    def redate(self, resource_id: ResourceId, day: date) -> None:
        ours = {"p_organization_id": self.scope.organization_id, "p_resource": resource_id}
        self.scope.execute(taking.redating(), {**ours, "p_day": day})

    def open(self, pools: Sequence[Pool]) -> None:
        if not pools:
            return
        rows = [
            {
                **attrs.asdict(pool, filter=attrs.filters.exclude("taken")),
                "taken": 0,
            }
            for pool in sorted(pools, key=lambda pool: pool.id)
        ]
        opened = {id for _, id in self.scope.write(OPENING, rows)}
        refused = tuple(pool.id for pool in pools if pool.id not in opened)
        if refused:
            raise CapacityBelowTaken(refused)

    def _move(self, moving: Callable[[int], Update], units: Mapping[PoolId, int]) -> None:
        if len(units) > MOVED_AT_ONCE:
            self.lock(list(units))  # or their order would be kept within each part only
        left = sorted(units)
        while left:
            some = left[:MOVED_AT_ONCE]
            parameters: dict[str, Any] = {"p_organization_id": self.scope.organization_id}
            for place, pool_id in enumerate(some):
                parameters |= {f"p_pool_{place}": pool_id, f"p_units_{place}": units[pool_id]}
            guard = Guard(
                update=moving(len(some)),
                parameters=parameters,
                rows=len(some),
                failed=partial(self._refuse, {pool_id: units[pool_id] for pool_id in left}),
            )
            self.scope.change(guard)
            left = left[MOVED_AT_ONCE:]

    def _refuse(self, left: Mapping[PoolId, int]) -> NoReturn:
        """`left` has not been moved; what has been is missing from its pools by now."""
        self._explain([Claim(pool_id, number) for pool_id, number in left.items() if number > 0])
        raise Stale("units came free meanwhile")

    def _stand(self, wanted: Mapping[HoldId, Sequence[Claim]]) -> None:
        for hold_id, claims in wanted.items():
            for claim in claims:
                self.scope.add(
                    claim_rows, hold_id=hold_id, pool_id=claim.pool_id, units=claim.units
                )

    def _explain(self, claims: Sequence[Claim]) -> None:
        rows = self.scope.ask(
            taking.explaining(),
            {
                "p_organization_id": self.scope.organization_id,
                "p_pools": [claim.pool_id for claim in claims],
            },
        ).all()
        releases = {row.id: row.next_release_at for row in rows if row.next_release_at}
        require_free(claims, {row.id: pool_of(row) for row in rows}, releases)


def pool_of(row: Row[Any]) -> Pool:
    return Pool(
        id=row.id,
        resource_id=row.resource_id,
        day=row.day,
        capacity=row.capacity,
        allowance=row.allowance,
        taken=row.taken,
        closed=row.closed,
    )


@attrs.frozen(kw_only=True)
class SqlInventoryWork(InventoryWork):
    inventory: SqlInventory
    resources: SqlResources
    units: SqlUnits
    assets: SqlAssets
    facts: EventLog

    @classmethod
    def on(cls, scope: Scope) -> "SqlInventoryWork":
        return cls(
            inventory=SqlInventory(scope),
            resources=SqlResources(scope),
            units=SqlUnits(scope),
            assets=SqlAssets(scope),
            facts=EventLog(scope),
        )
