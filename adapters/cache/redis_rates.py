"""What is asked, counted in Redis: one script each time, which nothing can come in between."""

from collections.abc import Sequence

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
local answer = {string.format('%.0f', now)}
for at, key in ipairs(KEYS) do
    local interval, capacity = tonumber(ARGV[4 * at - 3]), tonumber(ARGV[4 * at - 2])
    local units, least = tonumber(ARGV[4 * at - 1]), tonumber(ARGV[4 * at])
    local begins = math.max(tonumber(redis.call('GET', key) or 0), now)
    local left = math.max(math.floor((now + capacity - begins) / interval), 0)
    local granted = math.min(units, left)
    if granted < least then
        granted = 0
    end
    local full_at = string.format('%.0f', begins + granted * interval)
    table.insert(answer, granted)
    table.insert(answer, full_at)
    if granted == 0 then
        break
    end
    local kept = math.ceil((begins + granted * interval - now) / 1000)
    redis.call('SET', key, full_at, 'PX', kept)
end
return answer
"""


@attrs.frozen
class RedisRates(RateLimiter):
    """Raises Unavailable whatever is the matter with the server, after a fraction of a second."""

    redis: "Redis"

    @classmethod
    def at(cls, url: str, *, patience: float) -> "RedisRates":
        """Connects when it is asked first; `patience` is in seconds."""
        return cls(Redis.from_url(url, socket_timeout=patience, socket_connect_timeout=patience))

    async def take(self, bucket: Bucket, *, units: int = 1, least: int = 1) -> Verdict:
        return (await self._taken([bucket], units, least))[0]

    async def one_of_each(self, buckets: Sequence[Bucket]) -> Sequence[Verdict]:
        return await self._taken(buckets, 1, 1)

    async def _taken(self, buckets: Sequence[Bucket], units: int, least: int) -> Sequence[Verdict]:
        quotas = [bucket.quota for bucket in buckets]
        asked = [number for it in quotas for number in (it.interval, it.capacity, units, least)]
        keys = map(_key, buckets)
        try:
            # The text of the script travels each time: it is short, and no server can lack it.
            answer = await self.redis.eval(TAKE, len(buckets), *keys, *asked)
        except (RedisError, OSError, TimeoutError) as lost:
            raise Unavailable from lost
        now, *taken = map(int, answer)
        each = zip(quotas, taken[::2], taken[1::2], strict=False)
        return [quota.verdict(granted, full_at, now=now) for quota, granted, full_at in each]

    async def answers(self) -> bool:
        try:
            await self.redis.ping()
        except (RedisError, OSError, TimeoutError):
            return False
        return True

    async def close(self) -> None:
        await self.redis.aclose()


def _key(bucket: Bucket) -> str:
    """A cluster keeps what is in braces together, so that one script may touch all of it."""
    return f"{PREFIX}{{{bucket.organization_id.hex}}}:{bucket.name}"
