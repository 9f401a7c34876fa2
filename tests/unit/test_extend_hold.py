"""Extend a hold."""

import pytest

from domain.bookings.life import HoldAtItsLongest, HoldExpired
from tests.samples import HOUR, MINUTE, NOW, QUARTER, night
from tests.unit.desk import Desk

pytestmark = pytest.mark.anyio


async def test_a_hold_is_extended_up_to_its_cap() -> None:
    desk = await Desk.open()
    booking = await desk.hold()

    ends = []
    for _ in range(5):
        desk.clock.passes(10 * MINUTE)
        ends.append((await desk.extend(booking.id)).expires_at - NOW)
    desk.clock.passes(MINUTE)
    with pytest.raises(HoldAtItsLongest):
        await desk.extend(booking.id)

    assert ends == [minutes * MINUTE for minutes in (25, 35, 45, 55, 60)]
    assert desk.stored(booking.id).expires_at == NOW + HOUR


async def test_an_extended_hold_expires_later() -> None:
    desk = await Desk.open()
    booking = await desk.hold()
    desk.clock.passes(10 * MINUTE)
    await desk.extend(booking.id)

    desk.clock.passes(10 * MINUTE)
    assert await desk.expire_holds() == 0
    desk.clock.passes(5 * MINUTE)
    assert await desk.expire_holds() == 1

    assert desk.taken(night(1)) == [0]


async def test_an_expired_hold_is_not_revived() -> None:
    desk = await Desk.open()
    booking = await desk.hold()
    desk.clock.passes(QUARTER)
    await desk.expire_holds()

    with pytest.raises(HoldExpired):
        await desk.extend(booking.id)
