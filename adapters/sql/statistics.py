"""Statistics by which SQLite chooses indexes; unlike PostgreSQL it makes none by itself.

Without them it takes, of two indexes that fit, one that looks at every row of an organization.
"""

import attrs
from sqlalchemy import Connection

from adapters.sql.database import NOBODY, Database

LOOKED_AT = 1_000
"""Rows of each index at the most, so that nobody who writes waits for long."""
GROWTH = 1.25


@attrs.define
class SqliteStatistics:
    """Made once by every process that looks after them, and whenever there is a quarter more."""

    database: Database
    _pages: float = attrs.field(default=0, init=False)

    async def __call__(self) -> int:
        """Nothing that would have to be asked for again at once."""
        pages = await self.database.read(_pages_of, of=NOBODY)
        if pages >= self._pages * GROWTH:
            await self.database.write(_take, of=NOBODY)
            self._pages = pages
        return 0


def _pages_of(connection: Connection) -> int:
    pages: int = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    return pages


def _take(connection: Connection) -> None:
    """Whoever is connected reads statistics when the schema changes, as it does by a new table."""
    connection.exec_driver_sql(f"PRAGMA analysis_limit={LOOKED_AT}")
    connection.exec_driver_sql("DROP TABLE IF EXISTS sqlite_stat1")
    connection.exec_driver_sql("ANALYZE")
