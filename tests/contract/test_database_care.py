"""What the database's own statistics advise, and how it does while it is used."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from adapters.readers.database_care import SqlDatabaseCare
from adapters.readers.vitals import vitals_of
from adapters.sql.database import EVERYBODY, NOBODY, Database
from adapters.sql.databases import open_database
from application.kernel.care import Vitals
from entrypoints.wiring.ambient import pause
from tests.contract.databases import PATIENT, execute
from tests.servers import administrator

pytestmark = pytest.mark.anyio

FILL = """
    INSERT INTO resources
        (organization_id, id, version, kind, name, zone, sold_by_day, offering)
    SELECT gen_random_uuid(), gen_random_uuid(), 1, 'hotel', 'Room ' || n, 'UTC', true, '{}'
    FROM generate_series(1, 20000) AS n
"""
READ = """
    DO $$ BEGIN
        FOR n IN 1..120 LOOP
            PERFORM count(*) FROM resources WHERE kind = 'none';
        END LOOP;
    END $$
"""
FORGET = "DELETE FROM resources WHERE right(name, 1) IN ('1', '2', '3')"
TOLD = "SELECT pg_stat_force_next_flush()"
BREAK = "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'ix_bookings_overdue'::regclass"


def owners(database: Database) -> SqlDatabaseCare:
    @asynccontextmanager
    async def owned() -> AsyncIterator[Database]:
        yield database

    return SqlDatabaseCare(owned)


def opened(url: str) -> Database:
    return open_database(url, pooling=PATIENT, pause=pause, allow_unsafe=True)


async def advised(database: Database) -> Mapping[tuple[str, str], str]:
    """What to do, by what it is about and the first word of what was found."""
    return {
        (one.about, one.found.split()[0 if one.found[0].isdigit() else 1]): one.do
        for one in await owners(database)()
    }


async def test_what_postgres_has_counted_is_told(own_postgres_url: str) -> None:
    database = opened(own_postgres_url)
    assert await owners(database)() == []

    await execute(own_postgres_url, "ALTER TABLE resources SET (autovacuum_enabled = false)")
    await execute(own_postgres_url, FILL, TOLD)
    grown = await advised(database)
    await execute(own_postgres_url, "ANALYZE resources", READ, FORGET, BREAK, TOLD)
    used = await advised(database)
    await execute(own_postgres_url, "VACUUM ANALYZE resources", TOLD)
    mended = await advised(database)
    await database.close()

    assert grown["resources", "20000"] == "ANALYZE resources"
    assert used["resources", "6000"] == "VACUUM (ANALYZE) resources"
    assert "lacks an index" in used["resources", "read"]
    assert used["ix_bookings_overdue", "not"].startswith("REINDEX")
    assert [about for about, word in used if word == "never" and "ix_resources" in about]
    assert not {("resources", "6000"), ("resources", "20000")} & mended.keys()


async def test_a_file_with_much_room_in_it_is_told(tmp_path: Path) -> None:
    database = opened(f"sqlite:///{tmp_path}/frontdesk.db")
    assert await owners(database)() == []

    def fill(connection: Connection) -> None:
        connection.execute(text("CREATE TABLE notes (note BLOB)"))
        connection.execute(text("INSERT INTO notes VALUES (zeroblob(8000000))"))
        connection.execute(text("DROP TABLE notes"))

    await database.write(fill, of=EVERYBODY)
    [advice] = await owners(database)()
    await database.close()

    assert advice.do.startswith("VACUUM")


async def test_a_transaction_that_stays_open_is_seen(own_postgres_url: str) -> None:
    database = opened(own_postgres_url)
    async with administrator(own_postgres_url) as somebody, somebody.transaction():
        await somebody.execute("SELECT pg_sleep(0.05)")
        vitals = await database.read(vitals_of, of=NOBODY)
    await database.close()

    assert vitals.longest_transaction.total_seconds() >= 0.05
    assert vitals.numbers_used > 0


async def test_sqlite_has_nothing_of_it(tmp_path: Path) -> None:
    database = opened(f"sqlite:///{tmp_path}/frontdesk.db")

    assert await database.read(vitals_of, of=NOBODY) == Vitals()

    await database.close()
