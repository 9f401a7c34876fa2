"""Calls as they go on, told over real sockets to whoever may see them."""

import json

import httpx
import pytest

from domain.kernel.actors import Permission
from tests.contract.desks import Desk
from tests.http.calling import CALLER, OURS, goes_on, of, rings, talks
from tests.http.desk import Caller
from tests.realtime.places import Served

pytestmark = pytest.mark.anyio

OWN_ONLY = frozenset(Permission) - {Permission.READ_CALLS}
NEITHER = OWN_ONLY - {Permission.HANDLE_OWN_CALLS}


async def test_one_call_and_all_of_them(served: Served, desk: Desk, key: str) -> None:  # noqa: ARG001
    async with (
        httpx.AsyncClient(base_url=f"http://{served.address}") as http,
        served.client(key) as everywhere,
        served.client(key) as there,
    ):
        caller = Caller(http=http, headers={"Authorization": f"Bearer {key}"})
        await everywhere.subscribe("calls", "*")
        call = await rings(caller)
        begun = await everywhere.until("event", name="call_initiated")
        shown = await there.subscribe(f"calls/{call.json()['id']}")
        await talks(caller, "pbx-2")
        answered = await goes_on(caller, call, "in_progress")
        await caller.post(of(answered, "notes"), {"text": "Ann is allergic"})
        await goes_on(caller, call, "completed")
        ended = await there.until("event", name="call_ended")
        await everywhere.until("event", name="call_ended")

    assert (begun["data"]["call_id"], begun["data"]["direction"]) == (
        call.json()["id"],
        "inbound",
    )
    assert shown["rooms"] == [{"room": f"calls/{call.json()['id']}"}]
    assert there.events == ["call_answered", "call_note_added", "call_ended"]
    assert ended["data"]["end_reason"] == "line_ended"
    assert everywhere.events.count("call_initiated") == 2
    assert everywhere.positions == sorted(set(everywhere.positions))
    heard = json.dumps([*everywhere.heard, *there.heard])
    assert [word for word in (CALLER, OURS, "Ann", "pbx") if word in heard] == []


async def test_calls_are_not_told_to_whoever_may_see_none(served: Served, desk: Desk) -> None:
    key = await served.key(desk.actor, NEITHER)
    async with served.client(key) as client:
        for room in ("calls", f"calls/{desk.resource_id}"):
            await client.say("subscribe", rooms=["*", room], ref=room)
            error = await client.until("error")
            assert (error["code"], error["ref"]) == ("not_permitted", room)


async def test_who_sees_their_own_calls_hears_of_no_others(
    served: Served, desk: Desk, key: str
) -> None:
    own = await served.key(desk.actor, OWN_ONLY)
    async with (
        httpx.AsyncClient(base_url=f"http://{served.address}") as http,
        served.client(own) as client,
    ):
        ann, bo = (
            Caller(http=http, headers={"Authorization": f"Bearer {it}"}) for it in (own, key)
        )
        theirs = await talks(bo, "pbx-1")
        await taken(bo, theirs)
        await client.subscribe("calls", "*")
        await goes_on(bo, theirs, "completed")
        mine = await talks(ann, "pbx-2")
        await taken(ann, mine)
        await client.until("event", name="call_accepted")
        await client.say("subscribe", rooms=[f"calls/{theirs.json()['id']}"])
        refused = await client.until("error")
        await client.subscribe(f"calls/{mine.json()['id']}")
        await goes_on(ann, mine, "completed")
        await client.until("event", name="call_ended")

    told = {message["data"].get("call_id") for message in client.heard if "data" in message}
    assert refused["code"] == "call_not_found"
    assert told == {mine.json()["id"]}


async def taken(caller: Caller, call: httpx.Response) -> None:
    answer = await caller.post(of(call, "accept"), headers={"If-Match": "*"})
    assert answer.status_code == 200, answer.text
