"""Inventory views: what there is, what is left of it, and where so many are to be had."""

from datetime import date
from uuid import UUID

import attrs
import pytest

from adapters.readers.inventory import SqlInventoryViews
from application.inventory.views import Availability, Fill, FreeResource
from application.kernel.pages import Slice
from domain.inventory.pools import Pool
from domain.inventory.resources import Resource, ResourceNotFound
from domain.kernel.claims import day_pool
from domain.kernel.identifiers import HoldId, ResourceId
from domain.kernel.periods import DateRange
from tests.contract.storages import SqlStorage, Work, put_on_sale
from tests.fakes.settings import usually_few
from tests.samples import (
    DESK,
    DOUBLE_ROOMS,
    NOW,
    OTHER_DESK,
    QUARTER,
    claims,
    day,
    held,
    hotel,
    night,
    nights,
    seats,
)

pytestmark = pytest.mark.anyio

ALL = Slice(limit=100)
SUITES = attrs.evolve(DOUBLE_ROOMS, id=ResourceId(UUID(int=110)), name="Suite")


@pytest.fixture
def views(sql: SqlStorage) -> SqlInventoryViews:
    return SqlInventoryViews(sql.database, usually_few)


async def take(sql: SqlStorage, number: int, units: int) -> None:
    hold_id = HoldId(UUID(int=1000 + number))
    await sql.work(DESK, lambda work: work.inventory.take(hold_id, claims(number, units=units)))


async def test_resources_come_by_name(sql: SqlStorage, views: SqlInventoryViews) -> None:
    await put_on_sale(sql)
    suites = await sql.work(DESK, lambda work: work.resources.save(SUITES))

    everything = (await views.resources(DESK, kind=None, slice=ALL)).items
    assert [resource.name for resource in everything] == [
        "Double room",
        "Paediatric first aid",
        "Suite",
    ]
    hotels = (await views.resources(DESK, kind="hotel", slice=ALL)).items
    assert hotels == [attrs.evolve(DOUBLE_ROOMS, version=1), suites]
    assert (await views.resources(DESK, kind="flight", slice=ALL)).items == []
    assert (await views.resources(OTHER_DESK, kind=None, slice=ALL)).items == []
    assert await views.resource(DESK, SUITES.id) == suites
    with pytest.raises(ResourceNotFound):
        await views.resource(OTHER_DESK, SUITES.id)


async def test_availability_is_what_can_be_had_now(
    sql: SqlStorage, views: SqlInventoryViews
) -> None:
    early, late = held(hotel(1, 3), id=1), held(hotel(1, 2), id=2)
    late = attrs.evolve(late, expires_at=late.expires_at + QUARTER)
    confirmed = held(hotel(3, 4), id=3).confirm(now=NOW)

    def hold_all(work: Work) -> None:
        for booking in (late, early, confirmed):
            work.inventory.take(booking.hold_id, booking.agreement.claims)
            work.bookings.save(booking)
        work.inventory.open([attrs.evolve(nights(capacity=4, allowance=1)[4], closed=True)])

    await put_on_sale(sql, capacity=4, allowance=1)
    await sql.work(DESK, hold_all)
    await put_on_sale(sql, capacity=4, actor=OTHER_DESK)

    found = await views.availability(DESK, DOUBLE_ROOMS.id, dates=DateRange(day(1), day(5)))

    pool = {"capacity": 4, "closed": False, "next_release_at": None}
    expected = [
        {**pool, "free": 3, "next_release_at": NOW + QUARTER},
        {**pool, "free": 4, "next_release_at": NOW + QUARTER},
        {**pool, "free": 4},
        {**pool, "free": 0, "closed": True},
    ]
    assert list(found) == [
        Availability(pool_id=night(number), day=day(number), **values)  # type: ignore[arg-type]
        for number, values in enumerate(expected, start=1)
    ]


@pytest.mark.parametrize(
    ("capacity", "units", "fill"),
    [
        (10, 0, Fill.AVAILABLE),
        (10, 6, Fill.AVAILABLE),
        (10, 7, Fill.ALMOST_FULL),
        (10, 10, Fill.FULL),
        (100, 79, Fill.AVAILABLE),
        (100, 80, Fill.ALMOST_FULL),
        (3, 0, Fill.ALMOST_FULL),
        (0, 0, Fill.FULL),
    ],
)
async def test_a_pool_says_how_full_it_is(
    sql: SqlStorage, views: SqlInventoryViews, capacity: int, units: int, fill: Fill
) -> None:
    await put_on_sale(sql, capacity=capacity)
    if units:
        await take(sql, 1, units)

    (found,) = await views.availability(DESK, DOUBLE_ROOMS.id, dates=DateRange(day(1), day(2)))

    assert (found.free, found.fill) == (capacity - units, fill)


async def test_dates_without_pools_are_left_out(sql: SqlStorage, views: SqlInventoryViews) -> None:
    await put_on_sale(sql, days=3)

    around = DateRange(day(-5), day(30))
    found = await views.availability(DESK, DOUBLE_ROOMS.id, dates=around)
    assert [pool.day for pool in found] == [day(0), day(1), day(2)]
    later = DateRange(day(20), day(30))
    assert await views.availability(DESK, DOUBLE_ROOMS.id, dates=later) == []
    for actor, missing in ((DESK, SUITES.id), (OTHER_DESK, DOUBLE_ROOMS.id)):
        with pytest.raises(ResourceNotFound):
            await views.availability(actor, missing, dates=around)


def suites(*, capacity: int, days: range) -> list[Pool]:
    return [
        Pool(
            id=day_pool(SUITES.id, day(number)),
            resource_id=SUITES.id,
            day=day(number),
            capacity=capacity,
        )
        for number in days
    ]


async def search(
    views: SqlInventoryViews,
    first: int,
    until: int,
    *,
    units: int = 1,
    kind: str | None = None,
) -> list[tuple[str, date, int]]:
    dates = DateRange(day(first), day(until))
    page = await views.search(DESK, kind=kind, dates=dates, units=units, slice=ALL)
    return [(found.name, found.first_day, found.free) for found in page.items]


async def test_a_search_finds_what_is_free_on_every_day(
    sql: SqlStorage, views: SqlInventoryViews
) -> None:
    def open_more(work: Work) -> None:
        work.resources.save(SUITES)
        work.inventory.open([*suites(capacity=2, days=range(4)), seats(capacity=12)])

    await put_on_sale(sql, capacity=5)
    await sql.work(DESK, open_more)
    await put_on_sale(sql, capacity=9, actor=OTHER_DESK)
    await take(sql, 2, 4)

    both = [("Double room", day(0), 5), ("Suite", day(0), 2)]
    assert await search(views, 0, 2) == both
    assert await search(views, 0, 2, units=3) == both[:1]
    assert await search(views, 0, 2, units=6) == []
    assert await search(views, 1, 4) == [("Double room", day(1), 1), ("Suite", day(1), 2)]
    assert await search(views, 1, 4, units=2) == [("Suite", day(1), 2)]
    assert await search(views, 3, 5) == [("Double room", day(3), 5)]
    assert await search(views, 8, 12) == [("Paediatric first aid", day(9), 12)]
    assert await search(views, 9, 10) == [
        ("Double room", day(9), 5),
        ("Paediatric first aid", day(9), 12),
    ]
    assert await search(views, 9, 10, kind="hotel") == [("Double room", day(9), 5)]
    assert await search(views, 50, 60) == []


async def test_a_search_passes_over_what_is_closed(
    sql: SqlStorage, views: SqlInventoryViews
) -> None:
    closed = attrs.evolve(nights(capacity=5)[2], closed=True)
    await put_on_sale(sql, capacity=5)
    await sql.work(DESK, lambda work: work.inventory.open([closed]))

    assert await search(views, 0, 2) == [("Double room", day(0), 5)]
    assert await search(views, 0, 3) == []
    assert await search(views, 2, 3) == []


async def test_a_search_comes_in_pages(sql: SqlStorage, views: SqlInventoryViews) -> None:
    hotels = [_another(number) for number in range(7)]

    def open_all(work: Work) -> None:
        for resource, pool in hotels:
            work.resources.save(resource)
            work.inventory.open([pool])

    await sql.work(DESK, open_all)
    dates, after, seen = DateRange(day(1), day(2)), None, list[FreeResource]()
    while True:
        slice_ = Slice(limit=3, after=after)
        page = await views.search(DESK, kind=None, dates=dates, units=1, slice=slice_)
        seen += page.items
        after = page.next
        if after is None:
            break

    assert [found.resource_id for found in seen] == [resource.id for resource, _ in hotels]


def _another(number: int) -> tuple[Resource, Pool]:
    """Some of them have the same name."""
    id = ResourceId(UUID(int=200 + number))
    resource = attrs.evolve(DOUBLE_ROOMS, id=id, name=f"Hotel {number // 3}")
    return resource, Pool(id=day_pool(id, day(1)), resource_id=id, day=day(1), capacity=1)
