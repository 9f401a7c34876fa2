"""What does not take place is sold to nobody, and everybody who booked it is told once."""

from collections import Counter
from uuid import UUID

import attrs
import pytest

from application.bookings.cancel_booking import CancelBooking
from application.bookings.cancel_bookings_of import CancelBookingsOf
from application.bookings.confirm_booking import ConfirmBooking
from application.bookings.hold_booking import HoldBooking
from application.kernel.ports import Stale
from domain.bookings.booking import Booking
from domain.bookings.life import BookingState
from domain.bookings.quotes import Quote
from domain.inventory.pools import SoldOut
from domain.inventory.resources import AlreadyOver, NeverTakesPlace, Resource, ResourceState
from domain.kernel.identifiers import BookingId, ResourceId
from tests.contract.cancelling import Interrupted, cancel, run_job
from tests.contract.crowds import race, use_cases
from tests.contract.storages import Storage, Work, put_on_sale, taken
from tests.samples import (
    DESK,
    DOUBLE_ROOMS,
    FIRST_AID,
    NOW,
    SEATS,
    held,
    night,
    quote,
    seats,
    training,
)

pytestmark = pytest.mark.anyio

SEATS_WANTED = [quote(training(f"Attendee {one}"), id=501 + one) for one in range(20)]
SEAT, *_ = SEATS_WANTED
EVENING = ResourceId(UUID(int=103))


async def open_course(storage: Storage, *, capacity: int = 200) -> None:
    def stock(work: Work) -> None:
        work.inventory.open([seats(capacity=capacity)])
        for quoted in SEATS_WANTED:
            work.quotes.add(quoted)

    await put_on_sale(storage)
    await storage.work(DESK, stock)


async def book(storage: Storage, number: int, *, confirmed: int) -> list[BookingId]:
    """So many bookings of a seat, of which the first are confirmed."""

    def hold_all(work: Work) -> list[BookingId]:
        ids = []
        for one in range(number):
            booking = held(training(f"Attendee {one}"), id=37 * (one + 1))
            work.inventory.take(booking.hold_id, booking.agreement.claims)
            saved = work.bookings.save(booking)
            if one < confirmed:
                work.bookings.save(saved.confirm(now=NOW))
            ids.append(booking.id)
        return ids

    return await storage.work(DESK, hold_all)


async def states(storage: Storage, ids: list[BookingId]) -> Counter[BookingState]:
    found = await storage.work(DESK, lambda work: work.bookings.several(ids))
    return Counter(booking.state for booking in found)


async def test_everything_is_cancelled_with_all_of_the_price_due(storage: Storage) -> None:
    await open_course(storage)
    ids = await book(storage, 5, confirmed=3)
    cancelled = await cancel(storage)
    await run_job(storage)

    assert cancelled.state is ResourceState.CANCELLED
    assert await states(storage, ids) == {BookingState.CANCELLED: 3, BookingState.RELEASED: 2}
    assert await taken(storage) == {}
    (first, *_) = await storage.work(DESK, lambda work: work.bookings.several(ids))
    assert first.cancellation is not None
    assert first.cancellation.refund == first.agreement.price.total
    assert first.cancellation.reason == "snow"
    assert await storage.jobs() == [CancelBookingsOf.JOB]


async def test_interrupted_anywhere_it_ends_with_everybody_cancelled_once(
    storage: Storage,
) -> None:
    await open_course(storage)
    ids = await book(storage, 50, confirmed=50)
    await cancel(storage)
    with pytest.raises(Interrupted):
        await run_job(storage, batches=3)
    halfway = await states(storage, ids)
    await run_job(storage)
    await run_job(storage)

    assert halfway == {BookingState.CANCELLED: 20, BookingState.CONFIRMED: 30}
    assert await states(storage, ids) == {BookingState.CANCELLED: 50}
    assert Counter(await storage.events())["booking_cancelled"] == 50


async def test_other_resources_are_left_alone(storage: Storage) -> None:
    await open_course(storage)

    def stay(work: Work) -> BookingId:
        booking = held(id=900 * 37)
        work.inventory.take(booking.hold_id, booking.agreement.claims)
        return work.bookings.save(booking).id

    room = await storage.work(DESK, stay)
    await cancel(storage)
    await run_job(storage)

    assert await states(storage, [room]) == {BookingState.HELD: 1}
    assert await taken(storage) == {night(1): 1, night(2): 1}


async def test_nothing_is_sold_from_then_on(storage: Storage) -> None:
    await open_course(storage)
    await cancel(storage)

    with pytest.raises(SoldOut):
        await use_cases(storage.work).hold(HoldBooking(actor=DESK, quote_id=SEAT.id))


@pytest.mark.usefixtures("crowded")
async def test_whoever_books_meanwhile_is_refused_or_cancelled(storage: Storage) -> None:
    await open_course(storage)
    desk = use_cases(storage.work)

    async def customer(quoted: Quote) -> Booking:
        booking = await desk.hold(HoldBooking(actor=DESK, quote_id=quoted.id))
        return await desk.confirm(ConfirmBooking(actor=DESK, booking_id=booking.id, version=None))

    customers = [customer(quoted) for quoted in SEATS_WANTED]
    outcomes = await race([*customers[:10], cancel(storage), *customers[10:]])
    await run_job(storage)

    booked = [outcome.id for outcome in outcomes if isinstance(outcome, Booking)]
    assert {type(outcome) for outcome in outcomes} <= {Booking, Resource, SoldOut}
    assert set(await states(storage, booked)) <= {BookingState.CANCELLED}
    assert await taken(storage) == {}
    assert SEATS not in await storage.claimed()


async def test_what_sells_the_same_units_is_cancelled_with_it(storage: Storage) -> None:
    await open_course(storage)
    evening = attrs.evolve(FIRST_AID, id=EVENING, stock_id=FIRST_AID.id)
    await storage.work(DESK, lambda work: work.resources.save(evening))
    await cancel(storage, evening)
    sold = await storage.work(DESK, lambda work: work.resources.selling(FIRST_AID.id))

    assert [resource.id for resource in sold] == [FIRST_AID.id, EVENING]
    assert {resource.state for resource in sold} == {ResourceState.CANCELLED}


async def test_what_is_always_there_or_over_is_not_cancelled(storage: Storage) -> None:
    await open_course(storage)
    await cancel(storage)

    with pytest.raises(AlreadyOver):
        await cancel(storage)
    with pytest.raises(NeverTakesPlace):
        await cancel(storage, DOUBLE_ROOMS)


async def test_a_customer_who_cancels_does_not_bring_the_session_back(storage: Storage) -> None:
    await open_course(storage)
    (booking_id,) = await book(storage, 1, confirmed=1)
    await cancel(storage)
    command = CancelBooking(actor=DESK, booking_id=booking_id, version=None)
    await use_cases(storage.work).cancel(command)
    await run_job(storage)

    session = await storage.work(DESK, lambda work: work.resources.get(FIRST_AID.id))
    assert session.state is ResourceState.CANCELLED
    assert Counter(await storage.events())["booking_cancelled"] == 1


async def test_whoever_decides_on_an_older_version_decides_again(storage: Storage) -> None:
    await open_course(storage)
    older = await storage.work(DESK, lambda work: work.resources.get(FIRST_AID.id))
    await cancel(storage)

    with pytest.raises(Stale):
        await storage.work(DESK, lambda work: work.resources.save(older))
