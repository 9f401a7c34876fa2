"""Put units on sale, or change how many there are."""

from uuid import uuid4

import attrs
import pytest

from application.inventory.open_pools import OpenPools, OpenPoolsHandler
from application.kernel.once import Answer, Once, Replayed
from domain.bookings.hotel import NightsNeeded
from domain.inventory.events import PoolsOpened
from domain.inventory.pools import CapacityBelowTaken, NegativeCapacity, Pool, SoldOut
from domain.inventory.resources import ResourceNotFound
from domain.kernel.identifiers import ResourceId
from domain.kernel.offerings import SoldWhole
from domain.kernel.periods import DateRange
from tests.samples import (
    DESK,
    DOUBLE_ROOMS,
    FIRST_AID,
    NOW,
    OTHER_DESK,
    SEATS,
    day,
    hotel,
    night,
    nights,
    seats,
)
from tests.unit.desk import Desk

pytestmark = pytest.mark.anyio


def rooms(
    first: int, until: int, *, capacity: int, allowance: int = 0, closed: bool = False
) -> OpenPools:
    return OpenPools(
        actor=DESK,
        resource_id=DOUBLE_ROOMS.id,
        dates=DateRange(day(first), day(until)),
        capacity=capacity,
        allowance=allowance,
        closed=closed,
    )


SESSION = OpenPools(actor=DESK, resource_id=FIRST_AID.id, dates=None, capacity=12)


async def opened(desk: Desk, command: OpenPools) -> int:
    return await OpenPoolsHandler(
        unit_of_work=desk.memory, clock=desk.clock, waiting=desk.freeing.offers
    )(command)


async def test_rooms_go_on_sale_by_the_night() -> None:
    desk = await Desk.open(days=0)

    assert await opened(desk, rooms(0, 3, capacity=5, allowance=1)) == 3

    assert list(desk.pools.values()) == nights(capacity=5, allowance=1, days=3)
    assert desk.events == [
        PoolsOpened(
            resource_id=DOUBLE_ROOMS.id,
            first=day(0),
            until=day(3),
            capacity=5,
            allowance=1,
            closed=False,
            occurred_at=NOW,
        )
    ]


async def test_seats_go_on_sale_for_the_session() -> None:
    desk = await Desk.open(days=0)

    assert await opened(desk, SESSION) == 1

    assert desk.pools == {SEATS: seats(capacity=12)}
    assert desk.events == [
        PoolsOpened(
            resource_id=FIRST_AID.id,
            first=None,
            until=None,
            capacity=12,
            allowance=0,
            closed=False,
            occurred_at=NOW,
        )
    ]


async def test_what_is_taken_stays_taken() -> None:
    desk = await Desk.open(capacity=3, days=3)
    await desk.hold(hotel(1, 2, rooms=2))

    await opened(desk, rooms(0, 5, capacity=2))

    assert [(pool.capacity, pool.taken) for pool in desk.pools.values()] == [
        (2, 0),
        (2, 2),
        (2, 0),
        (2, 0),
        (2, 0),
    ]
    with pytest.raises(SoldOut):
        await desk.hold(hotel(1, 2))


@pytest.mark.parametrize(("capacity", "allowance"), [(1, 0), (0, 1), (0, 0)])
async def test_nobody_who_has_a_room_loses_it(capacity: int, allowance: int) -> None:
    desk = await Desk.open(capacity=3)
    await desk.hold(hotel(1, 2, rooms=2))
    await desk.confirmed(hotel(4, 5, rooms=3))
    before = desk.memory.rows(DESK)

    with pytest.raises(CapacityBelowTaken) as refused:
        await opened(desk, rooms(0, 6, capacity=capacity, allowance=allowance))

    assert refused.value.pool_ids == (night(1), night(4))
    assert desk.memory.rows(DESK) == before


async def test_the_allowance_counts_as_room() -> None:
    desk = await Desk.open(capacity=3)
    await desk.hold(hotel(1, 2, rooms=3))

    assert await opened(desk, rooms(1, 2, capacity=2, allowance=1)) == 1


async def test_a_night_is_closed_and_opened_again() -> None:
    desk = await Desk.open(capacity=3)
    booking = await desk.hold(hotel(1, 2))

    await opened(desk, rooms(1, 2, capacity=3, closed=True))
    with pytest.raises(SoldOut):
        await desk.hold(hotel(1, 2))
    await desk.confirm(booking.id)
    await desk.cancel(booking.id)
    assert desk.pools[night(1)] == Pool(
        id=night(1), resource_id=DOUBLE_ROOMS.id, day=day(1), capacity=3, closed=True
    )
    await opened(desk, rooms(1, 2, capacity=3))

    await desk.hold(hotel(1, 2))


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (attrs.evolve(rooms(0, 1, capacity=1), dates=None), NightsNeeded),
        (attrs.evolve(SESSION, dates=DateRange(day(0), day(1))), SoldWhole),
        (rooms(0, 1, capacity=-1), NegativeCapacity),
        (rooms(0, 1, capacity=5, allowance=-1), NegativeCapacity),
        (attrs.evolve(SESSION, resource_id=ResourceId(uuid4())), ResourceNotFound),
        (attrs.evolve(SESSION, actor=OTHER_DESK), ResourceNotFound),
    ],
)
async def test_what_makes_no_sense_opens_nothing(
    command: OpenPools, refusal: type[Exception]
) -> None:
    desk = await Desk.open(days=0)
    with pytest.raises(refusal):
        await opened(desk, command)

    assert not desk.pools
    assert not desk.events


async def test_pools_are_opened_once_a_key() -> None:
    desk = await Desk.open(days=0)
    once: Once[int] = Once(
        key="key", fingerprint=b"", answer=lambda count: Answer(status=200, body=bytes([count]))
    )
    command = attrs.evolve(rooms(0, 3, capacity=1), once=once)
    await opened(desk, command)

    with pytest.raises(Replayed) as replayed:
        await opened(desk, command)

    assert replayed.value.answer.body == b"\3"
    assert len(desk.events) == 1
