"""Pools: interchangeable units — the rooms of one type for one night, the seats of one session."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import ClassVar

import attrs

from domain.kernel.claims import Claim, part_of
from domain.kernel.identifiers import PoolId, ResourceId
from domain.kernel.refusals import Conflict, Invalid, NotFound


@attrs.frozen
class NotOnSale(NotFound):
    code: ClassVar[str] = "not_on_sale"
    pool_ids: tuple[PoolId, ...]

    def __str__(self) -> str:
        return f"not on sale: {', '.join(self.pool_ids)}"


@attrs.frozen
class Shortage:
    """`next_release_at` is when the first hold on the pool ends, if nobody confirms it."""

    pool_id: PoolId
    requested: int
    free: int
    next_release_at: datetime | None = None


@attrs.frozen
class Sought:
    """What somebody wanted of something of which there is too little, both days included."""

    resource_id: ResourceId
    first_day: date
    last_day: date
    units: int
    part: str | None = None


@attrs.frozen
class SoldOut(Conflict):
    code: ClassVar[str] = "sold_out"
    shortages: tuple[Shortage, ...]
    sought: tuple[Sought, ...] = attrs.field(default=(), eq=False)

    def __str__(self) -> str:
        return "; ".join(
            f"{short.requested} requested of {short.pool_id}, {short.free} free"
            for short in self.shortages
        )


@attrs.frozen
class DiscountUsedUp(SoldOut):
    """As many bookings have the discount code as may; all else that was asked for is there."""

    code: ClassVar[str] = "discount_used_up"


@attrs.frozen
class BlockUsedUp(Conflict):
    """What is left of the block is too little, though more may be free for everybody."""

    code: ClassVar[str] = "block_used_up"
    pool_ids: tuple[PoolId, ...]

    def __str__(self) -> str:
        return f"not that many units are left of the block: {', '.join(self.pool_ids)}"


@attrs.frozen
class CapacityBelowTaken(Conflict):
    code: ClassVar[str] = "capacity_below_taken"
    pool_ids: tuple[PoolId, ...]

    def __str__(self) -> str:
        return f"more units are taken already than would be left: {', '.join(self.pool_ids)}"


@attrs.frozen
class NegativeCapacity(Invalid):
    code: ClassVar[str] = "negative_capacity"
    field: ClassVar[str] = "capacity"
    capacity: int

    def __str__(self) -> str:
        return "capacity and allowance are at least 0"


@attrs.frozen(kw_only=True)
class Few:
    """So many units left of a pool are few, or that share of its capacity if it is more."""

    units: int = 3
    percent: int = 20

    def of(self, capacity: int) -> int:
        return max(self.units, capacity * self.percent // 100)


USUALLY_FEW = Few()


@attrs.frozen(kw_only=True)
class Pool:
    """`allowance` units may be taken beyond `capacity`: overbooking somebody decided upon.

    A pool of something that is no resource, such as the uses of a discount code, has none.
    """

    id: PoolId
    resource_id: ResourceId | None
    day: date
    capacity: int
    allowance: int = 0
    taken: int = 0
    closed: bool = False

    def __attrs_post_init__(self) -> None:
        if min(self.capacity, self.allowance) < 0:
            raise NegativeCapacity(min(self.capacity, self.allowance))

    @property
    def part(self) -> str | None:
        """Which part it is of what is sold in parts."""
        return part_of(self.id, self.day)

    @property
    def free(self) -> int:
        """What may still be taken: nothing from a pool that is closed."""
        return 0 if self.closed else self.capacity + self.allowance - self.taken


@attrs.frozen
class AlreadyTaken(Conflict):
    """`what` is the sort of thing, `names` are those that somebody else has."""

    code: ClassVar[str] = "already_taken"
    what: str
    names: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.what} taken already: {', '.join(self.names)}"


def require_free(
    claims: Sequence[Claim],
    pools: Mapping[PoolId, Pool],
    releases: Mapping[PoolId, datetime] | None = None,
) -> None:
    """Raises NotOnSale, SoldOut or DiscountUsedUp unless every claim fits in its pool.

    `releases` tells when the next hold of a pool ends, for those that have one.
    """
    missing = tuple(claim.pool_id for claim in claims if claim.pool_id not in pools)
    if missing:
        raise NotOnSale(missing)
    shortages = tuple(
        Shortage(
            claim.pool_id,
            requested=claim.units,
            free=pools[claim.pool_id].free,
            next_release_at=(releases or {}).get(claim.pool_id),
        )
        for claim in claims
        if claim.units > pools[claim.pool_id].free
    )
    if not shortages:
        return
    if all(pools[short.pool_id].resource_id is None for short in shortages):
        raise DiscountUsedUp(shortages)
    raise SoldOut(shortages, _sought(claims, pools, shortages))


def _sought(
    claims: Sequence[Claim], pools: Mapping[PoolId, Pool], shortages: Sequence[Shortage]
) -> tuple[Sought, ...]:
    """All that was wanted of each resource, not only where it is short."""
    short = {pools[one.pool_id].resource_id for one in shortages}
    found: dict[tuple[ResourceId, str | None], Sought] = {}
    for claim in claims:
        pool = pools[claim.pool_id]
        if pool.resource_id is None or pool.resource_id not in short:
            continue
        key = (pool.resource_id, pool.part)
        known = found.get(
            key, Sought(pool.resource_id, pool.day, pool.day, claim.units, pool.part)
        )
        found[key] = attrs.evolve(
            known,
            first_day=min(known.first_day, pool.day),
            last_day=max(known.last_day, pool.day),
            units=max(known.units, claim.units),
        )
    return tuple(found.values())
