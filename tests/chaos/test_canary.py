"""A server that is stopped at once has all that it acknowledged, unless it was told to forget."""

import pytest

from tests.chaos.canary import crash
from tests.chaos.conftest import Place
from tests.contract.databases import create_tables
from tests.servers import administrator

pytestmark = pytest.mark.anyio

ENOUGH = 200
# And the server is in no hurry to write down by itself what it has acknowledged.
FORGETFUL = (
    "synchronous_commit = off",
    "wal_writer_delay = '10s'",
    "wal_writer_flush_after = '1GB'",
)


async def test_what_was_acknowledged_is_there_unless_the_server_was_told_to_forget(
    postgres_place: Place,
) -> None:
    server = postgres_place.database
    assert server is not None
    await create_tables(server.url)

    told = await crash(server, after=ENOUGH)
    missing = await told.missing()
    await told.database.close()

    await forget(server.url)
    forgotten = await crash(server, after=ENOUGH)
    missed = await forgotten.missing()
    await forgotten.database.close()

    assert (told.in_flight > 0, forgotten.in_flight > 0) == (True, True), "nothing was under way"
    assert missing == []
    assert missed, "a server that forgets has not been found out"


async def forget(url: str) -> None:
    """Returns when sessions that begin are told so."""
    async with administrator(url) as connection:
        for setting in FORGETFUL:
            await connection.execute(f"ALTER SYSTEM SET {setting}")
        await connection.execute("SELECT pg_reload_conf()")
        while await connection.fetchval("SHOW synchronous_commit") != "off":
            """Until the server has heard of it."""
