"""Starts like a process of the program would: `python -m tests.migrations.starting <url>`."""

import sys
import time

import anyio

from adapters.migrations.runner import upgrade
from adapters.sql.database import EVERYBODY, Database
from adapters.sql.databases import open_database
from adapters.sql.pooling import Pooling


def opened(url: str) -> Database:
    """With less patience than the steps may need."""
    impatient = Pooling(statement_seconds=1, lock_seconds=1, idle_seconds=1)
    return open_database(
        url, pooling=impatient, pause=lambda _: time.sleep(0.001), allow_unsafe=True
    )


async def start(url: str) -> None:
    database = opened(url)
    await database.write(upgrade, of=EVERYBODY)
    await database.close()


if __name__ == "__main__":
    anyio.run(start, sys.argv[1])
    print("alembic" in sys.modules)  # noqa: T201
