"""What happens in one organization is heard in no other, in whatever room one listens."""

import json

import pytest

from entrypoints.wiring.ambient import utc_now
from tests.fakes.time import Time
from tests.http.lively import Lively
from tests.realtime.places import Client, Served

pytestmark = pytest.mark.anyio


NOBODYS = "01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a10"


def said(client: Client) -> str:
    """Errors repeat what was asked."""
    return json.dumps([one for one in client.heard if one["type"] != "error"]).casefold()


async def refused(client: Client, room: str) -> str:
    """How, without the room."""
    await client.say("subscribe", rooms=[room])
    return json.dumps(await client.until("error")).replace(room, "")


async def test_nothing_of_theirs_is_told_to_us(served: Served) -> None:
    clock = Time(utc_now())
    ours = await Lively.opened(served.container, clock, "buffalo")
    async with served.client(await served.key(ours.desk.actor)) as client:
        await client.subscribe("*", "calls")
        theirs = await Lively.opened(served.container, clock, "aardvark")
        assert await refused(client, theirs.ids["resource_id"][0]) == await refused(
            client, NOBODYS
        )
        held = await ours.desk.hold(ours.ids["resource_id"][0], night=20)
        await client.until("event", name="booking_held", subject=held.json()["id"])
        async with served.client(await served.key(theirs.desk.actor)) as their_client:
            await their_client.subscribe("*", "calls", after=0)
            held = await theirs.desk.hold(theirs.ids["resource_id"][0], night=20)
            await their_client.until("event", name="booking_held", subject=held.json()["id"])

    heard = {name for name, ids in theirs.ids.items() for id in ids if id in said(their_client)}
    assert {"booking_id", "resource_id", "block_id", "call_id"} <= heard
    assert [mark for mark in theirs.marks if mark in said(client)] == []
