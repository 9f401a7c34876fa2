"""Hold what was quoted, whatever else stands in the way."""

from functools import partial
from uuid import uuid4

import anyio
import attrs
import pytest

from application.bookings.reclaiming import Reclaiming
from domain.bookings.events import BookingExpired, BookingHeld
from domain.bookings.life import BookingState
from domain.bookings.quotes import QuoteExpired, QuoteNotFound
from domain.inventory.pools import NotOnSale, Pool, Shortage, SoldOut
from domain.kernel.identifiers import QuoteId
from tests.fakes.storage import MemoryWork
from tests.samples import (
    DESK,
    HOUR,
    MINUTE,
    NOW,
    QUARTER,
    QUOTE_GOOD_FOR,
    SECOND,
    hotel,
    night,
    nights,
)
from tests.unit.desk import Desk

pytestmark = pytest.mark.anyio

HELD, EXPIRED = BookingState.HELD, BookingState.EXPIRED


async def test_a_hold_takes_what_it_claims_until_its_time_is_up() -> None:
    desk = await Desk.open(capacity=3)

    booking = await desk.hold(hotel(1, 3, rooms=2))

    assert desk.stored(booking.id) == booking
    assert (booking.state, booking.version, booking.events) == (HELD, 1, ())
    assert booking.expires_at == NOW + QUARTER
    assert booking.extendable_until == NOW + HOUR
    assert booking.reference.text.startswith("FD")
    assert desk.taken(night(0), night(1), night(2), night(3)) == [0, 2, 2, 0]
    [held] = desk.events
    assert isinstance(held, BookingHeld)
    assert (held.booking_id, held.reference) == (booking.id, booking.reference.text)


async def test_nothing_is_sold_twice_and_a_refusal_takes_nothing() -> None:
    desk = await Desk.open(capacity=2)
    first = await desk.hold(hotel(2, 3))

    with pytest.raises(SoldOut) as refused:
        await desk.hold(hotel(1, 4, rooms=2))

    assert refused.value.shortages == (
        Shortage(night(2), requested=2, free=1, next_release_at=first.expires_at),
    )
    assert desk.taken(night(1), night(2), night(3)) == [0, 1, 0]
    assert desk.states() == [HELD]


async def test_the_next_release_is_that_of_the_first_hold_to_end() -> None:
    desk = await Desk.open(capacity=3)
    await desk.confirmed(hotel(1, 2))
    first = await desk.hold(hotel(1, 2))
    desk.clock.passes(MINUTE)
    second = await desk.hold(hotel(1, 2))
    assert first.expires_at < second.expires_at

    with pytest.raises(SoldOut) as refused:
        await desk.hold(hotel(1, 2))

    [shortage] = refused.value.shortages
    assert shortage.next_release_at == first.expires_at


async def test_what_is_confirmed_does_not_come_back() -> None:
    desk = await Desk.open()
    await desk.confirmed(hotel(1, 2))
    desk.clock.passes(QUARTER)

    with pytest.raises(SoldOut) as refused:
        await desk.hold(hotel(1, 2))

    [shortage] = refused.value.shortages
    assert shortage.next_release_at is None


async def test_the_allowance_is_sold_and_no_more() -> None:
    desk = await Desk.open(capacity=1, allowance=1)

    await desk.hold()
    await desk.hold()
    with pytest.raises(SoldOut):
        await desk.hold()


async def test_nothing_is_held_where_nothing_is_on_sale() -> None:
    desk = await Desk.open(days=2)
    with pytest.raises(NotOnSale) as refused:
        await desk.hold(hotel(1, 4))

    assert refused.value.pool_ids == (night(2), night(3))
    assert desk.taken(night(1)) == [0]


async def test_nothing_is_held_in_a_closed_pool() -> None:
    desk = await Desk.open(capacity=5)
    [pool, *_] = nights(capacity=5)
    await desk.memory(DESK, partial(close, pool=pool))

    with pytest.raises(SoldOut) as refused:
        await desk.hold(hotel(0, 2))

    assert refused.value.shortages == (Shortage(night(0), requested=1, free=0),)


def close(work: MemoryWork, *, pool: Pool) -> None:
    work.inventory.open([attrs.evolve(pool, closed=True)])


async def test_expired_holds_make_room_at_once() -> None:
    desk = await Desk.open(capacity=2)
    abandoned = await desk.hold(hotel(0, 3, rooms=2))
    desk.clock.passes(QUARTER)

    booking = await desk.hold(hotel(2, 4, rooms=2))

    assert desk.states() == [EXPIRED, HELD]
    assert desk.taken(night(0), night(1), night(2), night(3)) == [0, 0, 2, 2]
    assert desk.stored(abandoned.id).version == 2
    assert desk.stored(booking.id).version == 1
    assert [type(event) for event in desk.events] == [BookingHeld, BookingExpired, BookingHeld]


async def test_holds_in_time_make_no_room() -> None:
    desk = await Desk.open()
    await desk.hold()
    desk.clock.passes(QUARTER - SECOND)

    with pytest.raises(SoldOut):
        await desk.hold()
    assert desk.states() == [HELD]


async def test_only_holds_that_stand_in_the_way_are_ended() -> None:
    desk = await Desk.open()
    await desk.hold(hotel(0, 1))
    await desk.hold(hotel(1, 2))
    desk.clock.passes(HOUR)

    await desk.hold(hotel(1, 2))

    assert desk.states() == [HELD, EXPIRED, HELD]


async def test_what_was_freed_may_still_be_too_little() -> None:
    desk = await Desk.open(capacity=2)
    await desk.confirmed(hotel(1, 2))
    await desk.hold(hotel(1, 2))
    desk.clock.passes(QUARTER)

    with pytest.raises(SoldOut) as refused:
        await desk.hold(hotel(1, 2, rooms=2))

    assert refused.value.shortages == (Shortage(night(1), requested=2, free=1),)
    assert desk.states() == [BookingState.CONFIRMED, EXPIRED]


async def test_no_more_holds_are_ended_than_one_request_should_wait_for() -> None:
    several = Reclaiming.AT_ONCE + 1
    desk = await Desk.open(capacity=several)
    for _ in range(several):
        await desk.hold(hotel(1, 2))
    desk.clock.passes(QUARTER)

    await desk.hold(hotel(1, 2))

    assert desk.states() == [EXPIRED] * (several - 1) + [HELD, HELD]


async def test_a_quote_can_be_held_until_it_expires() -> None:
    desk = await Desk.open(capacity=2)
    promised = await desk.quote()

    desk.clock.passes(QUOTE_GOOD_FOR - SECOND)
    await desk.hold_quoted(promised.id)
    desk.clock.passes(SECOND)
    with pytest.raises(QuoteExpired):
        await desk.hold_quoted(promised.id)

    assert desk.taken(night(1)) == [1]


async def test_a_quote_may_be_held_as_often_as_there_is_room() -> None:
    desk = await Desk.open(capacity=2)
    promised = await desk.quote()

    one, other = [await desk.hold_quoted(promised.id) for _ in range(2)]

    assert one.reference != other.reference
    with pytest.raises(SoldOut):
        await desk.hold_quoted(promised.id)


async def test_what_was_not_quoted_cannot_be_held() -> None:
    desk = await Desk.open()
    with pytest.raises(QuoteNotFound):
        await desk.hold_quoted(QuoteId(uuid4()))


async def test_a_crowd_gets_what_there_is() -> None:
    desk = await Desk.open(capacity=3)
    promised = await desk.quote(hotel(1, 3))
    refused: list[SoldOut] = []

    async def hold() -> None:
        try:
            await desk.hold_quoted(promised.id)
        except SoldOut as sold_out:
            refused.append(sold_out)

    async with anyio.create_task_group() as crowd:
        for _ in range(10):
            crowd.start_soon(hold)

    assert (len(refused), desk.states()) == (7, [HELD] * 3)
    assert desk.taken(night(1), night(2)) == [3, 3]
