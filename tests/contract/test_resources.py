"""Resources: every kind comes back as it was saved, and its addition is published."""

from datetime import time, timedelta
from uuid import UUID

import attrs
import pytest

from application.kernel.ports import Stale
from domain.bookings.excursion import Excursion
from domain.bookings.hotel import RoomType
from domain.bookings.training import CourseSession
from domain.inventory.resources import Resource, ResourceNotFound
from domain.kernel.identifiers import ResourceId
from domain.kernel.offerings import Offering
from domain.kernel.periods import Zone
from tests.contract.storages import Storage, put_on_sale
from tests.flights import MORNING
from tests.samples import DESK, DOUBLE_ROOMS, FIRST_AID, NOW, OTHER_DESK

pytestmark = pytest.mark.anyio

ROOMS = RoomType(beds=3, check_in_from=time(14, 30), check_out_by=time(10, 0, 1))
assert isinstance(FIRST_AID.offering, CourseSession)
SESSION = attrs.evolve(FIRST_AID.offering, closes_before=timedelta(hours=1, microseconds=1))

BOAT = Excursion(
    period=SESSION.period,
    location="Setúbal",
    meeting_point="Doca",
    languages=("en", "pt-BR"),
    keywords=("dolphins",),
)


def added(offering: Offering) -> Resource:
    return Resource.add(
        DOUBLE_ROOMS.id, name="Zimmer „Süd“", zone=Zone("Asia/Tokyo"), offering=offering, now=NOW
    )


async def save(storage: Storage, resource: Resource) -> Resource:
    return await storage.work(DESK, lambda work: work.resources.save(resource))


@pytest.mark.parametrize(
    "offering", [ROOMS, SESSION, MORNING.offering, BOAT], ids=lambda offering: offering.kind
)
async def test_a_resource_comes_back_as_it_was_saved(storage: Storage, offering: Offering) -> None:
    resource = added(offering)
    saved = await save(storage, resource)

    assert saved == attrs.evolve(resource, version=1)
    assert saved.events == ()
    assert await storage.work(DESK, lambda work: work.resources.get(resource.id)) == saved
    assert await storage.events() == ["resource_added"]


async def test_the_second_of_two_writers_is_stale(storage: Storage) -> None:
    first = await save(storage, added(ROOMS))
    renamed = attrs.evolve(first, name="Garden room")
    await save(storage, renamed)

    for stale in (attrs.evolve(first, name="Attic"), added(ROOMS)):
        with pytest.raises(Stale):
            await save(storage, stale)
    found = await storage.work(DESK, lambda work: work.resources.get(first.id))
    assert found == attrs.evolve(renamed, version=2)


async def test_a_missing_resource_is_refused_by_name(storage: Storage) -> None:
    with pytest.raises(ResourceNotFound) as refused:
        await storage.work(DESK, lambda work: work.resources.get(ResourceId(UUID(int=7))))
    assert refused.value.resource_id == UUID(int=7)


async def test_organizations_do_not_see_each_other(storage: Storage) -> None:
    await put_on_sale(storage)

    with pytest.raises(ResourceNotFound):
        await storage.work(OTHER_DESK, lambda work: work.resources.get(DOUBLE_ROOMS.id))
    with pytest.raises(Stale):
        known = attrs.evolve(DOUBLE_ROOMS, version=1)
        await storage.work(OTHER_DESK, lambda work: work.resources.save(known))
