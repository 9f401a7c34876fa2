"""Many at once: whatever the order, nothing is sold twice and nothing is lost."""

from collections import Counter
from random import Random
from uuid import UUID

import attrs
import pytest

from application.bookings.cancel_booking import CancelBooking
from application.bookings.confirm_booking import ConfirmBooking
from application.bookings.expire_holds import ExpireHolds
from application.bookings.hold_booking import HoldBooking
from application.bookings.quote_booking import QuoteBooking
from application.bookings.release_booking import ReleaseBooking
from domain.bookings.booking import Booking
from domain.bookings.life import BookingState, HoldExpired, NotConfirmed, NotHeld
from domain.inventory.pools import SoldOut
from domain.kernel.identifiers import HoldId, PoolId
from tests.contract.crowds import race, use_cases
from tests.contract.storages import Storage, Work, put_on_sale, taken
from tests.samples import DESK, NOW, QUARTER, claims, held, hotel, night, quote

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("crowded")]

LATER = NOW + QUARTER


async def hold_many(storage: Storage, number: int) -> list[Booking]:
    """So many bookings of the first night, straight into storage."""
    bookings = [held(hotel(1, 2), id=number) for number in range(1, number + 1)]

    def hold_all(work: Work) -> list[Booking]:
        for booking in bookings:
            work.inventory.take(booking.hold_id, booking.agreement.claims)
        return [work.bookings.save(booking) for booking in bookings]

    return await storage.work(DESK, hold_all)


async def states(storage: Storage, bookings: list[Booking]) -> list[BookingState]:
    return await storage.work(
        DESK, lambda work: [work.bookings.get(booking.id).state for booking in bookings]
    )


async def test_forty_customers_race_for_seven_rooms(storage: Storage) -> None:
    await put_on_sale(storage, capacity=7)
    hold = use_cases(storage.work).hold

    outcomes = await race([hold(HoldBooking(actor=DESK, quote_id=quote().id)) for _ in range(40)])

    assert Counter(type(outcome) for outcome in outcomes) == {Booking: 7, SoldOut: 33}
    won = [outcome for outcome in outcomes if isinstance(outcome, Booking)]
    assert len({booking.reference for booking in won}) == 7
    assert await states(storage, won) == [BookingState.HELD] * 7
    assert await taken(storage) == {night(1): 7, night(2): 7}
    assert await storage.events() == ["booking_held"] * 7


@pytest.mark.parametrize("seed", range(3))
async def test_overlapping_stays_never_exceed_capacity(storage: Storage, seed: int) -> None:
    await put_on_sale(storage, capacity=5)
    desk = use_cases(storage.work)

    async def customer(chance: Random) -> Booking | None:
        first = chance.randrange(9)
        stay = hotel(first, chance.randint(first + 1, 9), rooms=chance.randint(1, 2))
        quoted = await desk.quote(QuoteBooking(actor=DESK, request=stay))
        booking = await desk.hold(HoldBooking(actor=DESK, quote_id=quoted.id))
        if chance.random() < 1 / 3:
            release = ReleaseBooking(actor=DESK, booking_id=booking.id, version=1)
            await desk.release(release)
            return None
        return booking

    outcomes = await race([customer(Random(seed * 100 + number)) for number in range(60)])

    assert {type(outcome) for outcome in outcomes} == {Booking, SoldOut, type(None)}
    wanted = Counter[PoolId]()
    for booking in outcomes:
        if isinstance(booking, Booking):
            wanted.update({claim.pool_id: claim.units for claim in booking.agreement.claims})
    assert await taken(storage) == wanted
    assert max(wanted.values()) <= 5


async def test_a_hold_is_confirmed_or_expired_but_never_both(storage: Storage) -> None:
    await put_on_sale(storage, capacity=20)
    bookings = await hold_many(storage, 20)
    desk = use_cases(storage.work, lambda: LATER)

    sweeps = [desk.expire(ExpireHolds(actor=DESK, limit=2)) for _ in range(5)]
    confirms = [
        desk.confirm(ConfirmBooking(actor=DESK, booking_id=booking.id, version=None))
        for booking in bookings
    ]
    outcomes = await race([*sweeps, *confirms])

    answers = outcomes[5:]
    expired = sum(swept for swept in outcomes[:5] if isinstance(swept, int))
    assert Counter(map(type, answers)) == Counter({Booking: 20 - expired, HoldExpired: expired})
    expected = [
        BookingState.CONFIRMED if isinstance(answer, Booking) else BookingState.EXPIRED
        for answer in answers
    ]
    assert await states(storage, bookings) == expected
    assert (await taken(storage)).get(night(1), 0) == 20 - expired
    assert Counter(await storage.events()) == Counter(
        booking_held=20, booking_confirmed=20 - expired, booking_expired=expired
    )


async def test_a_hold_is_confirmed_or_released_but_never_both(storage: Storage) -> None:
    await put_on_sale(storage, capacity=20)
    bookings = await hold_many(storage, 20)
    desk = use_cases(storage.work)

    outcomes = await race(
        [
            attempt
            for booking in bookings
            for attempt in (
                desk.confirm(ConfirmBooking(actor=DESK, booking_id=booking.id, version=None)),
                desk.release(ReleaseBooking(actor=DESK, booking_id=booking.id, version=None)),
            )
        ]
    )

    assert Counter(map(type, outcomes)) == {Booking: 20, NotHeld: 20}
    kept = (await states(storage, bookings)).count(BookingState.CONFIRMED)
    assert (await taken(storage)).get(night(1), 0) == kept


async def test_of_many_who_cancel_one_does(storage: Storage) -> None:
    await put_on_sale(storage, capacity=2)
    ours, other = await hold_many(storage, 2)
    desk = use_cases(storage.work)
    await desk.confirm(ConfirmBooking(actor=DESK, booking_id=ours.id, version=None))
    cancel = CancelBooking(actor=DESK, booking_id=ours.id, version=None)

    outcomes = await race([desk.cancel(cancel) for _ in range(12)])

    assert Counter(map(type, outcomes)) == {Booking: 1, NotConfirmed: 11}
    assert await taken(storage) == {night(1): 1}
    assert (await storage.events()).count("booking_cancelled") == 1
    assert await states(storage, [other]) == [BookingState.HELD]


async def test_claims_are_given_back_once_however_many_try(storage: Storage) -> None:
    first, second = held(id=1).hold_id, held(id=2).hold_id

    def take_both(work: Work) -> None:
        work.inventory.take(first, claims(1, 2, units=2))
        work.inventory.take(second, claims(1, 2, units=9))

    await put_on_sale(storage, capacity=20)
    await storage.work(DESK, take_both)
    outcomes = await race(
        [storage.work(DESK, lambda work: work.inventory.give_back([first])) for _ in range(20)]
    )

    assert outcomes == [None] * 20
    assert await taken(storage) == {night(1): 9, night(2): 9}


async def test_whoever_asks_in_the_opposite_order_does_not_wait_in_a_circle(
    storage: Storage,
) -> None:
    await put_on_sale(storage, capacity=40)
    wanted = claims(*range(9))

    async def take(number: int) -> None:
        hold_id, in_order = HoldId(UUID(int=number)), wanted[:: 1 if number % 2 else -1]
        await storage.work(DESK, lambda work: work.inventory.take(hold_id, in_order))

    assert await race([take(number) for number in range(40)]) == [None] * 40
    assert await taken(storage) == {night(number): 40 for number in range(9)}


async def test_whoever_gives_back_in_the_opposite_order_does_not_either(storage: Storage) -> None:
    holds = [held(id=number).hold_id for number in range(1, 21)]

    def take_all(work: Work) -> None:
        for hold_id in holds:
            work.inventory.take(hold_id, claims(*range(5)))

    async def give_back(number: int) -> None:
        batch = holds[:: 1 if number % 2 else -1]
        await storage.work(DESK, lambda work: work.inventory.give_back(batch))

    await put_on_sale(storage, capacity=20)
    await storage.work(DESK, take_all)

    assert await race([give_back(number) for number in range(12)]) == [None] * 12
    assert await taken(storage) == {}


async def test_expired_holds_are_sold_again_when_nothing_else_is_left(storage: Storage) -> None:
    await put_on_sale(storage, capacity=5)
    late = await hold_many(storage, 5)

    def add_quote(work: Work) -> None:
        work.quotes.add(quote(hotel(1, 2), id=302))

    await storage.work(DESK, add_quote)
    hold = use_cases(storage.work, lambda: LATER).hold
    command = HoldBooking(actor=DESK, quote_id=quote(id=302).id)

    outcomes = await race([hold(command) for _ in range(12)])

    won = [outcome for outcome in outcomes if isinstance(outcome, Booking)]
    assert len(won) == 5
    assert {type(outcome) for outcome in outcomes} == {Booking, SoldOut}
    assert await states(storage, late) == [BookingState.EXPIRED] * 5
    assert await states(storage, won) == [BookingState.HELD] * 5
    assert await taken(storage) == {night(1): 5}


async def test_a_hold_that_may_expire_is_left_alone_while_there_is_room(storage: Storage) -> None:
    await put_on_sale(storage, capacity=2)
    (late,) = await hold_many(storage, 1)
    hold = use_cases(storage.work, lambda: LATER).hold

    await hold(HoldBooking(actor=DESK, quote_id=quote().id))

    assert await states(storage, [late]) == [BookingState.HELD]


async def test_limits_change_amid_the_race_and_are_never_broken(storage: Storage) -> None:
    await put_on_sale(storage, capacity=30)
    hold = use_cases(storage.work).hold
    command = HoldBooking(actor=DESK, quote_id=quote().id)

    async def shrink(capacity: int) -> None:
        pools = (await storage.pools()).values()
        smaller = [pool for pool in pools if pool.id in (night(1), night(2))]
        changed = [attrs.evolve(pool, capacity=capacity) for pool in reversed(smaller)]
        await storage.work(DESK, lambda work: work.inventory.open(changed))

    await race([*(hold(command) for _ in range(25)), *(shrink(25 - n) for n in range(10))])

    pools = await storage.pools()
    assert pools[night(1)].capacity == pools[night(2)].capacity
    assert (await taken(storage))[night(1)] <= pools[night(1)].capacity
