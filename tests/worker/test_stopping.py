"""A worker that stops ends what it has begun."""

import asyncio
import signal

import attrs
import pytest
from dependency_injector import providers

from application.notifications.ports import Mailer
from domain.notifications.messages import Message
from entrypoints.worker.main import Worker
from tests.contract.desks import Desk
from tests.worker.another import another_worker
from tests.worker.offices import Place, arrival, at_work, letters

pytestmark = pytest.mark.anyio


@attrs.frozen
class SlowMailer(Mailer):
    living: Mailer
    began: asyncio.Event = attrs.field(factory=asyncio.Event)
    door: asyncio.Event = attrs.field(factory=asyncio.Event)

    async def send(self, message: Message, /) -> None:
        self.began.set()
        await self.door.wait()
        await self.living.send(message)


async def test_a_worker_that_stops_finishes_its_jobs(desk: Desk, place: Place) -> None:
    mailer = SlowMailer(desk.container.notifications.mailer())
    desk.container.notifications.mailer.override(providers.Object(mailer))
    stopped = asyncio.Event()
    working = asyncio.create_task(Worker.of(desk.container).run_until(stopped))
    await desk.confirm(id := await desk.hold(1))
    await mailer.began.wait()

    stopped.set()
    done, _ = await asyncio.wait({working}, timeout=0.3)
    assert not done, "it waits"
    mailer.door.set()
    await working

    assert len(await letters(desk, id, place)) == 1


async def test_a_worker_can_be_stopped_twice_and_started_again(desk: Desk, place: Place) -> None:
    async with at_work(desk.container) as worker:
        await worker.stop()
    await desk.confirm(await desk.hold(1))
    async with at_work(desk.container):
        await arrival(place, 1)


async def test_a_process_that_is_told_to_stop_ends_well(desk: Desk, place: Place) -> None:
    with another_worker(place) as process:
        await desk.confirm(await desk.hold(1))
        await arrival(place, 1)
        process.send_signal(signal.SIGINT)
        assert await asyncio.to_thread(process.wait, 10) == 0
