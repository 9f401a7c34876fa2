"""What is asked, counted in Redis: one script each time, which nothing can come in between."""

import attrs
from redis.asyncio import Redis
from redis.exceptions import RedisError

from application.kernel.rate_limits import Bucket, RateLimiter
from application.kernel.refusals import Unavailable
from domain.kernel.quotas import Verdict

PREFIX = "frontdesk:rate:"

# As in domain/kernel/quotas.py, on the clock of the server. Lua's numbers are exact up to 2^53,
# which microseconds reach in the year 2255; but they are written with all their digits by %.0f.
TAKE = """
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local interval, capacity, units = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local begins = math.max(tonumber(redis.call('GET', KEYS[1]) or 0), now)
local granted = math.min(units, math.floor((now + capacity - begins) / interval))
local full_at = begins + granted * interval
if granted > 0 then
    local kept = math.ceil((full_at - now) / 1000)
    redis.call('SET', KEYS[1], string.format('%.0f', full_at), 'PX', kept)
end
return {granted, string.format('%.0f', full_at), string.format('%.0f', now)}
"""


@attrs.frozen
class RedisRates(RateLimiter):
    """Raises Unavailable whatever is the matter with the server, after a fraction of a second."""

    redis: "Redis"

    @classmethod
    def at(cls, url: str, *, patience: float) -> "RedisRates":
        """Connects when it is asked first; `patience` is in seconds."""
        return cls(Redis.from_url(url, socket_timeout=patience, socket_connect_timeout=patience))

    async def take(self, bucket: Bucket, *, units: int = 1) -> Verdict:
        quota = bucket.quota
        key = f"{PREFIX}{bucket.organization_id.hex}:{bucket.name}"
        try:
            # The text of the script travels each time: it is short, and no server can lack it.
            answer = await self.redis.eval(TAKE, 1, key, quota.interval, quota.capacity, units)
        except (RedisError, OSError, TimeoutError) as lost:
            raise Unavailable from lost
        granted, full_at, now = map(int, answer)
        return quota.verdict(granted, full_at, now=now)

    async def close(self) -> None:
        await self.redis.aclose()
