"""What a desk does with bookings once they are made, and what it decides before."""

from collections.abc import Awaitable, Callable
from typing import Any

import attrs
import pytest

from application.bookings.approve_booking import ApproveBooking, ApproveBookingHandler
from application.bookings.check_in_booking import CheckInBooking, CheckInBookingHandler
from application.bookings.complete_booking import CompleteBooking, CompleteBookingHandler
from application.bookings.complete_ended import CompleteEnded, CompleteEndedHandler
from application.bookings.decline_booking import DeclineBooking, DeclineBookingHandler
from application.bookings.mark_no_show import MarkNoShow, MarkNoShowHandler
from application.bookings.steps import BookingStep
from application.kernel.refusals import VersionChanged
from domain.bookings.booking import Booking
from domain.bookings.conditions import Conditions
from domain.bookings.life import AwaitsApproval, BookingState, HoldPurpose
from tests.samples import DAY, HOLD_POLICY, HOUR, MINUTE, hotel, night, room_terms
from tests.unit.desk import Desk

pytestmark = pytest.mark.anyio

Handler = Callable[..., Any]


def run(
    desk: Desk, handler: Handler, command: type[BookingStep], booking: Booking, **ports: Any
) -> Awaitable[Booking]:
    step = command(actor=desk.actor, booking_id=booking.id, version=booking.version)
    answer: Awaitable[Booking] = handler(unit_of_work=desk.memory, clock=desk.clock, **ports)(step)
    return answer


async def on_request(**conditions: Any) -> Desk:
    """Rooms that are sold when somebody has approved."""
    desk = await Desk.open()
    terms = attrs.evolve(
        room_terms(version=1), conditions=Conditions(on_request=True, **conditions)
    )
    await desk.memory(desk.actor, lambda work: work.sales_terms.save(terms))
    return desk


async def test_a_request_holds_its_units_while_it_waits() -> None:
    desk = await on_request()
    asked = await desk.hold()

    assert asked.purpose is HoldPurpose.APPROVAL
    assert asked.expires_at == desk.clock.now + DAY
    assert desk.taken(night(1), night(2)) == [1, 1]
    with pytest.raises(AwaitsApproval):
        await desk.confirm(asked.id)


async def test_what_is_approved_waits_for_payment_on_the_products_terms() -> None:
    desk = await on_request(held_for=10 * MINUTE)
    asked = await desk.hold()
    desk.clock.passes(HOUR)

    granted = await run(desk, ApproveBookingHandler, ApproveBooking, asked, policy=HOLD_POLICY)

    assert granted.purpose is HoldPurpose.PAYMENT
    assert granted.expires_at == desk.clock.now + 10 * MINUTE
    assert desk.taken(night(1)) == [1]
    assert (await desk.confirm(granted.id)).state is BookingState.CONFIRMED


async def test_what_is_declined_goes_back_on_sale() -> None:
    desk = await on_request()
    asked = await desk.hold()

    await run(desk, DeclineBookingHandler, DeclineBooking, asked, freeing=desk.freeing)

    assert desk.stored(asked.id).state is BookingState.DECLINED
    assert desk.taken(night(1), night(2)) == [0, 0]


async def test_what_nobody_approves_of_expires() -> None:
    desk = await on_request()
    asked = await desk.hold()
    desk.clock.passes(DAY)

    assert await desk.expire_holds() == 1
    assert desk.stored(asked.id).state is BookingState.EXPIRED
    assert desk.taken(night(1)) == [0]


async def test_from_check_in_to_completion_by_hand() -> None:
    desk = await Desk.open()
    booking = await desk.confirmed()
    desk.clock.passes(booking.starts_at - desk.clock.now)

    there = await run(desk, CheckInBookingHandler, CheckInBooking, booking)
    done = await run(desk, CompleteBookingHandler, CompleteBooking, there)

    assert (there.state, done.state) == (BookingState.IN_PROGRESS, BookingState.COMPLETED)
    assert desk.taken(night(1), night(2)) == [1, 1]
    assert [event.name for event in desk.events][-2:] == [
        "booking_checked_in",
        "booking_completed",
    ]


async def test_nobody_came() -> None:
    desk = await Desk.open()
    booking = await desk.confirmed()
    desk.clock.passes(booking.starts_at - desk.clock.now)

    absent = await run(desk, MarkNoShowHandler, MarkNoShow, booking)

    assert absent.state is BookingState.NO_SHOW
    assert desk.taken(night(1)) == [1]


@pytest.mark.parametrize(
    ("handler", "command", "ports"),
    [
        (ApproveBookingHandler, ApproveBooking, {"policy": HOLD_POLICY}),
        (CheckInBookingHandler, CheckInBooking, {}),
        (CompleteBookingHandler, CompleteBooking, {}),
        (MarkNoShowHandler, MarkNoShow, {}),
    ],
)
async def test_whoever_decides_has_seen_the_latest(
    handler: Handler, command: type[BookingStep], ports: dict[str, Any]
) -> None:
    desk = await Desk.open()
    booking = await desk.hold()
    await desk.change_contact(booking.id)

    with pytest.raises(VersionChanged):
        await run(desk, handler, command, booking, **ports)


async def test_what_has_ended_completes_by_itself_and_the_rest_does_not() -> None:
    desk = await Desk.open(capacity=3)
    short, long = await desk.confirmed(hotel(1, 2)), await desk.confirmed(hotel(1, 4))
    absent = await desk.confirmed(hotel(1, 2))
    desk.clock.passes(short.starts_at - desk.clock.now)
    for booking in (short, long):
        await run(desk, CheckInBookingHandler, CheckInBooking, booking)
    complete = CompleteEndedHandler(unit_of_work=desk.memory, clock=desk.clock)

    assert await complete(CompleteEnded(actor=desk.actor)) == 0
    desk.clock.passes(short.agreement.period.ends_at - desk.clock.now)
    assert await complete(CompleteEnded(actor=desk.actor)) == 1
    assert await complete(CompleteEnded(actor=desk.actor)) == 0

    assert [desk.stored(one.id).state for one in (short, long, absent)] == [
        BookingState.COMPLETED,
        BookingState.IN_PROGRESS,
        BookingState.CONFIRMED,
    ]
