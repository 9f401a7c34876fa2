"""Somebody comes between what a settlement of bookings held together reads and what it locks."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import attrs
import pytest
from sqlalchemy.util import await_only

from adapters.repositories.bookings import SqlBookings
from adapters.sql.database import Database
from application.bookings.settle_booking import SettleBooking
from domain.bookings.booking import Booking
from domain.bookings.itinerary import Itinerary
from domain.bookings.life import BookingState
from domain.kernel.identifiers import BookingId, ItineraryId
from domain.payments.joint import Joint
from domain.payments.provider import ProviderStatus
from tests.contract.storages import SqlStorage, Work, put_on_sale, sql_storage
from tests.samples import DESK, NOW, held, hotel, reference
from tests.samples_of_payments import PRICE, booking_id, news, payment, payment_id
from tests.tills import Till

pytestmark = pytest.mark.anyio

JOURNEY = ItineraryId(UUID(int=77))
FIRST, SECOND = booking_id(1), booking_id(2)
LEAD = payment_id(801)
PAID = news(ProviderStatus.SUCCEEDED, amount=PRICE + PRICE, captured=PRICE + PRICE)

Rival = Callable[[], Awaitable[Any]]


def interrupted_by(*rivals: Rival) -> type[SqlBookings]:
    left = [*rivals]

    class Interrupted(SqlBookings):
        """A rival is through before this one goes on; once each."""

        def get(self, booking_id: BookingId) -> Booking:
            booking = super().get(booking_id)
            if left:
                await_only(left.pop(0)())
            return booking

    return Interrupted


async def begun(storage: SqlStorage) -> Till:
    """Two bookings held together, and one payment for both that nobody has heard more of."""
    await put_on_sale(storage, capacity=2)
    joint = Joint(lead=LEAD, total=PRICE + PRICE)

    def begin(work: Work) -> None:
        for number in (1, 2):
            booking = attrs.evolve(held(hotel(1, 3), id=number), itinerary_id=JOURNEY)
            work.inventory.take(booking.hold_id, booking.agreement.claims)
            work.bookings.save(booking)
        journey = Itinerary.hold(JOURNEY, [FIRST, SECOND], reference=reference(9), now=NOW)
        work.itineraries.save(journey)
        for number in (1, 2):
            share = payment(800 + number, booking=number)
            work.payments.save(attrs.evolve(share, joint=joint))

    await storage.work(DESK, begin)
    return Till(work=storage.work)


def settle(booking: BookingId) -> SettleBooking:
    return SettleBooking(actor=DESK, booking_id=booking)


async def take_note(storage: SqlStorage, till: Till) -> None:
    """Of what the provider has said, in the transaction of a webhook's job."""
    await storage.work(DESK, lambda work: till.taking_note.of_payment(work, LEAD, PAID))


async def all_is_confirmed(storage: SqlStorage) -> bool:
    def look(work: Work) -> bool:
        bookings = [work.bookings.get(id) for id in (FIRST, SECOND)]
        payments = [one for id in (FIRST, SECOND) for one in work.payments.locked_of(id)]
        assert not [one for id in (FIRST, SECOND) for one in work.refunds.of_booking(id)]
        return {one.state for one in bookings} == {BookingState.CONFIRMED} and all(
            one.captured == PRICE for one in payments
        )

    return await storage.work(DESK, look)


async def test_somebody_else_has_confirmed_it_all_meanwhile(postgres: Database) -> None:
    storage = sql_storage(postgres)
    till = await begun(storage)
    await take_note(storage, till)
    late = sql_storage(postgres, bookings=interrupted_by(lambda: till.settle(settle(SECOND))))

    booking = await Till(work=late.work).settle(settle(FIRST))

    assert booking.state is BookingState.CONFIRMED
    assert await all_is_confirmed(storage)


async def test_it_is_heard_meanwhile_that_all_is_paid(postgres: Database) -> None:
    storage = sql_storage(postgres)
    till = await begun(storage)
    late = sql_storage(postgres, bookings=interrupted_by(lambda: take_note(storage, till)))

    booking = await Till(work=late.work).settle(settle(FIRST))

    assert booking.state is BookingState.CONFIRMED, "all shares were seen, not some"
    assert await all_is_confirmed(storage)


async def test_it_is_heard_and_confirmed_meanwhile(postgres: Database) -> None:
    storage = sql_storage(postgres)
    till = await begun(storage)

    async def webhook() -> None:
        await take_note(storage, till)
        await till.settle(settle(FIRST))

    late = sql_storage(postgres, bookings=interrupted_by(webhook))

    assert (await Till(work=late.work).settle(settle(FIRST))).state is BookingState.CONFIRMED
    assert await all_is_confirmed(storage)
