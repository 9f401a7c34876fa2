"""Expired holds stand in nobody's way, whatever it is that they hold."""

from collections import Counter
from datetime import timedelta

import attrs
import pytest

from application.bookings.confirm_booking import ConfirmBooking
from application.bookings.hold_booking import HoldBooking
from domain.bookings.booking import Booking
from domain.bookings.life import BookingState
from domain.bookings.quotes import Quote
from domain.inventory.units import NoUnitFree
from domain.kernel.claims import IntervalClaim
from tests.contract.crowds import UseCases, race, use_cases
from tests.contract.fleets import FLEET, claimed, hours, put_in_use, some
from tests.contract.storages import Storage, Work
from tests.samples import DESK, FIRST_AID, NOW, QUARTER, SECOND, quote

pytestmark = pytest.mark.anyio

MORNING = HoldBooking(actor=DESK, quote_id=quote(id=401).id)
AFTERNOON = HoldBooking(actor=DESK, quote_id=quote(id=402).id)
ANOTHER = HoldBooking(actor=DESK, quote_id=quote(id=403).id)
BOTH = HoldBooking(actor=DESK, quote_id=quote(id=404).id)
OF_ANOTHER = IntervalClaim(resource_id=FIRST_AID.id, period=hours(8, 12))


def of_units(command: HoldBooking, *intervals: IntervalClaim) -> Quote:
    """Good for nothing but single units."""
    quoted = quote(id=command.quote_id.int)
    agreed = attrs.evolve(quoted.agreement, claims=(), intervals=intervals)
    return attrs.evolve(quoted, agreement=agreed)


async def offer(storage: Storage, *, units: int) -> None:
    def stock(work: Work) -> None:
        work.quotes.add(of_units(MORNING, *some(8, 12)))
        work.quotes.add(of_units(AFTERNOON, *some(12, 18)))
        work.quotes.add(of_units(ANOTHER, OF_ANOTHER))
        work.quotes.add(of_units(BOTH, *some(8, 12), OF_ANOTHER))

    await put_in_use(storage, units=units)
    await storage.work(DESK, stock)


def later(storage: Storage, after: timedelta = QUARTER) -> UseCases:
    return use_cases(storage.work, lambda: NOW + after)


async def states(storage: Storage, *bookings: Booking) -> list[BookingState]:
    ids = [booking.id for booking in bookings]
    found = await storage.work(DESK, lambda work: work.bookings.several(ids))
    return [booking.state for booking in found]


async def test_a_car_that_was_held_and_left_is_had_by_the_next(storage: Storage) -> None:
    await offer(storage, units=2)
    left = [await use_cases(storage.work).hold(MORNING) for _ in range(2)]

    booking = await later(storage).hold(MORNING)

    assert await states(storage, *left, booking) == [
        BookingState.EXPIRED,
        BookingState.EXPIRED,
        BookingState.HELD,
    ]
    assert [claim.hold_id for claim in await claimed(storage)] == [booking.hold_id]


async def test_a_car_that_is_held_or_sold_is_not(storage: Storage) -> None:
    await offer(storage, units=2)
    desk = use_cases(storage.work)
    sold, in_time = await desk.hold(MORNING), await desk.hold(MORNING)
    await desk.confirm(ConfirmBooking(actor=DESK, booking_id=sold.id, version=None))

    with pytest.raises(NoUnitFree) as refused:
        await later(storage, QUARTER - SECOND).hold(MORNING)

    assert refused.value.resource_id == FLEET
    assert await states(storage, sold, in_time) == [BookingState.CONFIRMED, BookingState.HELD]


async def test_only_cars_that_are_wanted_are_taken_from_whoever_left_them(
    storage: Storage,
) -> None:
    await offer(storage, units=1)
    desk = use_cases(storage.work)
    left = [await desk.hold(one) for one in (MORNING, AFTERNOON, ANOTHER)]

    await later(storage).hold(MORNING)

    assert await states(storage, *left) == [
        BookingState.EXPIRED,
        BookingState.HELD,
        BookingState.HELD,
    ]


async def test_whoever_wants_several_is_made_room_for_each_in_turn(storage: Storage) -> None:
    await offer(storage, units=1)
    desk = use_cases(storage.work)
    left = [await desk.hold(one) for one in (MORNING, ANOTHER)]

    booking = await later(storage).hold(BOTH)

    assert await states(storage, *left) == [BookingState.EXPIRED] * 2
    assert {claim.hold_id for claim in await claimed(storage)} == {booking.hold_id}


@pytest.mark.usefixtures("crowded")
async def test_as_many_as_were_left_are_had_when_everybody_comes_at_once(
    storage: Storage,
) -> None:
    await offer(storage, units=4)
    for _ in range(4):
        await use_cases(storage.work).hold(MORNING)

    outcomes = await race([later(storage).hold(MORNING) for _ in range(12)])

    assert Counter(map(type, outcomes)) == {Booking: 4, NoUnitFree: 8}
    assert len(await claimed(storage)) == 4
