"""A host whose time of day is wrong ends no hold early, and holds for as long as the others do."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from dependency_injector import providers

from application.kernel.shared_time import SharedTime
from domain.bookings.life import BookingState
from domain.kernel.identifiers import BookingId
from entrypoints.wiring.ambient import seconds, utc_now
from entrypoints.wiring.container import Container
from tests.contract.desks import Desk
from tests.worker.offices import Place

pytestmark = pytest.mark.anyio

WRONG = pytest.mark.parametrize("off", [timedelta(hours=2), timedelta(minutes=-30)])
SOON = timedelta(seconds=30)


@asynccontextmanager
async def host(place: Place, *, off: timedelta) -> AsyncIterator[Container]:
    time = SharedTime(machine=lambda: utc_now() + off, elapsed=seconds)
    container = Container(settings=place.settings, time=providers.Object(time))
    yield container
    await container.line().stop()
    await container.database().close()


def at(desk: Desk, container: Container) -> Desk:
    return Desk(container=container, actor=desk.actor, resource_id=desk.resource_id)


async def state_of(desk: Desk, id: BookingId) -> BookingState:
    booking = await desk.container.bookings.views().booking(desk.actor, id)
    return booking.state  # type: ignore[no-any-return]


@WRONG
async def test_on_postgresql_it_goes_by_the_clock_of_the_server(
    postgres_place: Place, off: timedelta
) -> None:
    async with (
        host(postgres_place, off=timedelta()) as right,
        host(postgres_place, off=off) as wrong,
    ):
        await right.line().start()
        await wrong.line().start()
        assert abs(wrong.clock()() - right.clock()()) < SOON

        desk = await Desk.opened(right, "demo")
        here, there = await desk.hold(1), await at(desk, wrong).hold(2)
        await at(desk, wrong).expire()
        await desk.expire()
        assert await state_of(desk, here) is BookingState.HELD
        assert await state_of(desk, there) is BookingState.HELD


async def test_a_clock_that_is_ahead_ends_holds_where_nobody_tells_the_time(
    postgres_place: Place,
) -> None:
    """So the test above sees what it is there to see."""
    async with (
        host(postgres_place, off=timedelta()) as right,
        host(postgres_place, off=timedelta(hours=2)) as wrong,
    ):
        desk = await Desk.opened(right, "demo")
        id = await desk.hold(1)
        await at(desk, wrong).expire()
        assert await state_of(desk, id) is BookingState.EXPIRED
