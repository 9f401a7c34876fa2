"""Cancel a confirmed booking."""

import attrs
import pytest

from domain.bookings.cancellation import Cancellation, CancellationTerms
from domain.bookings.events import BookingCancelled
from domain.bookings.life import AlreadyStarted, BookingState, NotConfirmed
from tests.fakes.storage import MemoryWork
from tests.samples import DAY, DOUBLE_ROOMS, NOW, hotel, night, pounds, room_terms
from tests.unit.desk import Desk

pytestmark = pytest.mark.anyio


async def test_what_is_cancelled_is_settled_and_goes_back_on_sale() -> None:
    desk = await Desk.open()
    booking = await desk.confirmed(hotel(1, 3))
    desk.clock.now = booking.agreement.period.starts_at - 5 * DAY

    cancelled = await desk.cancel(booking.id)

    assert cancelled.state is BookingState.CANCELLED
    assert cancelled.cancellation == Cancellation(fee=pounds(90), refund=pounds(90))
    assert desk.taken(night(1), night(2)) == [0, 0]
    assert desk.events[-1] == BookingCancelled(
        booking_id=booking.id,
        resource_id=DOUBLE_ROOMS.id,
        fee=pounds(90),
        refund=pounds(90),
        occurred_at=desk.clock(),
    )
    await desk.hold(hotel(1, 3))


async def test_terms_of_later_days_do_not_count() -> None:
    desk = await Desk.open()
    booking = await desk.confirmed()

    def sell_without_refunds(work: MemoryWork) -> None:
        no_refunds = CancellationTerms(tiers=())
        work.sales_terms.save(attrs.evolve(room_terms(version=1), cancellation=no_refunds))

    await desk.memory(desk.actor, sell_without_refunds)

    cancelled = await desk.cancel(booking.id)
    assert cancelled.cancellation == Cancellation(fee=pounds(0), refund=pounds(180))


async def test_nothing_is_given_back_twice() -> None:
    desk = await Desk.open(capacity=2)
    await desk.confirmed()
    booking = await desk.confirmed()
    await desk.cancel(booking.id)

    with pytest.raises(NotConfirmed):
        await desk.cancel(booking.id)

    assert desk.taken(night(1)) == [1]


async def test_a_hold_is_released_not_cancelled() -> None:
    desk = await Desk.open()
    booking = await desk.hold()
    with pytest.raises(NotConfirmed):
        await desk.cancel(booking.id)

    assert desk.taken(night(1)) == [1]


async def test_what_has_started_stays_as_it_is() -> None:
    desk = await Desk.open()
    booking = await desk.confirmed()
    desk.clock.now = booking.agreement.period.starts_at
    assert desk.clock() > NOW

    with pytest.raises(AlreadyStarted):
        await desk.cancel(booking.id)

    assert desk.taken(night(1), night(2)) == [1, 1]
    assert desk.stored(booking.id) == booking
