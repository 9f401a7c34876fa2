"""The database that everybody works on, and hears of."""

from collections.abc import Callable

from adapters.sql.database import Database
from adapters.sql.databases import Pause, open_database
from adapters.sql.news import News, WatchedDatabase
from adapters.sql.pooling import Pooling
from entrypoints.wiring.settings import Settings
from entrypoints.wiring.vault import vault_of


def watched_database(
    settings: Settings,
    news: News,
    *,
    pooling: Pooling,
    pause: Pause,
    listen: Callable[[Database], None],
) -> WatchedDatabase:
    database = open_database(
        settings.url,
        pooling=pooling,
        pause=pause,
        allow_unsafe=settings.allow_unsafe_database,
        vault=vault_of(settings),
    )
    listen(database)
    return WatchedDatabase(database=database, committed=news.committed_here)
