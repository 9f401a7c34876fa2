"""Venues and trainers: kept whole, and in one place at a time whoever asks."""

from collections import Counter
from datetime import date, time
from uuid import UUID

import attrs
import pytest

from application.inventory.staffing import free_staff, move_staff, staff
from application.kernel.ports import Stale
from domain.bookings.training import CourseSession
from domain.inventory.assets import Asset, AssetDetails, AssetNotFound, Clash
from domain.inventory.resources import Resource
from domain.inventory.staffing import StaffingClash
from domain.inventory.trainers import Qualification, Trainer
from domain.inventory.units import Minutes, Unit
from domain.inventory.venues import Coordinates, Venue
from domain.kernel.hours import Weekday, WeeklyHours
from domain.kernel.identifiers import ResourceId, UnitId
from domain.kernel.periods import Period
from tests.contract.crowds import race
from tests.contract.fleets import claimed, hours, unit_id
from tests.contract.storages import Storage, Work
from tests.samples import DESK, FIRST_AID, LONDON, NOW, OTHER_DESK

pytestmark = pytest.mark.anyio

VENUE = Venue(
    name="Leeds",
    address="12 High Street",
    zone=LONDON,
    capacity=20,
    facilities=("projector",),
    parking="8 places",
    accessibility="step-free",
    contact="reception",
    coordinates=Coordinates(latitude=53.8, longitude=-1.55),
)
TRAINER = Trainer(
    name="Grace Hopper",
    email="grace@example.com",
    zone=LONDON,
    qualifications=(Qualification(name="First aid", expires_on=date(2028, 1, 1)),),
    specialisations=("paediatric",),
    weekly=(WeeklyHours(days=(Weekday.MONDAY,), opens=time(0), closes=time(23)),),
    specific=(hours(24, 48),),
    blocked=(hours(30, 31),),
)


def session(number: int, period: Period) -> Resource:
    return attrs.evolve(
        FIRST_AID, id=ResourceId(UUID(int=500 + number)), offering=CourseSession(period=period)
    )


async def add(storage: Storage, number: int, details: AssetDetails) -> UnitId:
    id = unit_id(number)

    def save(work: Work) -> None:
        work.units.save(Unit(id=id, resource_id=None, label=details.kind))
        work.assets.save(Asset.add(id, details, now=NOW))

    await storage.work(DESK, save)
    return id


@pytest.mark.parametrize("details", [VENUE, TRAINER], ids=["venue", "trainer"])
async def test_all_of_it_is_kept(storage: Storage, details: AssetDetails) -> None:
    id = await add(storage, 1, details)
    asset = await storage.work(DESK, lambda work: work.assets.get(id))
    deleted = asset.delete(now=NOW)

    await storage.work(DESK, lambda work: work.assets.save(deleted))

    assert asset == Asset(id=id, details=details, version=1)
    assert await storage.work(DESK, lambda work: work.assets.get(id)) == attrs.evolve(
        asset, deleted_at=NOW, version=2
    )
    with pytest.raises(Stale):
        await storage.work(DESK, lambda work: work.assets.save(deleted))
    with pytest.raises(AssetNotFound):
        await storage.work(OTHER_DESK, lambda work: work.assets.get(id))
    assert (await storage.events())[-2:] == ["asset_added", "asset_deleted"]


async def test_of_many_who_want_a_venue_at_a_time_one_gets_it(storage: Storage) -> None:
    venue = await add(storage, 1, VENUE)
    sessions = [session(number, hours(number / 10, 3)) for number in range(10)]

    async def take(each: Resource) -> None:
        await storage.work(DESK, lambda work: staff(work, each, [venue]))

    outcomes = await race([take(each) for each in sessions])

    assert Counter(map(type, outcomes)) == {type(None): 1, StaffingClash: 9}
    assert len(await claimed(storage)) == 1


async def test_staff_move_with_their_session_and_end_with_it(storage: Storage) -> None:
    venue, trainer = await add(storage, 1, VENUE), await add(storage, 2, TRAINER)
    before, after = session(1, hours(10, 12)), session(1, hours(11, 13))
    other = session(2, hours(13, 14))
    await storage.work(DESK, lambda work: staff(work, before, [trainer, venue]))
    await storage.work(DESK, lambda work: staff(work, other, [venue]))

    await storage.work(DESK, lambda work: move_staff(work, after))
    with pytest.raises(StaffingClash) as refused:
        await storage.work(DESK, lambda work: move_staff(work, session(1, hours(29, 32))))

    assert refused.value.clashes == (Clash(trainer, "unavailable"),)
    theirs = [claim for claim in await claimed(storage) if claim.hold_id == before.id]
    assert [claim.minutes for claim in theirs] == [Minutes.of(hours(11, 13))] * 2
    await storage.work(DESK, lambda work: free_staff(work, before.id))
    assert [claim.hold_id for claim in await claimed(storage)] == [other.id]
