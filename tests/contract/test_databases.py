"""The test databases refuse statements that could reach another organization's rows."""

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.sql.base import Executable

from adapters.schema.bookings import bookings
from adapters.schema.identity import api_keys
from adapters.schema.inventory import claims, pools
from adapters.sql.database import EVERYBODY, Database
from tests.contract.databases import strays
from tests.samples import DESK

pytestmark = pytest.mark.anyio

OURS = pools.c.organization_id == DESK.organization_id
JOINED = select(pools.c.id).join(claims, claims.c.pool_id == pools.c.id)
SAME = claims.c.organization_id == pools.c.organization_id
OTHERS = pools.alias("others")

STRAYS = [
    select(pools.c.taken),
    select(pools.c.organization_id, pools.c.taken),
    select(pools.c.taken).where(pools.c.id == "x"),
    select(pools.c.taken).order_by(pools.c.organization_id),
    JOINED.where(OURS),
    update(pools).values(taken=0),
    delete(pools).where(pools.c.id.in_(select(claims.c.pool_id).where(SAME))),
    select(pools.c.id).where(OURS, pools.c.id.in_(select(claims.c.pool_id))),
    select(bookings.c.id).where(bookings.c.state == "held"),
    select(api_keys).where(api_keys.c.name == "mine"),
    select(claims.c.units, OTHERS.c.taken).where(claims.c.organization_id == DESK.organization_id),
]
BOUND = [
    select(pools.c.taken).where(OURS),
    JOINED.where(OURS, SAME),
    update(pools).where(OURS).values(taken=0),
    delete(pools).where(OURS),
    insert(pools),
    select(OTHERS.c.taken).where(OTHERS.c.organization_id == DESK.organization_id),
    select(1),
]


@pytest.mark.parametrize("statement", STRAYS, ids=str)
def test_a_stray_is_found(statement: Executable) -> None:
    assert strays(str(statement))


@pytest.mark.parametrize("statement", BOUND, ids=str)
def test_a_statement_that_keeps_to_one_organization_passes(statement: Executable) -> None:
    assert not strays(str(statement))


async def test_a_stray_does_not_reach_the_database(database: Database) -> None:
    with pytest.raises(AssertionError, match="pools"):
        await database.read(
            lambda connection: connection.execute(select(pools.c.taken)), of=EVERYBODY
        )
    with pytest.raises(AssertionError, match="pools"):
        await database.write(
            lambda connection: connection.execute(update(pools).values(taken=0)), of=EVERYBODY
        )
