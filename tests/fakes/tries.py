"""Tries counted in memory."""

from collections.abc import Sequence
from datetime import datetime

import attrs

from application.identity.people_ports import TryCounts
from application.kernel.ports import Clock
from application.kernel.refusals import RateLimited
from domain.identity.tries import Limit, Tries


@attrs.frozen
class MemoryTryCounts(TryCounts):
    clock: Clock
    counts: dict[str, Tries] = attrs.field(factory=dict)

    async def take(self, limits: Sequence[Limit]) -> None:
        now = self.clock()
        counted = {limit.counted: self._one_more(limit, now) for limit in limits}
        waits = [counted[limit.counted].seconds_to_wait(limit, now=now) for limit in limits]
        if any(waits):
            raise RateLimited(retry_after=max(waits))
        self.counts.update(counted)

    async def give_back(self, limits: Sequence[Limit]) -> None:
        for limit in limits:
            before = self.counts[limit.counted]
            self.counts[limit.counted] = attrs.evolve(before, number=before.number - 1)

    def _one_more(self, limit: Limit, now: datetime) -> Tries:
        before = self.counts.get(limit.counted)
        if before is None or before.began_at + limit.within <= now:
            return Tries(began_at=now, number=1)
        return attrs.evolve(before, number=before.number + 1)
