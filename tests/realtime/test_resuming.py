"""Sockets are cut, and whoever comes back has missed nothing and hears nothing twice."""

import asyncio
import os
from contextlib import suppress
from random import Random
from time import monotonic

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from entrypoints.realtime.public import KEPT
from tests.contract.desks import Desk
from tests.realtime.places import Client, Served, confirmed

pytestmark = pytest.mark.anyio

NEVER_TOLD = {event.name for event in KEPT}

# A longer look, by hand: FRONTDESK_TEST_CUTS_SECONDS=30.
SECONDS = float(os.environ.get("FRONTDESK_TEST_CUTS_SECONDS", "2"))


async def test_what_was_missed_is_told_before_anything_else(
    served: Served, desk: Desk, key: str
) -> None:
    async with served.client(key) as client:
        shown = await client.subscribe("*")
        await confirmed(desk, [1])
        await client.until("event", name="booking_confirmed")
    await confirmed(desk, [2, 3])
    async with served.client(key) as again:
        told = await again.subscribe(desk.resource_id, after=client.positions[-1])
        await confirmed(desk, [4])
        while len(again.events) < 6:
            await again.next()

    everything = client.positions + again.positions
    assert len(everything) == 8
    assert everything == (await told_after(served, desk, shown["position"]))[:8]
    before, after = client.positions[-1], told["position"]
    assert before <= after <= again.positions[-1]
    assert again.events == ["booking_held", "booking_confirmed"] * 3


async def test_only_the_first_subscription_goes_back(served: Served, desk: Desk, key: str) -> None:
    async with served.client(key) as client:
        await client.subscribe("*")
        await client.say("subscribe", rooms=[str(desk.resource_id)], after=0)
        assert (await client.until("error"))["code"] == "cannot_go_back"


async def test_sockets_cut_at_random_have_no_gap(served: Served, desk: Desk, key: str) -> None:
    await cut_at_random(served, desk, key)


async def test_nor_have_they_on_postgresql(served_by_postgres: Served) -> None:
    desk = await Desk.opened(served_by_postgres.container, "demo")
    key = await served_by_postgres.key(desk.actor)
    await cut_at_random(served_by_postgres, desk, key)


async def cut_at_random(served: Served, desk: Desk, key: str) -> None:
    deadline, chance = monotonic() + SECONDS, Random(7)
    heard: list[int] = []
    enough = asyncio.Event()

    async def sell() -> None:
        while not enough.is_set():
            await desk.release(await desk.hold(chance.randrange(20)))

    async def listen() -> None:
        after, cuts = 0, 0
        while monotonic() < deadline or cuts < 3 or len(heard) < 5:
            async with connect(served.url(await served.ticket(key))) as socket:
                client = Client(socket=socket)
                await client.say("subscribe", rooms=["*"], after=after)
                with suppress(TimeoutError):
                    async with asyncio.timeout(chance.uniform(0.01, 0.4)):
                        while True:
                            await client.next()
                socket.transport.abort()
            heard.extend(client.positions)
            after, cuts = max([after, *client.positions]), cuts + 1
        enough.set()

    await asyncio.gather(sell(), listen())

    assert heard == (await told_after(served, desk, 0, limit=2 * len(heard)))[: len(heard)]


async def told_after(served: Served, desk: Desk, position: int, limit: int = 100) -> list[int]:
    """Positions of what happened, without what no socket hears of."""
    happened = await served.container.event_feed().after(desk.actor, position, limit=limit)
    return [one.position for one in happened if one.name not in NEVER_TOLD]


async def test_a_reader_who_does_not_read_is_sent_away(
    served: Served, desk: Desk, key: str
) -> None:
    """Nobody else waits for it."""
    async with served.client(key) as quick, served.client(key) as slow:
        await quick.subscribe("*")
        await slow.subscribe(desk.resource_id)
        slow.socket.transport.pause_reading()
        (socket,) = [
            one
            for one in served.hub._sockets  # noqa: SLF001  (to see how it fares)
            if desk.resource_id in one.watcher.rooms
        ]
        for _ in range(2000):
            for _ in range(10):
                socket.outbox.put('"' + "x" * 60_000 + '"')
            await asyncio.sleep(0)
            if socket.outbox.closing is not None:
                break
        assert socket.outbox.closing is not None
        assert socket.outbox.closing.code == 4431
        await confirmed(desk, [1])
        await quick.until("event", name="booking_confirmed")
        slow.socket.transport.resume_reading()
        with pytest.raises(ConnectionClosed):
            while True:
                await slow.next()
