"""Bookings become others: quoted first, then all at once or not at all."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import attrs
import pytest

from application.bookings.change_booking import ChangeBooking, ChangeBookingHandler
from application.bookings.check_in_booking import CheckInBooking, CheckInBookingHandler
from application.bookings.quote_change import QuoteChange, QuoteChangeHandler
from application.bookings.reclaiming import Reclaiming
from domain.bookings.adjustments import Adjustments
from domain.bookings.booking import Booking
from domain.bookings.conditions import Conditions, SoldOnRequest
from domain.bookings.discounts import Step, Steps
from domain.bookings.events import BookingRescheduled
from domain.bookings.life import AlreadyStarted, BookingState, HasBegun, NotConfirmed
from domain.bookings.pricing import RatePlan
from domain.bookings.promises import ChangeQuote, QuoteOutdated
from domain.bookings.quotes import QuoteExpired, QuoteNotFound
from domain.bookings.requests import BaseBookingRequest, DiscountFixed, InThePast, KindFixed
from domain.inventory.pools import Pool, SoldOut
from domain.kernel.claims import day_pool
from domain.kernel.identifiers import ResourceId
from tests.samples import (
    BERT,
    DAY,
    DOUBLE_ROOMS,
    MINUTE,
    SECOND,
    day,
    hotel,
    night,
    pounds,
    room_terms,
    training,
)
from tests.unit.desk import Desk

pytestmark = pytest.mark.anyio

GOOD_FOR = 15 * MINUTE
SUITES = attrs.evolve(DOUBLE_ROOMS, id=ResourceId(UUID(int=103)))


async def quoted(desk: Desk, booking: Booking, request: BaseBookingRequest) -> ChangeQuote:
    handler = QuoteChangeHandler(
        unit_of_work=desk.memory, clock=desk.clock, new_id=uuid4, good_for=GOOD_FOR
    )
    return await handler(QuoteChange(actor=desk.actor, booking_id=booking.id, request=request))


async def as_quoted(desk: Desk, booking: Booking, quote: ChangeQuote) -> Booking:
    handler = ChangeBookingHandler(
        unit_of_work=desk.memory,
        clock=desk.clock,
        freeing=desk.freeing,
        reclaiming=Reclaiming(unit_of_work=desk.memory, clock=desk.clock, freeing=desk.freeing),
    )
    return await handler(
        ChangeBooking(actor=desk.actor, booking_id=booking.id, version=None, quote_id=quote.id)
    )


async def changed(desk: Desk, booking: Booking, request: BaseBookingRequest) -> Booking:
    return await as_quoted(desk, booking, await quoted(desk, booking, request))


async def set_terms(desk: Desk, **terms: Any) -> None:
    """Other terms from now on, with nothing left as it was but the policy of cancelling."""

    def save(work: Any) -> None:
        known = work.sales_terms.get(DOUBLE_ROOMS.id)
        work.sales_terms.save(attrs.evolve(known, **terms))

    await desk.memory(desk.actor, save)


async def there(desk: Desk, booking: Booking) -> Booking:
    desk.clock.passes(booking.starts_at - desk.clock.now)
    check_in = CheckInBookingHandler(unit_of_work=desk.memory, clock=desk.clock)
    return await check_in(CheckInBooking(actor=desk.actor, booking_id=booking.id, version=None))


async def test_a_stay_moves_by_a_night_in_a_full_house() -> None:
    desk = await Desk.open(capacity=1)
    booking = await desk.confirmed(hotel(1, 3))

    after = await changed(desk, booking, hotel(2, 4))

    assert (after.state, after.version) == (BookingState.CONFIRMED, booking.version + 1)
    assert after.agreement.request == hotel(2, 4)
    assert desk.taken(night(1), night(2), night(3)) == [0, 1, 1]
    assert isinstance(desk.events[-1], BookingRescheduled)


async def test_unchanged_nights_keep_their_price_and_others_cost_todays() -> None:
    desk = await Desk.open(capacity=2)
    booking = await desk.confirmed(hotel(1, 3))
    await set_terms(desk, rates=RatePlan(price=pounds(120)))

    longer = await quoted(desk, booking, hotel(2, 5))
    more = await quoted(desk, booking, hotel(1, 3, rooms=2, guests=2))

    assert [line.unit_price for line in longer.agreement.price.lines] == [
        pounds(90),
        pounds(120),
        pounds(120),
    ]
    assert longer.difference == pounds(330 - 180)
    assert [(line.units, line.unit_price) for line in more.agreement.price.lines] == [
        (1, pounds(90)),
        (1, pounds(120)),
    ] * 2
    assert more.difference == pounds(240)


async def test_a_shorter_stay_gives_back_and_a_fee_comes_on_top() -> None:
    desk = await Desk.open()
    await set_terms(desk, conditions=Conditions(change_fee=pounds(15)))
    booking = await desk.confirmed(hotel(1, 4))
    await set_terms(desk, conditions=Conditions(change_fee=pounds(99)))

    quote = await quoted(desk, booking, hotel(1, 3))
    once = await as_quoted(desk, booking, quote)
    twice = await changed(desk, once, hotel(1, 2))

    assert (quote.difference, quote.fee, quote.due) == (pounds(-90), pounds(15), pounds(-75))
    assert desk.taken(night(1), night(2), night(3)) == [1, 0, 0]
    assert once.agreement.change_fees == pounds(15)
    assert twice.agreement.change_fees == pounds(30)
    assert twice.agreement.price.total == pounds(90)
    happened = desk.events[-1]
    assert isinstance(happened, BookingRescheduled)
    assert (happened.difference, happened.fee) == (pounds(-90), pounds(15))


async def test_the_terms_of_the_purchase_stay() -> None:
    desk = await Desk.open()
    booking = await desk.confirmed()
    await set_terms(desk, cancellation=attrs.evolve(room_terms().cancellation, tiers=()))

    after = await changed(desk, booking, hotel(1, 5))

    assert after.agreement.cancellation == booking.agreement.cancellation


async def with_suites(desk: Desk, **terms: Any) -> None:
    def add(work: Any) -> None:
        work.resources.save(SUITES)
        work.sales_terms.save(attrs.evolve(room_terms(), resource_id=SUITES.id, **terms))
        work.inventory.open(
            [
                Pool(
                    id=day_pool(SUITES.id, day(number)),
                    resource_id=SUITES.id,
                    day=day(number),
                    capacity=1,
                )
                for number in range(5)
            ]
        )

    await desk.memory(desk.actor, add)


async def test_another_room_is_had_instead() -> None:
    desk = await Desk.open()
    await with_suites(desk, rates=RatePlan(price=pounds(150)))
    booking = await desk.confirmed()

    after = await changed(desk, booking, attrs.evolve(hotel(), resource_id=SUITES.id))

    assert after.agreement.price.total == pounds(300)
    assert desk.taken(night(1), day_pool(SUITES.id, day(1))) == [0, 1]


async def test_what_somebody_would_have_to_approve_of_is_asked_for_anew() -> None:
    desk = await Desk.open()
    await with_suites(desk, conditions=Conditions(on_request=True))
    booking = await desk.confirmed()

    with pytest.raises(SoldOnRequest):
        await quoted(desk, booking, attrs.evolve(hotel(), resource_id=SUITES.id))


async def test_a_change_that_does_not_fit_changes_nothing() -> None:
    desk = await Desk.open(capacity=1)
    booking = await desk.confirmed(hotel(1, 3))
    other = await desk.confirmed(hotel(3, 4))
    quote = await quoted(desk, booking, hotel(2, 4))
    before = desk.memory.rows(desk.actor)

    with pytest.raises(SoldOut):
        await as_quoted(desk, booking, quote)

    assert desk.memory.rows(desk.actor) == before
    await desk.cancel(other.id)
    assert (await as_quoted(desk, booking, quote)).agreement.request == hotel(2, 4)


async def test_expired_holds_make_room_for_changes() -> None:
    desk = await Desk.open(capacity=1)
    booking = await desk.confirmed(hotel(1, 3))
    await desk.hold(hotel(3, 4))
    desk.clock.passes(15 * MINUTE)

    after = await changed(desk, booking, hotel(2, 4))

    assert after.agreement.request == hotel(2, 4)


async def test_a_quote_is_good_for_one_version_and_a_while() -> None:
    desk = await Desk.open(capacity=3)
    booking, other = await desk.confirmed(), await desk.confirmed()
    quote = await quoted(desk, booking, hotel(1, 4))

    with pytest.raises(QuoteNotFound):
        await as_quoted(desk, other, quote)
    desk.clock.passes(GOOD_FOR - SECOND)
    await desk.change_contact(booking.id, contact=BERT)
    with pytest.raises(QuoteOutdated):
        await as_quoted(desk, booking, quote)
    late = await quoted(desk, booking, hotel(1, 4))
    desk.clock.passes(GOOD_FOR)
    with pytest.raises(QuoteExpired):
        await as_quoted(desk, booking, late)


async def test_nothing_changes_into_another_kind_or_code() -> None:
    desk = await Desk.open()
    booking = await desk.confirmed()

    with pytest.raises(KindFixed):
        await quoted(desk, booking, training())
    with pytest.raises(DiscountFixed):
        await quoted(desk, booking, attrs.evolve(hotel(), discount_code="SPRING27"))


async def test_only_what_is_confirmed_or_in_progress_changes() -> None:
    desk = await Desk.open(capacity=3)
    held, late = await desk.hold(), await desk.confirmed()

    with pytest.raises(NotConfirmed):
        await quoted(desk, held, hotel(1, 4))
    desk.clock.passes(late.starts_at - desk.clock.now)
    with pytest.raises(AlreadyStarted):
        await quoted(desk, late, hotel(2, 4))


async def test_whoever_booked_early_is_still_early_where_they_are() -> None:
    desk = await Desk.open(capacity=3)
    early = Steps(steps=(Step(least=19, percent=50),))
    await set_terms(desk, adjustments=Adjustments(early=early))
    booking = await desk.confirmed(hotel(8, 9))
    full = booking.agreement.price.total * 2
    desk.clock.passes(3 * DAY)
    longer = await quoted(desk, booking, hotel(8, 10))
    nearer = await quoted(desk, booking, hotel(6, 7))
    new = await desk.confirmed(hotel(8, 9))

    assert longer.agreement.price.total == full
    assert nearer.agreement.price.total == new.agreement.price.total == full


async def test_an_early_departure_gives_back_the_nights_to_come() -> None:
    desk = await Desk.open()
    booking = await there(desk, await desk.confirmed(hotel(1, 7)))
    desk.clock.passes(2 * DAY)

    after = await changed(desk, booking, hotel(1, 4))

    assert after.state is BookingState.IN_PROGRESS
    assert desk.taken(*map(night, range(1, 7))) == [1, 1, 1, 0, 0, 0]


@pytest.mark.parametrize(
    "request_", [hotel(2, 7), hotel(0, 7), hotel(1, 2)], ids=["later", "earlier", "over"]
)
async def test_a_booking_in_progress_keeps_its_beginning_and_its_past(
    request_: BaseBookingRequest,
) -> None:
    desk = await Desk.open()
    booking = await there(desk, await desk.confirmed(hotel(1, 7)))
    desk.clock.passes(2 * DAY)

    with pytest.raises((HasBegun, InThePast)):
        await quoted(desk, booking, request_)


async def test_a_quote_ends_when_the_booking_begins() -> None:
    desk = await Desk.open()
    booking = await desk.confirmed(hotel(1, 3))
    desk.clock.passes(booking.starts_at - desk.clock.now - timedelta(minutes=5))

    quote = await quoted(desk, booking, hotel(1, 4))

    assert quote.expires_at == booking.starts_at
