"""What may become of a resource, and what stays as it is while somebody relies on it."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import attrs
import pytest

from application.bookings.change_resource import ChangeResource, ChangeResourceHandler
from application.bookings.delete_resource import DeleteResource, DeleteResourceHandler
from application.inventory.add_resource import AddResource, AddResourceHandler
from application.kernel.refusals import VersionChanged
from domain.bookings.flight import Flight
from domain.bookings.flight_progress import FlightProgress, FlightStatus
from domain.bookings.hotel import RoomType
from domain.bookings.training import CourseSession
from domain.inventory.events import ResourceChanged, ResourceDeleted
from domain.inventory.resource_refusals import (
    KindOfResourceFixed,
    NotYetOver,
    ResourceBooked,
    ResourceCannotBecome,
    ResourceIsDeleted,
    ResourceIsNotDeleted,
    UnfitStock,
    UnitsShared,
)
from domain.inventory.resources import NeverTakesPlace, Resource, ResourceNotFound, ResourceState
from domain.kernel.identifiers import ResourceId
from domain.kernel.periods import Period, Zone
from tests.fakes.storage import MemoryWork
from tests.flights import MORNING
from tests.samples import DAY, DESK, DOUBLE_ROOMS, FIRST_AID, LONDON, NOW, hotel, seats
from tests.unit.desk import Desk

pytestmark = pytest.mark.anyio

assert isinstance(FIRST_AID.offering, CourseSession)
A_DAY_LATER = attrs.evolve(
    FIRST_AID.offering,
    period=Period(
        FIRST_AID.offering.period.starts_at + DAY, FIRST_AID.offering.period.ends_at + DAY
    ),
)
BREAKFAST = ResourceId(UUID(int=555))


def test_a_draft_goes_on_sale_and_off_again() -> None:
    draft = attrs.evolve(DOUBLE_ROOMS, state=ResourceState.DRAFT)
    published = draft.publish(now=NOW)
    withdrawn = published.withdraw(now=NOW)

    assert published.state is ResourceState.PUBLISHED
    assert withdrawn.state is ResourceState.DRAFT
    assert [event.name for event in withdrawn.events] == [
        "resource_published",
        "resource_withdrawn",
    ]


@pytest.mark.parametrize(
    ("state", "step"),
    [
        (ResourceState.PUBLISHED, Resource.publish),
        (ResourceState.CANCELLED, Resource.publish),
        (ResourceState.DRAFT, Resource.withdraw),
        (ResourceState.COMPLETED, Resource.withdraw),
    ],
)
def test_not_everything_follows(state: ResourceState, step: Callable[..., Resource]) -> None:
    with pytest.raises(ResourceCannotBecome):
        step(attrs.evolve(DOUBLE_ROOMS, state=state), now=NOW)


def test_what_has_taken_place_is_completed() -> None:
    assert isinstance(FIRST_AID.offering, CourseSession)
    over = FIRST_AID.offering.period.ends_at

    assert FIRST_AID.complete(now=over).state is ResourceState.COMPLETED
    with pytest.raises(NotYetOver):
        FIRST_AID.complete(now=over - DAY)
    with pytest.raises(NeverTakesPlace):
        DOUBLE_ROOMS.complete(now=over)


def test_deleted_it_is_left_alone_until_it_is_restored() -> None:
    deleted = DOUBLE_ROOMS.delete(now=NOW)

    for step in (Resource.publish, Resource.withdraw, Resource.delete):
        with pytest.raises(ResourceIsDeleted):
            step(deleted, now=NOW)
    with pytest.raises(ResourceIsDeleted):
        deleted.change({"name": "Suite"}, now=NOW)
    restored = deleted.restore(now=NOW)
    assert attrs.evolve(restored, events=()) == DOUBLE_ROOMS
    with pytest.raises(ResourceIsNotDeleted):
        restored.restore(now=NOW)


def test_a_change_names_what_is_different() -> None:
    changed = DOUBLE_ROOMS.change({"name": "Suite", "description": ""}, now=NOW)

    assert changed.name == "Suite"
    assert changed.events == (
        ResourceChanged(resource_id=DOUBLE_ROOMS.id, members=("name",), occurred_at=NOW),
    )
    assert DOUBLE_ROOMS.change({"name": DOUBLE_ROOMS.name}, now=NOW) is DOUBLE_ROOMS
    with pytest.raises(KindOfResourceFixed):
        DOUBLE_ROOMS.change({"offering": FIRST_AID.offering}, now=NOW)


def test_a_flight_described_anew_is_as_far_as_it_was() -> None:
    assert isinstance(MORNING.offering, Flight)
    delayed = attrs.evolve(MORNING.offering, progress=FlightProgress(status=FlightStatus.BOARDING))
    flight = attrs.evolve(MORNING, offering=delayed)

    changed = flight.change({"offering": attrs.evolve(MORNING.offering)}, now=NOW)

    assert changed is flight


@pytest.mark.parametrize(
    "stock",
    [
        FIRST_AID,
        attrs.evolve(DOUBLE_ROOMS, stock_id=BREAKFAST),
        attrs.evolve(DOUBLE_ROOMS, zone=Zone("Europe/Lisbon")),
        attrs.evolve(DOUBLE_ROOMS, deleted_at=NOW),
    ],
    ids=["another kind", "a chain", "another zone", "deleted"],
)
def test_units_are_those_of_something_alike(stock: Resource) -> None:
    with pytest.raises(UnfitStock):
        Resource.add(
            BREAKFAST, name="B", zone=LONDON, offering=RoomType(beds=2), stock=stock, now=NOW
        )


async def added(desk: Desk, stock_id: ResourceId) -> Resource:
    add = AddResourceHandler(unit_of_work=desk.memory, clock=desk.clock, new_id=lambda: BREAKFAST)
    return await add(
        AddResource(
            actor=DESK,
            name="With breakfast",
            zone=LONDON,
            offering=RoomType(beds=2),
            stock_id=stock_id,
            state=ResourceState.DRAFT,
        )
    )


async def test_units_are_shared_with_what_there_is() -> None:
    desk = await Desk.open()

    breakfast = await added(desk, DOUBLE_ROOMS.id)

    assert (breakfast.stock, breakfast.state) == (DOUBLE_ROOMS.id, ResourceState.DRAFT)
    with pytest.raises(ResourceNotFound):
        await added(desk, ResourceId(UUID(int=77)))


async def change(desk: Desk, resource: Resource, **changes: object) -> Resource:
    handler = ChangeResourceHandler(unit_of_work=desk.memory, clock=desk.clock)
    command = ChangeResource(
        actor=DESK,
        resource_id=resource.id,
        version=None,
        changes=changes,  # type: ignore[arg-type]
    )
    return await handler(command)


async def delete(desk: Desk, resource_id: ResourceId, version: int | None = None) -> Resource:
    handler = DeleteResourceHandler(unit_of_work=desk.memory, clock=desk.clock)
    return await handler(DeleteResource(actor=DESK, resource_id=resource_id, version=version))


async def test_a_session_moves_with_its_pools() -> None:
    desk = await Desk.open()
    await desk.memory(DESK, lambda work: work.inventory.open([seats()]))

    moved = await change(desk, FIRST_AID, offering=A_DAY_LATER)

    assert moved.version == 2
    pools = desk.memory.rows(DESK).pools
    assert pools[seats().id].day == date(2026, 12, 11)


async def test_what_somebody_booked_stays_where_it_is() -> None:
    desk = await Desk.open()
    await desk.hold(hotel())

    renamed = await change(desk, DOUBLE_ROOMS, name="Suite")
    for refused in (
        change(desk, DOUBLE_ROOMS, zone=Zone("Europe/Lisbon")),
        delete(desk, DOUBLE_ROOMS.id),
    ):
        with pytest.raises(ResourceBooked):
            await refused

    assert renamed.name == "Suite"
    with pytest.raises(VersionChanged):
        await delete(desk, DOUBLE_ROOMS.id, version=1)


async def test_units_that_others_sell_are_kept() -> None:
    desk = await Desk.open()
    await added(desk, DOUBLE_ROOMS.id)

    with pytest.raises(UnitsShared):
        await change(desk, DOUBLE_ROOMS, zone=Zone("Europe/Lisbon"))
    with pytest.raises(UnitsShared):
        await delete(desk, DOUBLE_ROOMS.id)
    await delete(desk, BREAKFAST)
    await delete(desk, DOUBLE_ROOMS.id)

    def look(work: MemoryWork) -> list[bool]:
        return [
            work.resources.get(id).deleted_at is not None for id in (DOUBLE_ROOMS.id, BREAKFAST)
        ]

    assert await desk.memory(DESK, look) == [True, True]
    names = [type(event) for event in desk.memory.rows(DESK).events]
    assert names.count(ResourceDeleted) == 2
