"""What comes of calls, in the words of the organization, over HTTP."""

from typing import Any

import httpx
import pytest

from domain.kernel.actors import Permission
from tests.http.calling import goes_on, listed, of, talks
from tests.http.desk import Caller, Desk, problem
from tests.http.sales import set_to

pytestmark = pytest.mark.anyio

OWN = frozenset({Permission.HANDLE_OWN_CALLS})
NOBODYS = "01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a10"


async def added(desk: Desk, label: str) -> httpx.Response:
    answer = await desk.post("/v1/dispositions", {"label": label})
    assert answer.status_code == 201, answer.text
    return answer


async def changed(desk: Desk, one: httpx.Response, label: str, *, active: bool) -> httpx.Response:
    return await desk.send(
        "PUT",
        f"/v1/dispositions/{one.json()['id']}",
        json={"label": label, "active": active},
        headers={"If-Match": one.headers["ETag"]},
    )


async def wrapping(desk: Desk, agent: Caller) -> httpx.Response:
    """An agent's call whose line is down."""
    call = await talks(desk)
    await agent.post(of(call, "accept"))
    return await goes_on(desk, call, "completed")


async def wrapped(caller: Caller, call: httpx.Response, body: Any = None) -> httpx.Response:
    return await caller.post(of(call, "wrap-up"), body)


async def test_the_catalogue_is_kept(any_desk: Desk) -> None:
    sold, again = await added(any_desk, "Sold"), await added(any_desk, "Rings back")
    renamed = await changed(any_desk, sold, "Booked", active=True)
    late = await changed(any_desk, sold, "Sale", active=True)
    retired = await changed(any_desk, renamed, "Booked", active=False)
    taken = await any_desk.post("/v1/dispositions", {"label": "Booked"})
    into = await changed(any_desk, again, "Booked", active=True)
    items = (await any_desk.get("/v1/dispositions")).json()["items"]

    assert (renamed.json()["label"], retired.json()["active"]) == ("Booked", False)
    assert problem(late) == (412, "version_changed")
    assert problem(taken) == problem(into) == (409, "disposition_label_taken")
    assert [(one["label"], one["active"]) for one in items] == [
        ("Booked", False),
        ("Rings back", True),
    ]
    assert problem(await any_desk.get(f"/v1/dispositions/{NOBODYS}")) == (
        404,
        "disposition_not_found",
    )


async def test_a_call_is_written_up_with_what_came_of_it(desk: Desk) -> None:
    await set_to(desk, "calls.wrap_up", value=True)
    agent = await desk.caller(OWN)
    sold, old = await added(desk, "Sold"), await added(desk, "Old")
    await changed(desk, old, "Old", active=False)
    call = await wrapping(desk, agent)

    with_old = await wrapped(agent, call, {"disposition_id": old.json()["id"]})
    with_none = await wrapped(agent, call, {"disposition_id": NOBODYS})
    written = await wrapped(agent, call, {"disposition_id": sold.json()["id"]})
    await changed(desk, sold, "Sold", active=False)

    assert problem(with_old) == (409, "disposition_retired")
    assert problem(with_none) == (404, "disposition_not_found")
    assert written.json()["disposition_id"] == sold.json()["id"]
    assert written.json()["status"] == "completed"
    assert await listed(desk, disposition_id=sold.json()["id"]) == ["pbx-1"]
    kept = await agent.get(f"/v1/dispositions/{sold.json()['id']}")
    assert (kept.json()["label"], kept.json()["active"]) == ("Sold", False)


async def test_whether_it_is_asked_for_is_for_the_organization_to_say(desk: Desk) -> None:
    for setting in ("calls.wrap_up", "calls.disposition_required"):
        await set_to(desk, setting, value=True)
    agent = await desk.caller(OWN)
    sold = (await added(desk, "Sold")).json()["id"]
    call = await wrapping(desk, agent)

    without = await wrapped(agent, call)
    written = await wrapped(agent, call, {"disposition_id": sold})

    assert problem(without) == (409, "disposition_required")
    assert written.status_code == 200


async def test_it_may_be_said_when_hanging_up(desk: Desk) -> None:
    for setting in ("calls.wrap_up", "calls.disposition_required"):
        await set_to(desk, setting, value=True)
    agent = await desk.caller(OWN)
    sold = (await added(desk, "Sold")).json()["id"]
    call = await talks(desk)
    await agent.post(of(call, "accept"))

    unknown = await agent.post(of(call, "end"), {"disposition_id": NOBODYS})
    going_on = (await agent.get(of(call))).json()["status"]
    ended = await agent.post(of(call, "end"), {"disposition_id": sold})
    written = await wrapped(agent, call)

    assert problem(unknown) == (404, "disposition_not_found")
    assert going_on == "in_progress"
    assert (ended.json()["status"], ended.json()["disposition_id"]) == ("wrapping", sold)
    assert written.json()["disposition_id"] == sold
