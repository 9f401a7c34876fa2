"""A counter that is asked for many at once, so that most requests need not ask it at all.

Each process draws a batch from the shared bucket and gives it out by itself. What is given out
was taken from the bucket before, so all processes together never give out more than there was;
what a process draws and does not use within the quota's time is lost. Over any span a process
can only add the one batch that it held when the span began.
"""

from asyncio import Lock
from collections import OrderedDict
from collections.abc import Callable
from math import ceil

import attrs

from application.kernel.rate_limits import Bucket, RateLimiter
from domain.kernel.identifiers import OrganizationId
from domain.kernel.quotas import Verdict

PARTS = 20  # of a quota are in a batch, at the most
LARGEST = 5_000
NOTHING = Verdict(granted=0, remaining=0, reset=0)
MOST = 20_000


@attrs.define(eq=False)
class Batch:
    """What is left of it, and until when; or until when there is nothing to be had."""

    left: int = 0
    shared: Verdict = NOTHING
    drawn_at: float = 0
    until: float = 0
    lock: Lock = attrs.field(factory=Lock)

    def take(self, now: float) -> Verdict | None:
        """None if the shared bucket has to be asked."""
        if now >= self.until:
            return None
        reset = max(1, ceil(self.shared.reset - (now - self.drawn_at)))
        if self.shared.granted == 0:
            return Verdict(granted=0, remaining=0, reset=reset)
        if self.left == 0:
            return None
        self.left -= 1
        return Verdict(granted=1, remaining=self.shared.remaining + self.left, reset=reset)

    def draw(self, shared: Verdict, now: float, lifetime: float) -> None:
        self.left, self.shared, self.drawn_at = shared.granted, shared, now
        self.until = now + (lifetime if shared.granted else min(lifetime, shared.reset))


@attrs.frozen(kw_only=True, eq=False)
class BatchedRates(RateLimiter):
    """Whoever asks for several at once is passed on; so is what a batch would be too large for."""

    rates: RateLimiter
    seconds: Callable[[], float]
    most: int = MOST
    _batches: OrderedDict[tuple[OrganizationId, str], Batch] = attrs.field(
        factory=OrderedDict, init=False
    )

    async def take(self, bucket: Bucket, *, units: int = 1, least: int = 1) -> Verdict:
        size = min(bucket.quota.most // PARTS, LARGEST)
        if units != 1 or size < 1:
            return await self.rates.take(bucket, units=units, least=least)
        batch = self._batch(bucket)
        given = batch.take(self.seconds())
        if given is not None:
            return given
        async with batch.lock:  # one asks for all who wait
            return await self._draw(batch, bucket, size)

    async def _draw(self, batch: Batch, bucket: Bucket, size: int) -> Verdict:
        while (given := batch.take(self.seconds())) is None:
            shared = await self.rates.take(bucket, units=size)
            batch.draw(shared, self.seconds(), bucket.quota.seconds)
        return given

    def _batch(self, bucket: Bucket) -> Batch:
        key = (bucket.organization_id, bucket.name)
        batch = self._batches.get(key)
        if batch is None:
            batch = self._batches[key] = Batch()
            if len(self._batches) > self.most:
                self._batches.popitem(last=False)
        self._batches.move_to_end(key)
        return batch
