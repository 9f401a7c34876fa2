"""Itineraries: held together or not at all, whoever else wants a part of them."""

from collections import Counter
from random import Random
from uuid import UUID, uuid4

import attrs
import pytest

from application.bookings.confirm_itinerary import ConfirmItinerary, ConfirmItineraryHandler
from application.bookings.duplicates import Duplicates
from application.bookings.expire_holds import ExpireHolds
from application.bookings.hold_booking import HoldBooking
from application.bookings.hold_itinerary import HoldItinerary, HoldItineraryHandler
from application.bookings.reclaiming import Reclaiming
from application.bookings.release_itinerary import ReleaseItinerary, ReleaseItineraryHandler
from application.bookings.views import ItineraryDetail
from application.kernel.ports import Clock, Stale
from application.kernel.retry_stale import RetryStale
from domain.bookings.attendees import AlreadyBooked
from domain.bookings.booking import Booking
from domain.bookings.itinerary import Itinerary, ItineraryNotFound, RepeatedQuotes
from domain.bookings.life import BookingNotFound, BookingState, HoldExpired
from domain.bookings.quotes import Quote, QuoteNotFound
from domain.inventory.pools import SoldOut
from domain.kernel.identifiers import BookingId, ItineraryId, QuoteId
from entrypoints.wiring.ambient import below
from tests.contract.crowds import race, use_cases
from tests.contract.storages import Storage, Work, put_on_sale, taken
from tests.freeing import freeing
from tests.samples import (
    DESK,
    HOLD_TERMS,
    NOW,
    OTHER_DESK,
    QUARTER,
    SEATS,
    held,
    hotel,
    night,
    quote,
    reference,
    seats,
    training,
)

pytestmark = pytest.mark.anyio

STAY, COURSE = quote(hotel(1, 3), id=401), quote(training("Ann Ono", "Bo Li"), id=402)
LATER = NOW + QUARTER


async def open_business(storage: Storage, *, rooms: int = 5, places: int = 12) -> None:
    def stock(work: Work) -> None:
        work.inventory.open([seats(capacity=places)])
        for promised in (STAY, COURSE):
            work.quotes.add(promised)

    await put_on_sale(storage, capacity=rooms)
    await storage.work(DESK, stock)


async def hold(storage: Storage, *quotes: Quote, clock: Clock = lambda: NOW) -> ItineraryDetail:
    handler = HoldItineraryHandler(
        unit_of_work=storage.work,
        clock=clock,
        new_id=uuid4,
        chance=below,
        reference_prefix="FD",
        terms=HOLD_TERMS,
        reclaiming=Reclaiming(unit_of_work=storage.work, clock=clock, freeing=freeing(clock)),
        duplicates=Duplicates(unit_of_work=storage.work, clock=clock),
    )
    command = HoldItinerary(actor=DESK, quote_ids=[quoted.id for quoted in quotes])
    return await RetryStale(handler)(command)


async def confirm(storage: Storage, itinerary: Itinerary) -> ItineraryDetail:
    handler = ConfirmItineraryHandler(unit_of_work=storage.work, clock=lambda: NOW)
    return await handler(
        ConfirmItinerary(actor=DESK, itinerary_id=itinerary.id, version=itinerary.version)
    )


async def release(storage: Storage, itinerary: Itinerary) -> ItineraryDetail:
    handler = ReleaseItineraryHandler(
        unit_of_work=storage.work, clock=lambda: NOW, freeing=freeing()
    )
    return await handler(
        ReleaseItinerary(actor=DESK, itinerary_id=itinerary.id, version=itinerary.version)
    )


def states(detail: ItineraryDetail) -> list[BookingState]:
    return [booking.state for booking in detail.bookings]


async def test_a_stay_and_a_course_are_held_and_confirmed_together(storage: Storage) -> None:
    await open_business(storage)
    together = await hold(storage, STAY, COURSE)

    assert states(together) == [BookingState.HELD] * 2
    assert together.itinerary.pending == tuple(booking.id for booking in together.bookings)
    assert {booking.itinerary_id for booking in together.bookings} == {together.itinerary.id}
    assert await taken(storage) == {night(1): 1, night(2): 1, SEATS: 2}

    confirmed = await confirm(storage, together.itinerary)
    assert states(confirmed) == [BookingState.CONFIRMED] * 2
    assert confirmed.itinerary.pending == ()
    assert confirmed.itinerary.standing == together.itinerary.pending
    assert await storage.events() == [
        "booking_held",
        "booking_held",
        "itinerary_held",
        "booking_confirmed",
        "booking_confirmed",
        "itinerary_confirmed",
    ]


async def test_one_part_that_is_sold_out_leaves_nothing_held(storage: Storage) -> None:
    await open_business(storage, places=1)

    with pytest.raises(SoldOut) as refused:
        await hold(storage, STAY, COURSE)

    assert [short.pool_id for short in refused.value.shortages] == [SEATS]
    assert await taken(storage) == {}
    assert await storage.events() == []


async def test_if_one_hold_has_expired_none_is_confirmed(storage: Storage) -> None:
    await open_business(storage)
    together = await hold(storage, STAY, COURSE)
    await use_cases(storage.work, lambda: LATER).expire(ExpireHolds(actor=DESK, limit=1))

    with pytest.raises(HoldExpired):
        await confirm(storage, together.itinerary)

    released = await release(storage, together.itinerary)
    assert Counter(states(released)) == {BookingState.EXPIRED: 1, BookingState.RELEASED: 1}
    assert await taken(storage) == {}


async def test_expired_holds_make_room_for_an_itinerary(storage: Storage) -> None:
    await open_business(storage, rooms=1)
    await use_cases(storage.work).hold(HoldBooking(actor=DESK, quote_id=STAY.id))

    together = await hold(storage, COURSE, STAY, clock=lambda: LATER)

    assert states(together) == [BookingState.HELD] * 2


async def test_a_quote_is_named_once_and_exists(storage: Storage) -> None:
    await open_business(storage)
    with pytest.raises(RepeatedQuotes):
        await hold(storage, STAY, STAY)
    with pytest.raises(QuoteNotFound):
        await hold(storage, STAY, attrs.evolve(STAY, id=QuoteId(UUID(int=7))))


async def test_a_person_has_one_place_also_within_an_itinerary(storage: Storage) -> None:
    await open_business(storage)
    again = quote(training("Bo Li", "Cy Fo"), id=403)
    await storage.work(DESK, lambda work: work.quotes.add(again))

    with pytest.raises(AlreadyBooked) as within:
        await hold(storage, COURSE, again)
    await hold(storage, STAY, COURSE)
    with pytest.raises(AlreadyBooked) as between:
        await hold(storage, again)

    assert (within.value.numbers, between.value.numbers) == ((2,), (1,))
    assert await taken(storage) == {night(1): 1, night(2): 1, SEATS: 2}
    assert (await storage.events()).count("duplicate_booking_tried") == 2


async def promise_courses(storage: Storage, number: int) -> list[Quote]:
    """Each for two other people."""
    courses = [quote(training(f"Ann {n}", f"Bo {n}"), id=600 + n) for n in range(number)]

    def promise(work: Work) -> None:
        for course in courses:
            work.quotes.add(course)

    await storage.work(DESK, promise)
    return courses


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.usefixtures("crowded")
async def test_however_many_contend_no_itinerary_is_ever_held_in_part(
    storage: Storage, seed: int
) -> None:
    await open_business(storage, rooms=4, places=9)
    courses = await promise_courses(storage, 30)
    single = use_cases(storage.work).hold
    chance = Random(seed)

    async def attempt(course: Quote) -> object:
        match chance.randrange(4):
            case 0:
                return await hold(storage, STAY, course)
            case 1:
                return await hold(storage, course, STAY)
            case 2:
                return await single(HoldBooking(actor=DESK, quote_id=STAY.id))
            case _:
                return await single(HoldBooking(actor=DESK, quote_id=course.id))

    attempts = [attempt(course) for course in courses]

    outcomes = await race(attempts)

    assert {type(outcome) for outcome in outcomes} <= {ItineraryDetail, Booking, SoldOut}
    wanted = Counter[str]()
    for outcome in outcomes:
        for booking in _bookings(outcome):
            wanted.update({claim.pool_id: claim.units for claim in booking.agreement.claims})
    assert await taken(storage) == wanted
    assert wanted[night(1)] <= 4
    assert wanted[SEATS] <= 9
    # Somebody is refused only if one of the two was gone, so at least one is sold out.
    assert wanted[night(1)] == 4 or wanted[SEATS] >= 8


def _bookings(outcome: object) -> list[Booking]:
    if isinstance(outcome, ItineraryDetail):
        return list(outcome.bookings)
    return [outcome] if isinstance(outcome, Booking) else []


async def test_an_itinerary_comes_back_as_it_was_saved(storage: Storage) -> None:
    made = Itinerary.hold(
        ItineraryId(UUID(int=9)), [BookingId(UUID(int=1))], reference=reference(3), now=NOW
    )
    saved = await storage.work(DESK, lambda work: work.itineraries.save(made))
    found = await storage.work(DESK, lambda work: work.itineraries.get(made.id))

    assert found == saved == attrs.evolve(made, version=1, events=())
    with pytest.raises(Stale):
        await storage.work(DESK, lambda work: work.itineraries.save(made))
    with pytest.raises(ItineraryNotFound):
        await storage.work(OTHER_DESK, lambda work: work.itineraries.get(made.id))


async def test_several_bookings_come_in_the_order_they_are_asked_for(storage: Storage) -> None:
    def save(work: Work) -> list[BookingId]:
        return [work.bookings.save(held(id=number)).id for number in (1, 2, 3)]

    first, second, third = await storage.work(DESK, save)
    found = await storage.work(DESK, lambda work: work.bookings.several([third, first]))

    assert [booking.id for booking in found] == [third, first]
    missing = BookingId(UUID(int=99))
    with pytest.raises(BookingNotFound) as refused:
        await storage.work(DESK, lambda work: work.bookings.several([second, missing]))
    assert refused.value.booking_id == missing
