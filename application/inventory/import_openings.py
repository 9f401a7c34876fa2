"""Put units on sale from a list, many at a time."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Generic, TypeVar

import attrs

from application.inventory.ports import InventoryWork, WaitingFirst
from application.kernel.ports import Stale
from application.kernel.rows import Row, RowRefused
from domain.inventory.events import PoolsOpened
from domain.inventory.pools import CapacityBelowTaken, Pool
from domain.inventory.resources import Resource, ResourceNotFound
from domain.kernel.identifiers import PoolId, ResourceId
from domain.kernel.periods import DateRange
from domain.kernel.refusals import Refusal

Work = TypeVar("Work", bound=InventoryWork)


@attrs.frozen(kw_only=True)
class OpeningRow:
    """`dates` are local dates of the place, or None for what is sold whole."""

    resource_id: ResourceId
    dates: DateRange | None = None
    part: str | None = None
    capacity: int
    allowance: int = 0
    closed: bool = False


@attrs.frozen(kw_only=True)
class ImportOpenings(Generic[Work]):
    """`waiting` may need more of the unit of work than this does."""

    waiting: WaitingFirst[Work]

    def __call__(
        self, work: Work, rows: Sequence[Row], /, *, now: datetime
    ) -> Sequence[RowRefused]:
        """Opens or changes all pools of a row, or none if more are taken of one than it leaves.

        Of two rows about one pool, the later one counts. Raises Stale if somebody opened and sold
        one of the pools at the same moment, or if somebody joined who waits for other pools, too.
        """
        pools, refused = _understood(work, rows)
        wanted = sorted({pool.id for row in pools.values() for pool in row})

        def open_pools() -> None:
            refused.extend(_open_rows(work, rows, pools, work.inventory.lock(wanted), now))

        self.waiting.around(work, wanted, open_pools)
        return refused


def _open_rows(
    work: InventoryWork,
    rows: Sequence[Row],
    pools: Mapping[int, Sequence[Pool]],
    locked: Mapping[PoolId, Pool],
    now: datetime,
) -> Iterator[RowRefused]:
    opened: dict[PoolId, Pool] = {}
    for row in rows:
        if row.line not in pools:
            continue
        short = tuple(pool.id for pool in pools[row.line] if _is_short(pool, locked))
        if short:
            yield RowRefused.because(row.line, CapacityBelowTaken(short))
            continue
        opened |= {pool.id: pool for pool in pools[row.line]}
        work.facts.publish([opened_by(row.value, now)])
    _open(work, list(opened.values()))


def _understood(
    work: InventoryWork, rows: Sequence[Row]
) -> tuple[Mapping[int, Sequence[Pool]], list[RowRefused]]:
    """The pools of each row by its line, and the rows that make no sense."""
    wanted = sorted({row.value.resource_id for row in rows})
    resources = {resource.id: resource for resource in work.resources.several(wanted)}
    pools: dict[int, Sequence[Pool]] = {}
    refused: list[RowRefused] = []
    for row in rows:
        try:
            pools[row.line] = tuple(_pools(row.value, resources))
        except Refusal as refusal:
            refused.append(RowRefused.because(row.line, refusal))
    return pools, refused


def _is_short(new: Pool, locked: Mapping[PoolId, Pool]) -> bool:
    return new.id in locked and locked[new.id].taken > new.capacity + new.allowance


def _open(work: InventoryWork, pools: Sequence[Pool]) -> None:
    try:
        work.inventory.open(pools)
    except CapacityBelowTaken as overtaken:
        raise Stale("a pool that was not there has been opened and sold") from overtaken


def _pools(row: OpeningRow, resources: Mapping[ResourceId, Resource]) -> Iterator[Pool]:
    resource = resources.get(row.resource_id)
    if resource is None:
        raise ResourceNotFound(row.resource_id)
    return pools_of(row, resource)


def pools_of(row: OpeningRow, resource: Resource) -> Iterator[Pool]:
    """Raises what the kind of offering refuses."""
    days: Mapping[PoolId, date] = resource.offering.pools(
        resource.stock, dates=row.dates, zone=resource.zone, part=row.part
    )
    for pool_id, day in days.items():
        yield Pool(
            id=pool_id,
            resource_id=resource.stock,
            day=day,
            capacity=row.capacity,
            allowance=row.allowance,
            closed=row.closed,
        )


def opened_by(row: OpeningRow, now: datetime) -> PoolsOpened:
    return PoolsOpened(
        resource_id=row.resource_id,
        part=row.part,
        first=row.dates.first if row.dates is not None else None,
        until=row.dates.until if row.dates is not None else None,
        capacity=row.capacity,
        allowance=row.allowance,
        closed=row.closed,
        occurred_at=now,
    )
