"""What happens by itself as time passes."""

from datetime import timedelta

import pytest
from dependency_injector import providers
from sqlalchemy import func, select

from adapters.schema.bookings import quotes
from adapters.schema.idempotency import answers
from application.bookings.cancel_booking import CancelBooking
from application.bookings.check_in_booking import CheckInBooking
from application.bookings.open_block import OpenBlock
from application.kernel.once import Answer, Once
from domain.bookings.booking import Booking
from domain.bookings.contacts import Contact
from domain.bookings.life import BookingState
from domain.kernel.identifiers import BookingId
from domain.kernel.periods import DateRange
from entrypoints.wiring.schedules import Times
from tests.contract.desks import SEASON, Desk
from tests.fakes.time import Time
from tests.worker.offices import Place, at_work, caught_up, eventually

pytestmark = pytest.mark.anyio

OFTEN = timedelta(milliseconds=20)


def hurry(desk: Desk) -> None:
    times = Times(
        expire_every=OFTEN, complete_every=OFTEN, release_every=OFTEN, forget_every=OFTEN
    )
    desk.container.schedules.times.override(providers.Object(times))


async def state(desk: Desk, id: BookingId) -> BookingState:
    booking: Booking = await desk.container.bookings.views().booking(desk.actor, id)
    return booking.state


async def free(desk: Desk, night: int) -> int:
    views = desk.container.inventory.views()
    nights = await views.availability(desk.actor, desk.resource_id, dates=SEASON)
    free: int = nights[night].free
    return free


async def test_a_hold_expires_by_itself(desk: Desk, place: Place, clock: Time) -> None:
    hurry(desk)
    neighbours = await Desk.opened(desk.container, "neighbours")
    async with at_work(desk.container):
        id, theirs = await desk.hold(1), await neighbours.hold(1)
        clock.passes(timedelta(minutes=14))
        await caught_up(desk, place)
        assert await state(desk, id) is BookingState.HELD
        assert await free(desk, 1) == 4
        clock.passes(timedelta(minutes=1))

        async def have_expired() -> bool:
            states = {await state(desk, id), await state(neighbours, theirs)}
            return states == {BookingState.EXPIRED}

        await eventually(have_expired)

    assert await free(desk, 1) == await free(neighbours, 1) == 5


async def test_a_stay_completes_by_itself(desk: Desk, clock: Time) -> None:
    hurry(desk)
    await desk.confirm(id := await desk.hold(1))
    booking: Booking = await desk.container.bookings.views().booking(desk.actor, id)
    clock.passes(booking.starts_at - clock.now)
    check_in = CheckInBooking(actor=desk.actor, booking_id=id, version=None)
    await desk.container.booking_life.check_in_booking()(check_in)
    async with at_work(desk.container):
        clock.passes(booking.agreement.period.ends_at - clock.now)

        async def is_completed() -> bool:
            return await state(desk, id) is BookingState.COMPLETED

        await eventually(is_completed)


async def test_a_block_is_released_by_itself(desk: Desk, clock: Time) -> None:
    hurry(desk)
    command = OpenBlock(
        actor=desk.actor,
        resource_id=desk.resource_id,
        dates=DateRange(first=SEASON.first, until=SEASON.first + timedelta(days=1)),
        units=4,
        contact=Contact(name="Eva Group", email="eva@example.com"),
        release_at=clock.now + timedelta(days=1),
    )
    await desk.container.blocks.open_block()(command)
    assert await free(desk, 0) == 1
    async with at_work(desk.container):
        clock.passes(timedelta(days=1))

        async def is_released() -> bool:
            return await free(desk, 0) == 5

        await eventually(is_released)


async def stored(desk: Desk) -> tuple[int, int]:
    """How many answers and quotes there are."""
    database = desk.container.database()
    question = select(
        select(func.count()).select_from(answers).scalar_subquery(),
        select(func.count()).select_from(quotes).scalar_subquery(),
    )
    row = await database.read(
        lambda connection: connection.execute(question).one(), of=desk.actor.organization_id
    )
    return row[0], row[1]


async def test_what_has_served_its_purpose_is_forgotten(desk: Desk, clock: Time) -> None:
    hurry(desk)
    await desk.confirm(id := await desk.hold(1))
    once = Once[Booking](
        key="once", fingerprint=b"!" * 32, answer=lambda _: Answer(status=200, body=b"done")
    )
    command = CancelBooking(actor=desk.actor, booking_id=id, version=None, once=once)
    await desk.container.bookings.cancel_booking()(command)
    clock.passes(timedelta(days=7))
    await desk.hold(2)
    assert await stored(desk) == (1, 2)

    async with at_work(desk.container):
        clock.passes(timedelta(minutes=31))

        async def are_forgotten() -> bool:
            return await stored(desk) == (0, 1)

        await eventually(are_forgotten)
