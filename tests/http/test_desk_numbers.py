"""Telephone numbers of the desk over HTTP, and the calls that come in at them."""

from typing import Any

import httpx
import pytest

from domain.kernel.actors import Permission
from tests.http.call_desk import CallDesk
from tests.http.calling import OURS, goes_on, of, rings
from tests.http.desk import Desk, problem

pytestmark = pytest.mark.anyio

ANOTHER = "+442079460001"
NOBODYS = "01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a10"


async def added(desk: Desk, number: str = OURS, **said: Any) -> httpx.Response:
    answer = await desk.post("/v1/phone-numbers", {"number": number, "label": "Desk", **said})
    assert answer.status_code == 201, answer.text
    return answer


async def changed(desk: Desk, one: httpx.Response, **said: Any) -> httpx.Response:
    return await desk.send(
        "PUT",
        f"/v1/phone-numbers/{one.json()['id']}",
        json={"label": "Desk", **said},
        headers={"If-Match": one.headers["ETag"]},
    )


async def deleted(desk: Desk, one: httpx.Response) -> httpx.Response:
    path = f"/v1/phone-numbers/{one.json()['id']}"
    return await desk.send("DELETE", path, headers={"If-Match": "*"})


async def test_the_numbers_of_the_desk_are_kept(any_desk: Desk) -> None:
    desk = any_desk
    first = await added(desk, primary=True, capabilities=["voice", "sms"])
    second = await added(desk, ANOTHER, primary=True)
    stepped_back = await desk.get(f"/v1/phone-numbers/{first.json()['id']}")
    taken = await desk.post("/v1/phone-numbers", {"number": OURS, "label": "Again"})
    for_nobody = await changed(desk, second, rings_for={"agent_id": NOBODYS})
    in_no_queue = await changed(desk, second, rings_for={"queue_id": NOBODYS})
    not_active = await changed(desk, second, status="released", primary=True)
    released = await changed(desk, second, status="released")
    listed = await desk.get("/v1/phone-numbers")

    assert first.json()["capabilities"] == ["sms", "voice"]
    assert (stepped_back.json()["primary"], stepped_back.json()["version"]) == (False, 2)
    assert problem(taken) == (409, "phone_number_taken")
    assert problem(for_nobody) == (404, "agent_not_found")
    assert problem(in_no_queue) == (404, "queue_not_found")
    assert problem(not_active) == (422, "primary_not_active")
    assert [(one["number"], one["status"]) for one in listed.json()["items"]] == [
        (OURS, "active"),
        (ANOTHER, "released"),
    ]
    assert released.json()["primary"] is False


async def test_one_at_which_a_call_goes_on_is_not_deleted(desk: Desk) -> None:
    one = await added(desk)
    call = await rings(desk)
    in_use = await deleted(desk, one)
    await goes_on(desk, call, "completed")
    gone = await deleted(desk, one)

    assert problem(in_use) == (409, "phone_number_in_use")
    assert gone.status_code == 200
    assert problem(await deleted(desk, one)) == (404, "phone_number_not_found")
    assert (await added(desk)).json()["id"] != one.json()["id"]


async def test_a_call_comes_in_as_its_number_says(desk: Desk) -> None:
    calls = CallDesk(desk=desk)
    await calls.queue()
    billing = (await calls.queue(title="Billing")).json()["id"]
    rings_for = {"queue_id": billing, "department": "billing", "template": "invoices"}
    await added(desk, rings_for=rings_for)
    call = await rings(desk)
    elsewhere = await rings(desk, "pbx-2", called=ANOTHER, template="sales")
    escalated = await calls.escalate(call.json()["id"])
    asked_for = await calls.escalate(elsewhere.json()["id"])

    assert {name: call.json()[name] for name in rings_for} == rings_for
    assert (elsewhere.json()["template"], elsewhere.json()["queue_id"]) == ("sales", None)
    assert escalated.json()["waiting"]["queue_id"] == billing
    assert escalated.json()["department"] == "billing"
    assert asked_for.json()["waiting"]["queue_id"] != billing


async def test_an_agents_own_number_rings_for_nobody_else(desk: Desk) -> None:
    calls = CallDesk(desk=desk)
    agent, acts_as = await calls.acting()
    other = await desk.caller(frozenset({Permission.HANDLE_OWN_CALLS}))
    ana = (await calls.agent(acts_as=acts_as)).json()["id"]
    await added(desk, rings_for={"agent_id": ana})
    call = await rings(desk)

    handler = {"actor_id": acts_as, "agent_id": ana, "bot": None}
    assert call.json()["handler"] == handler
    assert problem(await other.get(of(call))) == (404, "call_not_found")
    await goes_on(desk, call, "in_progress")
    assert problem(await other.post(of(call, "accept"))) == (404, "call_not_found")
    assert (await agent.post(of(call, "accept"))).status_code == 200
