"""How far a replica is behind, seen from the server that it follows."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial

import pytest

from adapters.readers.vitals import vitals_of
from adapters.sql.database import NOBODY, Database
from adapters.sql.databases import open_database
from entrypoints.wiring.ambient import pause
from tests.contract.databases import PATIENT, execute
from tests.contract.job_engines import eventually
from tests.postgres_programs import installed
from tests.servers import (
    DESK_ROLE,
    DURABLE,
    SUPERUSER,
    at_the_desk,
    create_database,
    free_port,
    start,
)

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("postgres_admin_url")]

AT_ONCE = "-c wal_receiver_status_interval=1"  # second; the usual ten are too long for a test
A_SECOND = timedelta(seconds=1)
PATIENCE = 20.0


@contextmanager
def with_a_replica() -> Iterator[tuple[str, str]]:
    """Where the one that is written to can be reached, and the one that follows it."""
    with installed("frontdesk-primary-") as (programs, folder):
        port = start(programs, folder, DURABLE)
        with installed("frontdesk-replica-") as (others, copy):
            data, follows = str(copy / "data"), free_port()
            place = f"host=127.0.0.1 port={port} user={SUPERUSER}"
            copied = others.run("pg_basebackup", "-R", "-c", "fast", "-d", place, "-D", data)
            assert copied.returncode == 0, copied.stderr
            options = f"-p {follows} -k {copy} {AT_ONCE}"
            began = others.run(
                "pg_ctl", "start", "-w", "-D", data, "-l", f"{copy}/log", "-o", options
            )
            assert began.returncode == 0, began.stderr
            yield tuple(  # type: ignore[misc]
                f"postgresql+asyncpg://{SUPERUSER}@127.0.0.1:{each}/postgres"
                for each in (port, follows)
            )


async def behind(database: Database) -> timedelta:
    vitals = await database.read(vitals_of, of=NOBODY)
    return vitals.replica_behind


async def is_behind(database: Database) -> bool:
    return await behind(database) > A_SECOND


async def has_caught_up(database: Database) -> bool:
    return await behind(database) <= A_SECOND


async def test_a_replica_that_applies_nothing_is_seen_to_be_behind_by_who_may_see_it() -> None:
    with with_a_replica() as (url, replica):
        ours = await create_database(url)
        desk = open_database(at_the_desk(ours), pooling=PATIENT, pause=pause, allow_unsafe=False)
        await execute(replica, "SELECT pg_wal_replay_pause()")
        await execute(ours, f"GRANT pg_monitor TO {DESK_ROLE}; CREATE TABLE written ()")

        await eventually(partial(is_behind, desk), within=PATIENCE)
        await execute(ours, f"REVOKE pg_monitor FROM {DESK_ROLE}")
        unseen = await behind(desk)
        await execute(ours, f"GRANT pg_monitor TO {DESK_ROLE}")
        await execute(replica, "SELECT pg_wal_replay_resume()")
        await eventually(partial(has_caught_up, desk), within=PATIENCE)
        await desk.close()

    assert unseen == timedelta(0)
