"""Three walls between organizations; each is torn down in turn, and the others hold.

The first is the code, which names the organization in every statement, the second the keys, and
the third PostgreSQL's row-level security.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator

import attrs
import pytest
from sqlalchemy import (
    Connection,
    Insert,
    Update,
    Uuid,
    delete,
    insert,
    literal,
    select,
    true,
    update,
)
from sqlalchemy.exc import DBAPIError, IntegrityError

from adapters.schema.inventory import claims, pools
from adapters.schema.metadata import metadata
from adapters.sql.database import Database
from adapters.sql.databases import open_database
from domain.kernel.identifiers import OrganizationId
from entrypoints.wiring.ambient import pause
from tests.contract.databases import PATIENT, execute
from tests.contract.desks import Business, program
from tests.servers import at_the_desk, create_database, drop_database

pytestmark = pytest.mark.anyio

TABLES = [table for table in metadata.sorted_tables if "organization_id" in table.c]


class Undo(Exception):
    """Nothing of it is to be kept."""


@attrs.frozen
class Town:
    """A database with two organizations in business."""

    url: str
    business: Business
    us: OrganizationId
    them: OrganizationId
    their_pool: str


async def settled(url: str) -> Town:
    async with program(url) as container:
        business = await Business.done(container)
        us = business.desk.actor.organization_id
        everybody = await container.identity.views().organizations()
        (them,) = {one.id for one in everybody} - {us}
        question = select(pools.c.id).where(pools.c.organization_id == them).limit(1)
        their_pool = await container.database().read(
            lambda connection: connection.execute(question).scalar_one(), of=them
        )
    return Town(url, business, us, them, their_pool)


@pytest.fixture(scope="module")
def town(postgres_admin_url: str) -> Town:
    return asyncio.run(settled(asyncio.run(create_database(postgres_admin_url))))


@pytest.fixture
async def copy(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    town: Town,
    postgres_admin_url: str,
) -> AsyncIterator[str]:
    """To be altered."""
    url = await create_database(postgres_admin_url, template=town.url)
    yield url
    await drop_database(postgres_admin_url, url)


async def touched(url: str, town: Town, *, bounded: bool) -> Counter[str]:
    """How many rows of theirs we see, change and delete in all tables, before it is undone.

    `bounded` is whether statements say whose rows they are about.
    """
    found = Counter[str]()

    def touch(connection: Connection) -> None:
        for table in reversed(TABLES):
            owner = table.c.organization_id
            condition = owner == town.us if bounded else true()
            same = update(table).where(condition).values(organization_id=owner)
            for name, statement in (
                ("seen", select(owner).where(condition)),
                ("changed", same.returning(owner)),
                ("deleted", delete(table).where(condition).returning(owner)),
            ):
                owners = connection.execute(statement).scalars().all()
                found[name] += sum(one == town.them for one in owners)
        raise Undo

    database = unwatched(url)
    with pytest.raises(Undo):
        await database.write(touch, of=town.us)
    await database.close()
    return +found


async def claimed(url: str, town: Town) -> None:
    """We put a claim of ours on a pool of theirs."""

    def claim(connection: Connection) -> None:
        connection.execute(
            insert(claims).values(
                organization_id=town.us,
                hold_id=town.business.held,
                pool_id=town.their_pool,
                units=1,
            )
        )
        raise Undo

    database = unwatched(url)
    try:
        await database.write(claim, of=town.us)
    finally:
        await database.close()


def unwatched(url: str) -> Database:
    """Nobody looks at the statements."""
    return open_database(url, pooling=PATIENT, pause=pause, allow_unsafe=True)


async def test_all_walls_stand(town: Town) -> None:
    assert not await touched(at_the_desk(town.url), town, bounded=True)


async def test_without_the_wall_of_code(town: Town) -> None:
    assert not await touched(at_the_desk(town.url), town, bounded=False)


async def test_without_the_wall_of_postgres(town: Town, copy: str) -> None:
    for table in TABLES:
        await execute(copy, f"ALTER TABLE {table.name} DISABLE ROW LEVEL SECURITY")

    assert not await touched(at_the_desk(copy), town, bounded=True)
    with pytest.raises(IntegrityError):
        await claimed(at_the_desk(copy), town)


async def test_without_the_wall_of_keys(town: Town, copy: str) -> None:
    for table in TABLES:
        for constraint in table.foreign_key_constraints:
            await execute(copy, f"ALTER TABLE {table.name} DROP CONSTRAINT {constraint.name}")

    assert not await touched(at_the_desk(copy), town, bounded=True)
    assert not await touched(at_the_desk(copy), town, bounded=False)
    with pytest.raises(Undo):
        await claimed(at_the_desk(copy), town)


async def test_without_two_of_them_nothing_holds(town: Town, copy: str) -> None:
    for table in TABLES:
        await execute(copy, f"ALTER TABLE {table.name} DISABLE ROW LEVEL SECURITY")

    found = await touched(at_the_desk(copy), town, bounded=False)

    assert found["seen"] == found["changed"] == found["deleted"] > 20


async def test_no_row_is_moved_or_put_into_another_organization(town: Town) -> None:
    database = unwatched(at_the_desk(town.url))
    refused = Counter[str]()
    for table in TABLES:
        others = [column for column in table.c if column.name != "organization_id"]
        copies = select(literal(town.them, Uuid), *others)
        names = ["organization_id", *(column.name for column in others)]
        move = update(table).values(organization_id=town.them)
        put = insert(table).from_select(names, copies)
        for name, change in (("moved", move), ("put", put)):
            refused[name] += await is_refused(database, change, town.us)
    await database.close()

    assert refused["moved"] == refused["put"] > 10


async def is_refused(database: Database, change: Update | Insert, of: OrganizationId) -> bool:
    """False where there is no row to do it with; whatever is not refused fails."""
    try:
        assert await database.write(lambda it: it.execute(change).rowcount, of=of) == 0
    except DBAPIError as error:
        return "row-level security" in str(error.orig)
    return False
