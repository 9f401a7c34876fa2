"""What was saved before it could be found becomes findable, once, whoever is interrupted."""

from time import monotonic
from uuid import UUID

import attrs
import pytest
from sqlalchemy import Executable, delete, insert, select, update

from adapters.readers.unfindable import SqlUnfindable
from adapters.schema.catalogue import resource_facets, resource_words
from adapters.schema.identity import organizations
from adapters.schema.inventory import FOUND_BY, resources
from application.inventory.make_findable import MakeFindable, MakeFindableHandler
from domain.kernel.identifiers import ResourceId
from entrypoints.worker.findable import ResourcesBecomeFindable
from entrypoints.worker.guard import Guard
from tests.contract.storages import SqlStorage, Work
from tests.contract.test_findable import SUITE
from tests.samples import DESK, NOW

pytestmark = pytest.mark.anyio

MANY = 7
OURS = insert(organizations).values(
    organization_id=DESK.organization_id, slug="desk", name="Desk", created_at=NOW
)
FORGET: tuple[Executable, ...] = (
    delete(resource_words).where(resource_words.c.organization_id == DESK.organization_id),
    delete(resource_facets).where(resource_facets.c.organization_id == DESK.organization_id),
    update(resources)
    .where(resources.c.organization_id == DESK.organization_id)
    .values(found_by=FOUND_BY - 1),
)


async def of_old(sql: SqlStorage) -> set[tuple[object, ...]]:
    """As if they had been saved long ago; what they should be found by."""

    def save(work: Work) -> None:
        for number in range(MANY):
            work.resources.save(attrs.evolve(SUITE, id=ResourceId(UUID(int=9000 + number))))

    await sql.work(DESK, save)
    found = await found_by(sql)
    for statement in (OURS, *FORGET):
        await sql.database.write(
            lambda connection: connection.execute(statement),  # noqa: B023
            of=DESK.organization_id,
        )
    return found


async def found_by(sql: SqlStorage) -> set[tuple[object, ...]]:
    words = select(resource_words.c.resource_id, resource_words.c.word).where(
        resource_words.c.organization_id == DESK.organization_id
    )
    facets = select(
        resource_facets.c.resource_id, resource_facets.c.facet, resource_facets.c.value
    ).where(resource_facets.c.organization_id == DESK.organization_id)
    return await sql.database.read(
        lambda connection: {
            *(tuple(row) for row in connection.execute(words)),
            *(tuple(row) for row in connection.execute(facets)),
        },
        of=DESK.organization_id,
    )


async def test_they_become_findable_batch_by_batch_and_stay_as_they_are(sql: SqlStorage) -> None:
    wanted = await of_old(sql)
    handler, events = MakeFindableHandler(unit_of_work=sql.work), await sql.events()
    unfindable = SqlUnfindable(sql.database)
    assert await unfindable.organizations() == [DESK.organization_id]

    made = [await handler(MakeFindable(actor=DESK, limit=3)) for _ in range(4)]

    assert made == [3, 3, 1, 0]
    assert wanted
    assert await found_by(sql) == wanted
    assert await unfindable.organizations() == []
    assert await sql.events() == events


async def test_whatever_is_saved_meanwhile_is_done(sql: SqlStorage) -> None:
    await of_old(sql)
    one = ResourceId(UUID(int=9000))
    await sql.work(DESK, lambda work: work.resources.save(work.resources.get(one)))

    handler = MakeFindableHandler(unit_of_work=sql.work)
    assert await handler(MakeFindable(actor=DESK)) == MANY - 1


async def test_a_worker_does_it_for_everybody(sql: SqlStorage) -> None:
    wanted = await of_old(sql)
    task = ResourcesBecomeFindable(
        unfindable=SqlUnfindable(sql.database),
        make_findable=MakeFindableHandler(unit_of_work=sql.work),
        guard=Guard(monotonic),
    )

    assert (await task(), await task()) == (MANY, 0)
    assert await found_by(sql) == wanted
