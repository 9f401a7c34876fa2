"""What cancelling comes to is promised, and the promise is kept."""

from uuid import uuid4

import pytest

from application.bookings.cancel_booking import CancelBooking, CancelBookingHandler
from application.bookings.quote_cancellation import QuoteCancellation, QuoteCancellationHandler
from domain.bookings.booking import Booking
from domain.bookings.cancellation import Cancellation
from domain.bookings.life import AlreadyStarted, BookingState, NotConfirmed
from domain.bookings.promises import CancellationQuote, QuoteOutdated
from domain.bookings.quotes import QuoteExpired, QuoteNotFound
from tests.samples import DAY, MINUTE, SECOND, hotel, night, pounds
from tests.unit.desk import Desk

pytestmark = pytest.mark.anyio

GOOD_FOR = 15 * MINUTE
ALL = Cancellation(fee=pounds(0), refund=pounds(180))
HALF = Cancellation(fee=pounds(90), refund=pounds(90))


async def quoted(desk: Desk, booking: Booking) -> CancellationQuote:
    handler = QuoteCancellationHandler(
        unit_of_work=desk.memory, clock=desk.clock, new_id=uuid4, good_for=GOOD_FOR
    )
    return await handler(QuoteCancellation(actor=desk.actor, booking_id=booking.id))


async def as_quoted(desk: Desk, booking: Booking, quote: CancellationQuote) -> Booking:
    handler = CancelBookingHandler(
        unit_of_work=desk.memory, clock=desk.clock, freeing=desk.freeing
    )
    return await handler(
        CancelBooking(actor=desk.actor, booking_id=booking.id, version=None, quote_id=quote.id)
    )


async def just_before_the_tier_ends(desk: Desk) -> Booking:
    """All is given back until a week before the beginning: by the hour there, not by the date."""
    booking = await desk.confirmed(hotel(10, 12))
    desk.clock.passes(booking.starts_at - 7 * DAY - MINUTE - desk.clock.now)
    return booking


async def test_a_promise_is_kept_when_a_worse_tier_has_begun() -> None:
    desk = await Desk.open(days=15)
    booking = await just_before_the_tier_ends(desk)

    quote = await quoted(desk, booking)
    desk.clock.passes(10 * MINUTE)
    now = await quoted(desk, booking)
    cancelled = await as_quoted(desk, booking, quote)

    assert (quote.split, now.split) == (ALL, HALF)
    assert cancelled.state is BookingState.CANCELLED
    assert cancelled.cancellation == ALL
    assert desk.taken(night(10)) == [0]


async def test_without_a_promise_the_hour_counts() -> None:
    desk = await Desk.open(days=15)
    booking = await just_before_the_tier_ends(desk)
    desk.clock.passes(MINUTE)

    assert (await quoted(desk, booking)).split == ALL
    desk.clock.passes(SECOND)
    assert (await desk.cancel(booking.id)).cancellation == HALF


async def test_a_promise_is_good_for_a_while_and_one_version() -> None:
    desk = await Desk.open(capacity=2)
    booking, other = await desk.confirmed(), await desk.confirmed()
    quote = await quoted(desk, booking)

    with pytest.raises(QuoteNotFound):
        await as_quoted(desk, other, quote)
    desk.clock.passes(GOOD_FOR)
    with pytest.raises(QuoteExpired):
        await as_quoted(desk, booking, quote)
    fresh = await quoted(desk, booking)
    await desk.change_contact(booking.id)
    with pytest.raises(QuoteOutdated):
        await as_quoted(desk, booking, fresh)
    assert desk.stored(booking.id).state is BookingState.CONFIRMED


async def test_a_promise_ends_when_the_booking_begins() -> None:
    desk = await Desk.open()
    booking = await desk.confirmed()
    desk.clock.passes(booking.starts_at - MINUTE - desk.clock.now)

    assert (await quoted(desk, booking)).expires_at == booking.starts_at
    desk.clock.passes(MINUTE)
    with pytest.raises(AlreadyStarted):
        await quoted(desk, booking)


async def test_nothing_is_promised_about_what_is_not_confirmed() -> None:
    desk = await Desk.open()

    with pytest.raises(NotConfirmed):
        await quoted(desk, await desk.hold())
