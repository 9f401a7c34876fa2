"""Who may open a socket, how often, and what they may say."""

import asyncio
from typing import Any

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from application.identity.revoke_api_key import RevokeApiKey
from domain.kernel.actors import Permission
from tests.contract.desks import Desk
from tests.realtime.places import Served, a_container, confirmed, serving
from tests.worker.offices import Place

pytestmark = pytest.mark.anyio


async def closed_with(url: str, **options: Any) -> int:
    with pytest.raises(ConnectionClosed) as closed:
        async with connect(url, **options) as socket:
            while True:
                async with asyncio.timeout(5):
                    await socket.recv()
    assert closed.value.rcvd is not None
    return closed.value.rcvd.code


async def test_a_ticket_opens_one_socket(served: Served, key: str) -> None:
    url = served.url(await served.ticket(key))
    async with connect(url) as first:
        assert "welcome" in str(await first.recv())
        assert await closed_with(url) == 4401
    for ticket in ("", "fd_ticket_", key):
        assert await closed_with(served.url(ticket)) == 4401


async def test_a_ticket_may_be_shown_as_a_protocol(served: Served, key: str) -> None:
    ticket = await served.ticket(key)
    url = served.url("").partition("?")[0]
    async with connect(url, subprotocols=["frontdesk.v1", ticket]) as socket:  # type: ignore[list-item]
        assert socket.subprotocol == "frontdesk.v1"
        assert "welcome" in str(await socket.recv())


async def test_pages_from_elsewhere_are_refused(served: Served, key: str) -> None:
    for origin in ("https://elsewhere.example", "null"):
        with pytest.raises(InvalidStatus) as refused:
            await connect(served.url(await served.ticket(key)), origin=origin)  # type: ignore[arg-type]
        assert refused.value.response.status_code == 403
    async with connect(
        served.url(await served.ticket(key)),
        origin=f"http://{served.address}",  # type: ignore[arg-type]
    ) as socket:
        assert "welcome" in str(await socket.recv())


async def test_another_organization_sees_nothing(served: Served, desk: Desk, key: str) -> None:
    neighbours = await Desk.opened(served.container, "neighbours")
    theirs = await served.key(neighbours.actor)
    async with served.client(theirs) as stranger, served.client(key) as client:
        await client.subscribe("*")
        await stranger.subscribe("*")
        await stranger.say("subscribe", rooms=[str(desk.resource_id)])
        assert (await stranger.until("error"))["code"] == "resource_not_found"
        await confirmed(desk, [1])
        await client.until("event", name="booking_confirmed")
        await confirmed(neighbours, [1])
        await stranger.until("event", name="booking_confirmed")
        about_bookings = [name for name in stranger.events if name.startswith("booking_")]
        assert about_bookings == ["booking_held", "booking_confirmed"]
        told = [message for message in stranger.heard if message["type"] != "error"]
        assert str(desk.resource_id) not in str(told)


NONSENSE = (
    "",
    "{",
    "[]",
    '{"type":"dance"}',
    '{"type":"subscribe"}',
    '{"type":"ping","more":1}',
    '{"type":"subscribe","rooms":["x"]}',
    "[" * 10_000,
    '{"type":"ping","ref":"\\ud800"}',
)


async def test_what_makes_no_sense_is_answered_and_survived(served: Served, key: str) -> None:
    async with served.client(key) as client:
        for said in NONSENSE:
            await client.socket.send(said)
            assert (await client.until("error"))["code"] == "malformed_message"
        await client.say("ping", ref="r")
        assert (await client.until("pong"))["ref"] == "r"


async def test_messages_that_are_too_many_or_too_large_end_it(served: Served, key: str) -> None:
    async with served.client(key) as client:
        await client.socket.send("x" * 20_000)
        with pytest.raises(ConnectionClosed) as closed:
            await client.until("nothing")
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1009
    async with served.client(key) as client:
        for _ in range(60):
            await client.say("ping")
        with pytest.raises(ConnectionClosed) as closed:
            await client.until("nothing")
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4430


async def test_limits_and_silence(sqlite_place: Place) -> None:
    options = {"realtime_sockets_per_key": 1, "realtime_silence_seconds": 1}
    async with serving(
        a_container(sqlite_place, realtime_rooms_per_socket=1, **options)
    ) as served:
        desk = await Desk.opened(served.container, "demo")
        key = await served.key(desk.actor)
        async with served.client(key) as client:
            assert await closed_with(served.url(await served.ticket(key))) == 4429
            await client.say("subscribe", rooms=["*", str(desk.resource_id)])
            assert (await client.until("error"))["code"] == "too_many_rooms"
            assert (await client.until("heartbeat"))["position"] >= 0
            with pytest.raises(ConnectionClosed) as closed:
                await client.until("nothing")
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 4408


async def test_a_revoked_key_loses_its_sockets(sqlite_place: Place) -> None:
    container = a_container(sqlite_place, realtime_silence_seconds=1, key_cache_seconds=0)
    async with serving(container) as served:
        desk = await Desk.opened(container, "demo")
        key = await served.key(desk.actor)
        (kept,) = await container.identity.views().api_keys()
        async with served.client(key) as client:
            await container.identity.revoke_api_key()(
                RevokeApiKey(actor=desk.actor, api_key_id=kept.id)
            )
            with pytest.raises(ConnectionClosed) as closed:
                await client.until("nothing")
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 4403


async def test_intents_are_told_to_all_and_lapse(served: Served, desk: Desk, key: str) -> None:
    room = desk.resource_id
    async with served.client(key) as one, served.client(key) as other:
        await one.subscribe(room)
        await other.subscribe(room)
        await one.say("intent", resource_id=str(room), units=2, seconds=1, ref="i")
        accepted = await one.until("intent_accepted")
        assert accepted["ref"] == "i"
        active = await other.until("event", name="intent_active", units=2)
        assert active["subject"] == accepted["intent_id"]
        shown = await other.subscribe(room)
        (intent,) = shown["rooms"][0]["intents"]
        assert intent["intent_id"] == accepted["intent_id"]
        await other.until("event", name="intent_expired")
        assert (await other.subscribe(room))["rooms"][0].get("intents", []) == []
        await one.say("intent", resource_id=str(room), units=1, seconds=60)
        again = await one.until("intent_accepted")
        await one.say("cancel_intent", intent_id=again["intent_id"])
        await one.until("intent_withdrawn")
        await other.until("event", name="intent_cancelled")


async def test_who_may_only_look_cannot_mean_to_book(served: Served, desk: Desk) -> None:
    looking = await served.key(desk.actor, frozenset({Permission.READ_EVENTS}))
    async with served.client(looking) as client:
        await client.say("intent", resource_id=str(desk.resource_id), units=1, seconds=9)
        assert (await client.until("error"))["code"] == "not_permitted"


async def test_levels_are_told(served: Served, desk: Desk, key: str) -> None:
    async with served.client(key) as client:
        await client.subscribe(desk.resource_id)
        held = [await desk.hold(1) for _ in range(5)]
        await client.until("event", name="availability_full", pool_id=desk.pool(1))
        await desk.release(held[0])
        await client.until("event", name="available_again", pool_id=desk.pool(1))


async def test_other_processes_are_heard_of(postgres_place: Place) -> None:
    """One that serves and works, and one that only serves."""
    async with (
        serving(a_container(postgres_place)) as one,
        serving(a_container(postgres_place), with_worker=False) as other,
    ):
        desk = await Desk.opened(one.container, "demo")
        key = await one.key(desk.actor)
        there = Desk(container=other.container, actor=desk.actor, resource_id=desk.resource_id)
        async with one.client(key) as here, other.client(key) as elsewhere:
            await here.subscribe(desk.resource_id)
            await elsewhere.subscribe(desk.resource_id)
            await there.hold(1)
            await here.until("event", name="booking_held")
            await desk.hold(2)
            for _ in range(2):
                await elsewhere.until("event", name="booking_held")


async def test_a_server_that_stops_says_so(sqlite_place: Place) -> None:
    async with serving(a_container(sqlite_place)) as served:
        desk = await Desk.opened(served.container, "demo")
        url = served.url(await served.ticket(await served.key(desk.actor)))
        socket = await connect(url)
        await socket.recv()
        await served.application.close()
        with pytest.raises(ConnectionClosed) as closed:
            await socket.recv()
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1001
