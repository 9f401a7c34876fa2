"""What keeps everything in memory."""

from collections import Counter
from collections.abc import Mapping, Sequence

import attrs

from domain.inventory.pools import Pool
from domain.kernel.actors import Actor
from domain.kernel.identifiers import PoolId
from tests.contract.storages import Storage
from tests.fakes.storage import Memory
from tests.samples import DESK


@attrs.frozen
class MemoryStorage(Storage):
    work: Memory = attrs.field(factory=Memory)

    async def pools(self, actor: Actor = DESK) -> Mapping[PoolId, Pool]:
        return self.work.rows(actor).pools

    async def claimed(self, actor: Actor = DESK) -> Mapping[PoolId, int]:
        units = Counter[PoolId]()
        for held in self.work.rows(actor).claims.values():
            for claim in held:
                units[claim.pool_id] += claim.units
        return units

    async def events(self, actor: Actor = DESK) -> Sequence[str]:
        return [event.name for event in self.work.rows(actor).events]

    async def jobs(self, actor: Actor = DESK) -> Sequence[str]:
        return sorted(job.name for job in self.work.rows(actor).jobs)
