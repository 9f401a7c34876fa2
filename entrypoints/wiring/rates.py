"""Wiring of limits on requests: counted in Redis if there is one, else in SQL, by the batch."""

from collections.abc import Awaitable, Callable

from dependency_injector import containers, providers

from adapters.cache.batched_rates import BatchedRates
from adapters.cache.dependable_rates import DependableRates
from adapters.cache.memory_rates import MemoryRates
from adapters.cache.redis_rates import RedisRates
from adapters.repositories.rate_limits import SqlRates
from adapters.sql.database import Database
from application.kernel.rate_limits import RateLimiter
from entrypoints.wiring.settings import Settings

PATIENCE = 0.25  # seconds with Redis, once: for a while after that nobody waits for it


def _redis(url: str | None) -> RedisRates | None:
    return None if url is None else RedisRates.at(url, patience=PATIENCE)


def _rates(
    redis: RedisRates | None, database: Database, seconds: Callable[[], float]
) -> RateLimiter:
    batched = BatchedRates(rates=SqlRates(database), seconds=seconds)
    in_sql = DependableRates(shared=batched, alone=MemoryRates(seconds=seconds), seconds=seconds)
    if redis is None:
        return in_sql
    return DependableRates(shared=redis, alone=in_sql, seconds=seconds)


def _closing(redis: RedisRates | None) -> Callable[[], Awaitable[None]]:
    async def close() -> None:
        if redis is not None:
            await redis.close()

    return close


class RatesContainer(containers.DeclarativeContainer):
    settings = providers.Dependency(instance_of=Settings)
    database: providers.Dependency[object] = providers.Dependency()
    seconds: providers.Dependency[object] = providers.Dependency()

    redis = providers.Singleton(_redis, settings.provided.redis_url)
    rates = providers.Singleton(_rates, redis, database, seconds)
    close = providers.Singleton(_closing, redis)
