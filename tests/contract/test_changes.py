"""Bookings change places, also with each other and among strangers: all or nothing."""

from collections import Counter
from random import Random
from uuid import uuid4

import pytest

from application.bookings.assign_units import AssignUnits, AssignUnitsHandler
from application.bookings.change_booking import ChangeBooking, ChangeBookingHandler
from application.bookings.confirm_booking import ConfirmBooking
from application.bookings.hold_booking import HoldBooking
from application.bookings.quote_booking import QuoteBooking
from application.bookings.quote_change import QuoteChange, QuoteChangeHandler
from application.bookings.reclaiming import Reclaiming
from application.kernel.ports import Stale
from application.kernel.retry_stale import RetryStale
from domain.bookings.booking import Booking
from domain.bookings.hotel import HotelBookingRequest
from domain.bookings.promises import QuoteOutdated
from domain.inventory.pools import AlreadyTaken, SoldOut
from domain.inventory.units import Unit
from domain.kernel.claims import ExclusiveClaim
from domain.kernel.identifiers import BookingId, PoolId
from tests.contract.crowds import race, use_cases
from tests.contract.fleets import FLEET, unit_id
from tests.contract.storages import Storage, Work, put_on_sale, taken
from tests.freeing import freeing
from tests.samples import DESK, FIRST_AID, NOW, QUARTER, held, hotel, night

pytestmark = pytest.mark.anyio


async def book(storage: Storage, request: HotelBookingRequest) -> Booking:
    desk = use_cases(storage.work)
    quote = await desk.quote(QuoteBooking(actor=DESK, request=request))
    booking = await desk.hold(HoldBooking(actor=DESK, quote_id=quote.id))
    return await desk.confirm(ConfirmBooking(actor=DESK, booking_id=booking.id, version=None))


async def change(storage: Storage, booking_id: BookingId, request: HotelBookingRequest) -> Booking:
    frees = freeing()
    quoting = QuoteChangeHandler(
        unit_of_work=storage.work, clock=lambda: NOW, new_id=uuid4, good_for=QUARTER
    )
    changing = RetryStale(
        ChangeBookingHandler(
            unit_of_work=storage.work,
            clock=lambda: NOW,
            freeing=frees,
            reclaiming=Reclaiming(unit_of_work=storage.work, clock=lambda: NOW, freeing=frees),
        )
    )
    quote = await quoting(QuoteChange(actor=DESK, booking_id=booking_id, request=request))
    return await changing(
        ChangeBooking(actor=DESK, booking_id=booking_id, version=None, quote_id=quote.id)
    )


async def test_a_refused_change_leaves_no_trace(storage: Storage) -> None:
    await put_on_sale(storage, capacity=1)
    booking, _ = await book(storage, hotel(1, 3)), await book(storage, hotel(3, 4))
    events = await storage.events()

    with pytest.raises(SoldOut):
        await change(storage, booking.id, hotel(2, 4))

    assert await storage.work(DESK, lambda work: work.bookings.get(booking.id)) == booking
    assert await taken(storage) == {night(1): 1, night(2): 1, night(3): 1}
    assert await storage.events() == events


async def test_a_change_moves_what_is_claimed_and_is_on_record(storage: Storage) -> None:
    await put_on_sale(storage, capacity=2)
    booking = await book(storage, hotel(1, 3))

    await change(storage, booking.id, hotel(2, 4, rooms=2))

    found = await storage.work(DESK, lambda work: work.bookings.get(booking.id))
    assert found.agreement.request == hotel(2, 4, rooms=2)
    assert await taken(storage) == {night(2): 2, night(3): 2}
    assert (await storage.events())[-1] == "booking_rescheduled"


@pytest.mark.usefixtures("crowded")
async def test_units_are_given_to_bookings_that_are_being_changed(storage: Storage) -> None:
    """Each waits for the other at the booking, and not one at the booking, one at its units."""
    await put_on_sale(storage, capacity=4)
    booking = await book(storage, hotel(1, 3))

    def add(work: Work) -> None:
        for number in range(2):
            work.units.save(Unit.add(unit_id(number), resource_id=FLEET, label="1", now=NOW))

    await storage.work(DESK, add)
    assign = AssignUnitsHandler(unit_of_work=storage.work, clock=lambda: NOW)
    wanted = AssignUnits(actor=DESK, booking_id=booking.id, version=None)
    moves = [change(storage, booking.id, hotel(first, first + 2)) for first in (2, 3, 4)]

    outcomes = await race([*(assign(wanted) for _ in range(4)), *moves])

    assert {type(outcome) for outcome in outcomes[:4]} == {Booking}
    assert {type(outcome) for outcome in outcomes[4:]} <= {Booking, QuoteOutdated, Stale}


def place(name: str) -> ExclusiveClaim:
    return ExclusiveClaim(resource_id=FIRST_AID.id, what="seat", name=name)


async def test_what_only_one_may_have_changes_hands(storage: Storage) -> None:
    await put_on_sale(storage)
    ours, theirs = held(id=1).hold_id, held(id=2).hold_id

    async def swap(before: list[ExclusiveClaim], after: list[ExclusiveClaim]) -> None:
        await storage.work(
            DESK,
            lambda work: work.inventory.swap_exclusively(ours, before=before, after=after),
        )

    one, two, three = place("1A"), place("1B"), place("1C")
    await storage.work(DESK, lambda work: work.inventory.take_exclusively(ours, [one, two]))
    await swap([one, two], [two, three])
    await storage.work(DESK, lambda work: work.inventory.take_exclusively(theirs, [one]))

    with pytest.raises(AlreadyTaken):
        await swap([two, three], [one, three])
    with pytest.raises(AlreadyTaken):
        await storage.work(DESK, lambda work: work.inventory.take_exclusively(theirs, [two]))


@pytest.mark.usefixtures("crowded")
@pytest.mark.parametrize("seed", range(2))
async def test_bookings_swap_places_while_strangers_hold(storage: Storage, seed: int) -> None:
    """Into each other's nights, in both directions at once: nobody waits in a circle."""
    await put_on_sale(storage, capacity=3)
    early = [await book(storage, hotel(1, 4)) for _ in range(2)]
    late = [await book(storage, hotel(4, 7)) for _ in range(2)]
    chance = Random(seed)

    async def strange() -> Booking:
        first = chance.randrange(1, 6)
        return await book(storage, hotel(first, first + 2))

    there_and_back = [
        change(storage, booking.id, request)
        for booking, request in (
            *((one, hotel(4, 7)) for one in early),
            *((one, hotel(1, 4)) for one in late),
        )
    ]
    outcomes = await race([*there_and_back, *(strange() for _ in range(8))])

    assert {type(outcome) for outcome in outcomes} <= {Booking, SoldOut, Stale}
    wanted = Counter[PoolId]()
    ids = [booking.id for booking in (*early, *late)]
    moved = await storage.work(DESK, lambda work: work.bookings.several(ids))
    strangers = [outcome for outcome in outcomes[4:] if isinstance(outcome, Booking)]
    for booking in (*moved, *strangers):
        wanted.update({claim.pool_id: claim.units for claim in booking.agreement.claims})
    assert await taken(storage) == wanted
    changes = [outcome for outcome in outcomes[:4] if isinstance(outcome, Booking)]
    assert (await storage.events()).count("booking_rescheduled") == len(changes)
