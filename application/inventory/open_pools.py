"""Put units of a resource on sale, or change how many there are."""

from typing import Generic, TypeVar

import attrs

from application.inventory.ports import InventoryWork, WaitingFirst
from application.kernel.once import Once
from application.kernel.ports import Clock, UnitOfWork
from domain.inventory.events import PoolsOpened
from domain.inventory.pools import Pool
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ResourceId
from domain.kernel.periods import DateRange

Work = TypeVar("Work", bound=InventoryWork)


@attrs.frozen(kw_only=True)
class OpenPools:
    """`dates` are local dates of the place, or None for a resource that is sold whole."""

    actor: Actor
    resource_id: ResourceId
    dates: DateRange | None
    part: str | None = None
    capacity: int
    allowance: int = 0
    closed: bool = False
    once: Once[int] | None = None


@attrs.frozen(kw_only=True)
class OpenPoolsHandler(Generic[Work]):
    """`waiting` may need more of the unit of work than this does."""

    unit_of_work: UnitOfWork[Work]
    clock: Clock
    waiting: WaitingFirst[Work]

    async def __call__(self, command: OpenPools, /) -> int:
        """How many pools were opened or changed. Raises CapacityBelowTaken, and changes none."""

        def open_pools(work: Work) -> int:
            resource = work.resources.get(command.resource_id)
            days = resource.offering.pools(
                resource.stock, dates=command.dates, zone=resource.zone, part=command.part
            )
            pools = [
                Pool(
                    id=pool_id,
                    resource_id=resource.stock,
                    day=day,
                    capacity=command.capacity,
                    allowance=command.allowance,
                    closed=command.closed,
                )
                for pool_id, day in sorted(days.items())
            ]
            pool_ids = [pool.id for pool in pools]
            self.waiting.around(work, pool_ids, lambda: work.inventory.open(pools))
            work.facts.publish([self._opened(command)])
            return len(pools)

        return await self.unit_of_work(command.actor, open_pools, once=command.once)

    def _opened(self, command: OpenPools) -> PoolsOpened:
        return PoolsOpened(
            resource_id=command.resource_id,
            part=command.part,
            first=command.dates.first if command.dates is not None else None,
            until=command.dates.until if command.dates is not None else None,
            capacity=command.capacity,
            allowance=command.allowance,
            closed=command.closed,
            occurred_at=self.clock(),
        )
