"""Inventory in memory."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

import attrs

from application.inventory.ports import Inventory
from application.kernel.ports import Stale
from domain.inventory.pools import (
    AlreadyTaken,
    BlockUsedUp,
    CapacityBelowTaken,
    Pool,
    require_free,
)
from domain.kernel.claims import Claim, ExclusiveClaim, IntervalClaim
from domain.kernel.identifiers import HoldId, PoolId, ResourceId, UnitId
from tests.fakes.rows import Rows, must_exist
from tests.fakes.units import MemoryUnits


@attrs.frozen
class MemoryInventory(Inventory):
    rows: Rows

    def take(self, hold_id: HoldId, claims: Sequence[Claim]) -> None:
        self.take_together({hold_id: claims})

    def take_together(self, wanted: Mapping[HoldId, Sequence[Claim]]) -> None:
        units = Counter[PoolId]()
        for hold_id, claims in wanted.items():
            self._must_be_new(hold_id, claims)
            units.update({claim.pool_id: claim.units for claim in claims})
        self._require(units)
        for hold_id, claims in wanted.items():
            self._move(claims, sign=1)
            self.rows.claims[hold_id] = (*self.rows.claims.get(hold_id, ()), *claims)

    def take_exclusively(self, hold_id: HoldId, claims: Sequence[ExclusiveClaim]) -> None:
        taken = [claim for claim in claims if claim in self.rows.exclusives]
        if taken:
            what = min(claim.what for claim in taken)
            names = sorted(claim.name for claim in taken if claim.what == what)
            raise AlreadyTaken(what, tuple(names))
        self.rows.exclusives.update(dict.fromkeys(claims, hold_id))

    def taken_among(self, claims: Sequence[ExclusiveClaim]) -> Sequence[ExclusiveClaim]:
        taken = {claim for claim in claims if claim in self.rows.exclusives}
        return sorted(taken, key=lambda claim: (claim.what, claim.name))

    def take_units(
        self, hold_id: HoldId, intervals: Sequence[IntervalClaim]
    ) -> tuple[UnitId, ...]:
        return MemoryUnits(self.rows).pick(hold_id, intervals)

    def take_any(self, hold_id: HoldId, intervals: Sequence[IntervalClaim]) -> None:
        MemoryUnits(self.rows).pick(hold_id, intervals)

    def swap(self, hold_id: HoldId, *, before: Sequence[Claim], after: Sequence[Claim]) -> None:
        units = Counter({claim.pool_id: claim.units for claim in after})
        units.subtract({claim.pool_id: claim.units for claim in before})
        self._require({id: number for id, number in units.items() if number > 0})
        self._move(self.rows.claims.get(hold_id, ()), sign=-1)
        self._move(after, sign=1)
        self.rows.claims[hold_id] = tuple(after)

    def transfer(self, from_hold: HoldId, to_hold: HoldId, claims: Sequence[Claim]) -> None:
        self._must_be_new(to_hold, claims)
        left = Counter({c.pool_id: c.units for c in self.rows.claims.get(from_hold, ())})
        short = tuple(claim.pool_id for claim in claims if left[claim.pool_id] < claim.units)
        if short:
            raise BlockUsedUp(short)
        left.subtract({claim.pool_id: claim.units for claim in claims})
        self.rows.claims[from_hold] = tuple(
            Claim(id, units) for id, units in left.items() if units
        )
        self.rows.claims[to_hold] = (*self.rows.claims.get(to_hold, ()), *claims)

    def taken_exclusively(self, resource_id: ResourceId) -> Sequence[ExclusiveClaim]:
        return [claim for claim in self.rows.exclusives if claim.resource_id == resource_id]

    def swap_exclusively(
        self,
        hold_id: HoldId,
        *,
        before: Sequence[ExclusiveClaim],
        after: Sequence[ExclusiveClaim],
    ) -> None:
        for claim in before:
            if claim not in after and self.rows.exclusives.get(claim) == hold_id:
                del self.rows.exclusives[claim]
        self.take_exclusively(hold_id, [claim for claim in after if claim not in before])

    def lock(self, pool_ids: Sequence[PoolId]) -> Mapping[PoolId, Pool]:
        return {id: self.rows.pools[id] for id in pool_ids if id in self.rows.pools}

    def give_back(self, hold_ids: Sequence[HoldId]) -> None:
        for hold_id in hold_ids:
            self._move(self.rows.claims.pop(hold_id, ()), sign=-1)
            MemoryUnits(self.rows).release(hold_id)
            theirs = [claim for claim, holder in self.rows.exclusives.items() if holder == hold_id]
            for claim in theirs:
                del self.rows.exclusives[claim]

    def close(self, resource_id: ResourceId) -> None:
        for pool in list(self.rows.pools.values()):
            if pool.resource_id == resource_id:
                self.rows.pools[pool.id] = attrs.evolve(pool, closed=True)

    def redate(self, resource_id: ResourceId, day: date) -> None:
        for pool in list(self.rows.pools.values()):
            if pool.resource_id == resource_id:
                self.rows.pools[pool.id] = attrs.evolve(pool, day=day)

    def open(self, pools: Sequence[Pool]) -> None:
        for pool in pools:
            if pool.resource_id is not None:
                must_exist(self.rows, pool.resource_id)
        opened = [self._opened(pool) for pool in pools]
        refused = tuple(pool.id for pool in opened if not _is_sound(pool))
        if refused:
            raise CapacityBelowTaken(refused)
        self.rows.pools.update({pool.id: pool for pool in opened})

    def _opened(self, new: Pool) -> Pool:
        """What is taken stays taken, and a pool stays where it belongs."""
        old = self.rows.pools.get(new.id, attrs.evolve(new, taken=0))
        return attrs.evolve(new, resource_id=old.resource_id, day=old.day, taken=old.taken)

    def _must_be_new(self, hold_id: HoldId, claims: Sequence[Claim]) -> None:
        wanted = {claim.pool_id for claim in claims}
        if not wanted or len(wanted) < len(claims):
            raise ValueError("one claim a pool, and at least one")
        if any(claim.pool_id in wanted for claim in self.rows.claims.get(hold_id, ())):
            raise Stale(f"{hold_id} has taken that already")

    def _require(self, units: Mapping[PoolId, int]) -> None:
        wanted = [Claim(pool_id, number) for pool_id, number in units.items()]
        require_free(wanted, self.rows.pools, self._next_releases())

    def _move(self, claims: Iterable[Claim], *, sign: int) -> None:
        for claim in claims:
            pool = self.rows.pools[claim.pool_id]
            self.rows.pools[pool.id] = attrs.evolve(pool, taken=pool.taken + sign * claim.units)
            assert _is_sound(self.rows.pools[pool.id])

    def _next_releases(self) -> Mapping[PoolId, datetime]:
        held = sorted(self.rows.held(), key=lambda booking: booking.expires_at, reverse=True)
        return {c.pool_id: b.expires_at for b in held for c in self.rows.claims_of(b)}


def _is_sound(pool: Pool) -> bool:
    return 0 <= pool.taken <= pool.capacity + pool.allowance
