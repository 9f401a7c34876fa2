"""One live booking a person and session, however many try at once."""

from collections import Counter
from datetime import timedelta

import pytest

from application.bookings.cancel_booking import CancelBooking
from application.bookings.confirm_booking import ConfirmBooking
from application.bookings.expire_holds import ExpireHolds
from application.bookings.hold_booking import HoldBooking
from application.bookings.quote_booking import QuoteBooking
from application.bookings.release_booking import ReleaseBooking
from domain.bookings.attendees import AlreadyBooked, Attendee
from domain.bookings.booking import Booking
from domain.kernel.identifiers import QuoteId
from tests.contract.courses import course
from tests.contract.crowds import race, use_cases
from tests.contract.storages import Storage, taken
from tests.fakes.time import Time
from tests.samples import DESK, FIRST_AID, NOW, QUARTER, SEATS, seats_for

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("crowded")]

ADA = Attendee(name="Ada Lovelace", email="ada@example.com")
COUNTESS = Attendee(name="Countess of Lovelace", email="ADA@example.com")
BERT = Attendee(name="Bert Brecht")


async def quoted(storage: Storage, *attendees: Attendee) -> QuoteId:
    quote = use_cases(storage.work).quote
    return (await quote(QuoteBooking(actor=DESK, request=seats_for(*attendees)))).id


async def hold(storage: Storage, *attendees: Attendee) -> Booking:
    quote_id = await quoted(storage, *attendees)
    return await use_cases(storage.work).hold(HoldBooking(actor=DESK, quote_id=quote_id))


async def test_of_many_who_book_one_person_one_does(storage: Storage) -> None:
    await course(storage)
    quotes = [await quoted(storage, who) for who in (ADA, COUNTESS)]
    desk = use_cases(storage.work)

    outcomes = await race(
        [desk.hold(HoldBooking(actor=DESK, quote_id=quotes[n % 2])) for n in range(12)]
    )

    assert Counter(map(type, outcomes)) == {Booking: 1, AlreadyBooked: 11}
    assert await taken(storage) == {SEATS: 1}
    assert Counter(await storage.events())["duplicate_booking_tried"] == 11


async def test_the_refusal_says_who_it_is(storage: Storage) -> None:
    await course(storage)
    await hold(storage, ADA)

    with pytest.raises(AlreadyBooked, match="already") as refused:
        await hold(storage, BERT, COUNTESS)

    assert (refused.value.resource_id, refused.value.numbers) == (FIRST_AID.id, (2,))
    assert "ada" not in f"{refused.value!r} {refused.value}".lower()
    assert await taken(storage) == {SEATS: 1}
    await hold(storage, BERT)


async def test_a_place_is_free_again_when_the_booking_ends(storage: Storage) -> None:
    await course(storage)
    clock = Time(NOW)
    desk = use_cases(storage.work, clock)

    released = await hold(storage, ADA)
    await desk.release(ReleaseBooking(actor=DESK, booking_id=released.id, version=None))
    cancelled = await hold(storage, ADA)
    await desk.confirm(ConfirmBooking(actor=DESK, booking_id=cancelled.id, version=None))
    with pytest.raises(AlreadyBooked):
        await hold(storage, ADA)
    await desk.cancel(CancelBooking(actor=DESK, booking_id=cancelled.id, version=None))
    await hold(storage, ADA)
    clock.passes(QUARTER)
    await desk.expire(ExpireHolds(actor=DESK))

    await hold(storage, ADA)


async def test_a_hold_past_its_time_is_in_nobodys_way(storage: Storage) -> None:
    await course(storage)
    quote_id = await quoted(storage, ADA)
    await hold(storage, COUNTESS)
    later = use_cases(storage.work, lambda: NOW + QUARTER + timedelta(minutes=1))

    await later.hold(HoldBooking(actor=DESK, quote_id=quote_id))

    assert await taken(storage) == {SEATS: 1}
