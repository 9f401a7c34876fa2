"""Two who want the same units, or the same booking to become something."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import attrs

from application.bookings.cancel_booking import CancelBooking
from application.bookings.change_booking import ChangeBooking
from application.bookings.confirm_booking import ConfirmBooking
from application.bookings.expire_holds import ExpireHolds
from application.bookings.hold_booking import HoldBooking
from application.bookings.quote_booking import QuoteBooking
from application.bookings.quote_change import QuoteChange
from domain.bookings.booking import Booking
from domain.bookings.contacts import Contact
from domain.bookings.hotel import HotelBookingRequest
from domain.bookings.life import HoldExpired, NotConfirmed, NotHeld
from domain.inventory.pools import SoldOut
from domain.kernel.identifiers import BookingId, QuoteId
from tests.contract.desks import ANN, BOB, OPENING, Desk
from tests.interleavings.exploring import Scene
from tests.interleavings.house import House

LATER = timedelta(days=2)  # by then what was held, or quoted, is over
STATE = "SELECT state FROM bookings WHERE organization_id = $1 AND id = $2"


def stay(desk: Desk, night: int, contact: Contact) -> HotelBookingRequest:
    check_in = OPENING + timedelta(days=night)
    return HotelBookingRequest(
        resource_id=desk.resource_id,
        contact=contact,
        check_in=check_in,
        check_out=check_in + timedelta(days=1),
        rooms=1,
        guests=1,
    )


async def quoted(desk: Desk, contact: Contact, night: int = 1) -> QuoteId:
    quote = await desk.container.bookings.quote_booking()(
        QuoteBooking(actor=desk.actor, request=stay(desk, night, contact))
    )
    return QuoteId(quote.id)


async def hold(desk: Desk, quote_id: QuoteId) -> Any:
    return await desk.container.bookings.hold_booking()(
        HoldBooking(actor=desk.actor, quote_id=quote_id)
    )


def kinds(outcomes: Sequence[object]) -> list[str]:
    return [type(each).__name__ for each in outcomes]


async def state(house: House, desk: Desk, id: BookingId) -> str:
    return str(await house.value(STATE, desk.actor.organization_id, id))


async def hold_and_hold(house: House) -> Scene:
    """One room, two customers: one has it, and the other is told that it is sold out."""
    desk = await house.desk()
    wanted = [await quoted(desk, who) for who in (ANN, BOB)]

    async def judge(outcomes: Sequence[object]) -> Sequence[str]:
        wrong = list(await house.sums(desk))
        if sorted(kinds(outcomes)) != [Booking.__name__, SoldOut.__name__]:
            wrong.append(f"not one who has the room: {outcomes}")
        return wrong

    return Scene(
        moves=(
            lambda: hold(house.first.at(desk), wanted[0]),
            lambda: hold(house.second.at(desk), wanted[1]),
        ),
        judge=judge,
    )


async def hold_and_expire(house: House) -> Scene:
    """The last room is held by somebody who is late: the next has it, whoever ends that hold."""
    desk = await house.desk()
    late = await desk.hold(1)
    house.first.watch.ahead = house.second.watch.ahead = house.setting.watch.ahead = LATER
    try:
        wanted = await quoted(desk, BOB)
    finally:
        house.setting.watch.ahead = timedelta()

    async def judge(outcomes: Sequence[object]) -> Sequence[str]:
        wrong = list(await house.sums(desk))
        if kinds(outcomes)[0] != Booking.__name__:
            wrong.append(f"not held: {outcomes[0]!r}")
        if outcomes[1] not in (0, 1):
            wrong.append(f"not expired: {outcomes[1]!r}")
        if (became := await state(house, desk, late)) != "expired":
            wrong.append(f"who was late has {became}")
        return wrong

    return Scene(
        moves=(
            lambda: hold(house.first.at(desk), wanted),
            lambda: expire(house.second.at(desk)),
        ),
        judge=judge,
    )


async def expire(desk: Desk) -> Any:
    return await desk.container.bookings.expire_holds()(ExpireHolds(actor=desk.actor))


async def confirm(desk: Desk, id: BookingId) -> Any:
    command = ConfirmBooking(actor=desk.actor, booking_id=id, version=None)
    return await desk.container.bookings.confirm_booking()(command)


async def cancel(desk: Desk, id: BookingId) -> Any:
    command = CancelBooking(actor=desk.actor, booking_id=id, version=None)
    return await desk.container.bookings.cancel_booking()(command)


async def confirm_and_expire(house: House) -> Scene:
    """One process' clock says that it is not too late, the other's that it is."""
    desk = await house.desk()
    id = await desk.hold(1)
    house.second.watch.ahead = LATER

    async def judge(outcomes: Sequence[object]) -> Sequence[str]:
        wrong = list(await house.sums(desk))
        became, expired = await state(house, desk, id), outcomes[1]
        told = (kinds(outcomes)[0], became, expired)
        if told not in {
            (Booking.__name__, "confirmed", 0),
            (HoldExpired.__name__, "expired", 1),
            (NotHeld.__name__, "expired", 1),
        }:
            wrong.append(f"it became {became}, and they were told {outcomes}")
        return wrong

    return Scene(
        moves=(
            lambda: confirm(house.first.at(desk), id),
            lambda: expire(house.second.at(desk)),
        ),
        judge=judge,
    )


async def confirm_and_cancel(house: House) -> Scene:
    """Whoever cancels is too early, or gives the room back; whoever confirms has confirmed."""
    desk = await house.desk()
    id = await desk.hold(1)

    async def judge(outcomes: Sequence[object]) -> Sequence[str]:
        wrong = list(await house.sums(desk))
        became = await state(house, desk, id)
        told = (*kinds(outcomes), became)
        if told not in {
            (Booking.__name__, NotConfirmed.__name__, "confirmed"),
            (Booking.__name__, Booking.__name__, "cancelled"),
        }:
            wrong.append(f"it became {became}, and they were told {outcomes}")
        return wrong

    return Scene(
        moves=(
            lambda: confirm(house.first.at(desk), id),
            lambda: cancel(house.second.at(desk), id),
        ),
        judge=judge,
    )


async def move_and_move(house: House) -> Scene:
    """Two bookings change to the last room of the same night: one does, the other stays."""
    desk = await house.desk()
    bookings = [await moving(desk, contact, night) for night, contact in ((1, ANN), (2, BOB))]

    async def judge(outcomes: Sequence[object]) -> Sequence[str]:
        wrong = list(await house.sums(desk))
        if sorted(kinds(outcomes)) != [Booking.__name__, SoldOut.__name__]:
            wrong.append(f"not one who has moved: {outcomes}")
        return wrong

    return Scene(
        moves=(
            lambda: move(house.first.at(desk), bookings[0]),
            lambda: move(house.second.at(desk), bookings[1]),
        ),
        judge=judge,
    )


@attrs.frozen
class Moving:
    booking_id: BookingId
    quote_id: QuoteId


async def moving(desk: Desk, contact: Contact, night: int) -> Moving:
    """A confirmed booking of a night, which is to become the third."""
    held = await hold(desk, await quoted(desk, contact, night))
    await desk.confirm(held.id)
    quote = await desk.container.bookings.quote_change()(
        QuoteChange(actor=desk.actor, booking_id=held.id, request=stay(desk, 3, contact))
    )
    return Moving(held.id, quote.id)


async def move(desk: Desk, moving: Moving) -> Any:
    return await desk.container.bookings.change_booking()(
        ChangeBooking(
            actor=desk.actor,
            booking_id=moving.booking_id,
            quote_id=moving.quote_id,
            version=None,
        )
    )
