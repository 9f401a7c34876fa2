"""What resources are found by is written whenever they are."""

from collections.abc import Sequence
from typing import Any

import attrs
import pytest
from sqlalchemy import Table, select

from adapters.schema.catalogue import resource_facets, resource_words
from adapters.schema.inventory import resources
from domain.bookings.hotel import RoomType
from domain.inventory.resources import Resource
from tests.contract.storages import SqlStorage, Storage
from tests.samples import DESK, DOUBLE_ROOMS, FIRST_AID

pytestmark = pytest.mark.anyio

SUITE = attrs.evolve(
    DOUBLE_ROOMS,
    name="Suite",
    description="By the sea",
    category="Luxury",
    keywords=("quiet", "view"),
    low_at=5,
    offering=RoomType(beds=2, location="Málaga"),
)


async def save(storage: Storage, resource: Resource) -> Resource:
    return await storage.work(DESK, lambda work: work.resources.save(resource))


async def rows(sql: SqlStorage, table: Table, *columns: str) -> Sequence[Any]:
    question = (
        select(*(table.c[column] for column in columns))
        .where(table.c.organization_id == DESK.organization_id)
        .order_by(*(table.c[column] for column in columns))
    )
    return await sql.database.read(
        lambda connection: [tuple(row) for row in connection.execute(question)],
        of=DESK.organization_id,
    )


async def test_what_is_said_about_a_resource_comes_back(storage: Storage) -> None:
    saved = await save(storage, SUITE)

    assert await storage.work(DESK, lambda work: work.resources.get(SUITE.id)) == saved
    assert saved == attrs.evolve(SUITE, version=1)


async def test_words_and_facets_follow_their_resource(sql: SqlStorage) -> None:
    saved = await save(sql, SUITE)
    await save(sql, FIRST_AID)
    assert ("location", "malaga", SUITE.id) in await rows(
        sql, resource_facets, "facet", "value", "resource_id"
    )
    assert ("sea", SUITE.id) in await rows(sql, resource_words, "word", "resource_id")

    await save(sql, attrs.evolve(saved, description="", category=None, keywords=("Loud",)))

    found = await rows(sql, resource_words, "resource_id", "word")
    assert [word for id, word in found if id == SUITE.id] == ["loud", "malaga", "suite"]
    assert await rows(sql, resource_facets, "facet", "value") == [
        ("keyword", "loud"),
        ("location", "malaga"),
    ]
    assert {word for id, word in found if id == FIRST_AID.id} == FIRST_AID.words


async def test_when_it_takes_place_is_a_column(sql: SqlStorage) -> None:
    await save(sql, SUITE)
    await save(sql, FIRST_AID)
    period = FIRST_AID.offering.takes_place

    assert period is not None
    assert {
        id: (starts_at, ends_at)
        for id, starts_at, ends_at in await rows(sql, resources, "id", "starts_at", "ends_at")
    } == {SUITE.id: (None, None), FIRST_AID.id: (period.starts_at, period.ends_at)}
