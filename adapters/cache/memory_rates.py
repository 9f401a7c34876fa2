"""What is asked of this process alone."""

from collections import OrderedDict
from collections.abc import Callable

import attrs

from application.kernel.rate_limits import Bucket, RateLimiter
from domain.kernel.identifiers import OrganizationId
from domain.kernel.quotas import SECOND, Verdict

MOST = 100_000


@attrs.frozen(kw_only=True, eq=False)
class MemoryRates(RateLimiter):
    """Forgets the buckets that nobody took from for the longest time, if there are too many."""

    seconds: Callable[[], float]
    most: int = MOST
    _full_at: OrderedDict[tuple[OrganizationId, str], int] = attrs.field(
        factory=OrderedDict, init=False
    )

    async def take(self, bucket: Bucket, *, units: int = 1, least: int = 1) -> Verdict:
        now, key = int(self.seconds() * SECOND), (bucket.organization_id, bucket.name)
        full_at = self._full_at.get(key, now)
        granted, full_at = bucket.quota.take(full_at, units, now=now, least=least)
        self._full_at[key] = full_at
        self._full_at.move_to_end(key)
        if len(self._full_at) > self.most:
            self._full_at.popitem(last=False)
        return bucket.quota.verdict(granted, full_at, now=now)
