"""SQLite chooses indexes by statistics that a worker makes, again when there is much more."""

from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from adapters.sql.database import NOBODY, Database
from adapters.sql.databases import open_database
from adapters.sql.statistics import SqliteStatistics
from tests.contract.databases import PATIENT

pytestmark = pytest.mark.anyio

ASKED = "SELECT 1 FROM facts WHERE owner = 'one' AND place < 9 AND about = 7"
TIMES = count()


async def written(database: Database, first: int, behind: int) -> None:
    def write(connection: Connection) -> None:
        rows = [{"place": place, "about": place // 2} for place in range(first, behind)]
        connection.execute(text("INSERT INTO facts VALUES ('one', :place, :about)"), rows)

    await database.write(write, of=NOBODY)


async def plan(database: Database) -> str:
    def explained(connection: Connection) -> str:
        connection.execute(text(ASKED)).all()  # to explain alone notices nothing that changed
        explaining = text(f"EXPLAIN QUERY PLAN {ASKED} -- {next(TIMES)}")
        return " ".join(row.detail for row in connection.execute(explaining))

    return await database.read(explained, of=NOBODY)


def create(connection: Connection) -> None:
    connection.execute(text("CREATE TABLE facts (owner, place, about, UNIQUE (owner, place))"))
    connection.execute(text("CREATE INDEX by_about ON facts (owner, about)"))


async def times_taken(database: Database) -> int:
    def version(connection: Connection) -> int:
        return int(connection.execute(text("PRAGMA schema_version")).scalar_one())

    return await database.read(version, of=NOBODY)


def opened(folder: Path) -> Database:
    url = f"sqlite:///{folder}/facts.db"
    return open_database(url, pooling=PATIENT, pause=lambda _: None, allow_unsafe=False)


async def test_every_connection_knows_what_an_index_tells(tmp_path: Path) -> None:
    database, other = opened(tmp_path), opened(tmp_path)
    statistics = SqliteStatistics(database)
    await database.write(create, of=NOBODY)
    await statistics()
    await written(database, 0, 4_000)
    assert "autoindex" in await plan(other)

    await statistics()

    assert "by_about" in await plan(other)
    await database.close()
    await other.close()


async def test_they_are_made_again_when_there_is_a_quarter_more(tmp_path: Path) -> None:
    database = opened(tmp_path)
    statistics = SqliteStatistics(database)
    await database.write(create, of=NOBODY)
    await written(database, 0, 4_000)
    await statistics()
    made = await times_taken(database)

    await written(database, 4_000, 4_200)
    await statistics()
    assert await times_taken(database) == made

    await written(database, 4_200, 8_000)
    await statistics()
    assert await times_taken(database) > made
    await database.close()
