"""All that happened to a call, in one list."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from domain.kernel.actors import Permission
from entrypoints.http.scorecard_shapes import MANNERS
from tests.http.call_desk import CallDesk
from tests.http.calling import goes_on, of, rings, talks
from tests.http.desk import Caller, Desk, problem

pytestmark = pytest.mark.anyio

BY_US = [("call", "call_answered"), ("note", "call_note_added")]
OWN = frozenset({Permission.HANDLE_OWN_CALLS})


async def timeline(caller: Caller, call: httpx.Response, **query: Any) -> list[dict[str, Any]]:
    """Page by page."""
    items: list[dict[str, Any]] = []
    while True:
        answer = await caller.get(of(call, "timeline"), params=query)
        assert answer.status_code == 200, answer.text
        items += answer.json()["items"]
        if answer.json()["next"] is None:
            return items
        query["cursor"] = answer.json()["next"]


def told(items: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(item["source"], item["name"]) for item in items]


async def lived(desk: Desk) -> httpx.Response:
    """A call with something of everything, a second between the steps."""
    calls = CallDesk(desk=desk)

    def later() -> None:
        desk.clock.now += timedelta(seconds=1)

    call = await rings(desk)
    later()
    await goes_on(desk, call, "in_progress")
    later()
    await desk.post(of(call, "notes"), {"text": "Ann is allergic"})
    later()
    await calls.agent()
    later()
    assert (await calls.escalate(call.json()["id"])).status_code == 201
    later()
    await goes_on(desk, call, "completed")
    later()
    card = await desk.post("/v1/scorecards", MANNERS)
    path = f"/v1/scorecards/{card.json()['id']}/activate"
    await desk.post(path, headers={"If-Match": card.headers["ETag"]})
    judged = await desk.post(of(call, "evaluations"), {"scorecard_id": card.json()["id"]})
    assert judged.status_code == 201, judged.text
    return call


async def test_everything_stands_in_the_order_in_which_it_happened(any_desk: Desk) -> None:
    call = await lived(any_desk)
    await talks(any_desk, "pbx-2")

    items = await timeline(any_desk, call)

    names = told(items)
    assert [one for one in names if one[0] != "escalation"] == [
        ("line", "begun"),
        ("call", "call_initiated"),
        ("call", "call_progressed"),
        ("line", "in_progress"),
        ("call", "call_answered"),
        ("note", "call_note_added"),
        ("line", "completed"),
        ("call", "call_ended"),
        ("quality", "evaluation_started"),
    ]
    assert ("escalation", "escalation_triggered") in names
    assert [item["at"] for item in items] == sorted(item["at"] for item in items)
    assert items[names.index(("line", "completed"))]["data"]["status"] == "completed"
    assert items[names.index(("line", "completed"))]["by"] is None
    by = {items[names.index(one)]["by"] for one in BY_US}
    assert len(by) == 1
    assert None not in by
    assert await timeline(any_desk, call, limit=1) == items
    assert "Ann" not in str(items)


async def test_people_see_what_happened_to_their_own_calls(desk: Desk) -> None:
    call = await lived(desk)
    theirs = await talks(desk, "pbx-2")
    agent, another = await desk.caller(OWN), await desk.caller(OWN)
    await another.post(of(theirs, "accept"))

    names = told(await timeline(agent, call))

    assert ("call", "call_ended") in names
    assert ("quality", "evaluation_started") not in names
    assert problem(await agent.get(of(theirs, "timeline"))) == (404, "call_not_found")


async def test_however_much_happened_it_is_two_statements(desk: Desk) -> None:
    call = await lived(desk)
    with desk.statements() as seen:
        await desk.get(of(call, "timeline"))
    assert len(seen) == 2
