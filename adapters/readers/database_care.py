"""What could be done for the database, by what it has counted itself since it began to count."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs
from sqlalchemy import Connection, text

from adapters.sql.database import EVERYBODY
from adapters.sql.databases import Owned
from application.kernel.care import Advice, DatabaseCare

LARGE, MANY = 10_000, 1_000
"""Rows from which on reading all of a table is slow, and dead ones from which on they matter."""

DEAD_SHARE, FREE_SHARE = 0.2, 0.25
LARGE_INDEX = 2**20  # bytes
TIMES = 100

TABLES = text("""
    SELECT relname, n_live_tup, n_dead_tup, n_mod_since_analyze, seq_scan, seq_tup_read,
        coalesce(last_analyze, last_autoanalyze) IS NULL AS never
    FROM pg_stat_user_tables WHERE schemaname = 'public' ORDER BY seq_tup_read DESC
""")
UNUSED = text("""
    SELECT indexrelname, pg_relation_size(indexrelid) AS size
    FROM pg_stat_user_indexes JOIN pg_index USING (indexrelid)
    WHERE schemaname = 'public' AND idx_scan = 0 AND NOT indisunique
    ORDER BY size DESC
""")
INVALID = text("SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid")


@attrs.frozen
class SqlDatabaseCare(DatabaseCare):
    """Asks as the owner, who alone sees all rows that were counted."""

    owned: Owned

    async def __call__(self) -> Sequence[Advice]:
        async with self.owned() as database:
            ask = of_postgres if database.engine.dialect.name == "postgresql" else of_sqlite
            return await database.read(lambda connection: list(ask(connection)), of=EVERYBODY)


def of_postgres(connection: Connection) -> Iterator[Advice]:
    for name in connection.execute(INVALID).scalars():
        yield Advice(about=name, found="is not valid", do=f"REINDEX INDEX CONCURRENTLY {name}")
    for table in connection.execute(TABLES).mappings():
        yield from _of_table(table)
    for index in connection.execute(UNUSED).mappings():
        if index["size"] >= LARGE_INDEX:
            yield Advice(
                about=index["indexrelname"],
                found=f"was never used, and takes {index['size'] // LARGE_INDEX} MiB",
                do="nothing yet: it may be for a rare question; see whether replicas use it",
            )


def _of_table(table: Mapping[Any, Any]) -> Iterator[Advice]:
    name, live, dead = table["relname"], table["n_live_tup"], table["n_dead_tup"]
    if dead >= MANY and dead > DEAD_SHARE * (live + dead):
        yield Advice(
            about=name,
            found=f"{dead} of {live + dead} rows are dead",
            do=f"VACUUM (ANALYZE) {name}",
        )
    elif table["n_mod_since_analyze"] >= MANY and (
        table["never"] or table["n_mod_since_analyze"] > live
    ):
        found = f"{table['n_mod_since_analyze']} changes since it was last looked at"
        yield Advice(about=name, found=found, do=f"ANALYZE {name}")
    if live >= LARGE and table["seq_scan"] >= TIMES:
        read = table["seq_tup_read"] // table["seq_scan"]
        if read >= LARGE:
            yield Advice(
                about=name,
                found=f"was read from end to end {table['seq_scan']} times, {read} rows each",
                do="look for the statement in the log of slow ones: it lacks an index",
            )


def of_sqlite(connection: Connection) -> Iterator[Advice]:
    pages, free = (
        connection.execute(text(f"PRAGMA {what}")).scalar_one()
        for what in ("page_count", "freelist_count")
    )
    if free > MANY and free > FREE_SHARE * pages:
        yield Advice(
            about="the file",
            found=f"{free} of {pages} pages are empty",
            do="VACUUM, while nobody works: it writes the file anew",
        )
