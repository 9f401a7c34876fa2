"""How connections are pooled, as it is set."""

from typing import Any

from adapters.sql.pooling import Pooling
from entrypoints.wiring.settings import Settings


def pooling_of(settings: Settings) -> Pooling:
    return Pooling(
        writers=settings.database_writers,
        size=settings.database_pool_size,
        overflow=settings.database_pool_overflow,
        recycle_seconds=settings.database_pool_recycle_seconds,
        statement_seconds=settings.database_statement_seconds,
        lock_seconds=settings.database_lock_seconds,
        idle_seconds=settings.database_idle_seconds,
    )


def most_connections(settings: Settings, pool: Any) -> int:
    """SQLite's pool has no overflow."""
    overflow = 0 if settings.on_sqlite else settings.database_pool_overflow
    most: int = pool.size() + overflow
    return most
